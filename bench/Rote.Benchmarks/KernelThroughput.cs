using System.Diagnostics;
using Rote.Theory.Features;
using Rote.Theory.Kernels;
using static TorchSharp.torch;

namespace Rote.Benchmarks;

/// <summary>The parts of a kernel interpolation against what the machine can do: matrix products in float32, and reading memory.</summary>
/// <remarks>
/// A kernel element costs 2 d operations, its exponential not counted; rank R costs 4 R² an example; an iteration reads every number of the
/// half matrix once.
/// </remarks>
internal static class KernelThroughput
{
    private const int Examples = 16_384;
    private const int Dimension = 784;
    private const int Vectors = 10;

    public static void Run(int rounds)
    {
        set_num_threads(Environment.ProcessorCount);
        using var scope = NewDisposeScope();
        var pixels = randint(0, 256, [Examples, 28, 28, 1], dtype: uint8);
        var none = empty([0, 28, 28, 1], dtype: uint8);
        using var gram = Gram(pixels, none);
        using var preconditioner = NystromPreconditioner.Of(gram.Train, 2, null, CancellationToken.None);
        var vectors = randn(Vectors, Examples, dtype: float64);
        var (numbers, rank) = ((double)gram.Train.Numbers, (double)preconditioner.Rank);
        Console.WriteLine(
            $"Gaussian kernel, n = {Examples:N0}, d = {Dimension}, {Vectors} right-hand sides, {Environment.ProcessorCount} threads, "
                + $"median (least to most) of {rounds} interleaved rounds"
        );
        var seconds = Interleaved.Run(
            rounds,
            () => Seconds(() => Product().Dispose()),
            () => Seconds(() => Sum(gram.Train)),
            () => Seconds(() => Gram(pixels, none).Dispose()),
            () => Seconds(() => NystromPreconditioner.Of(gram.Train, 2, null, CancellationToken.None).Dispose()),
            () => Seconds(() => gram.Train.Multiply(vectors).Dispose()),
            () => Seconds(() => gram.Train.MultiplyByLibrary(vectors).Dispose()),
            () => Seconds(() => preconditioner.Solve(vectors).Dispose())
        );
        double[] product = [.. seconds[0].Select(s => 2.0 * 2048 * 2048 * 2048 / s / 1e9)];
        double[] memory = [.. seconds[1].Select(s => sizeof(float) * numbers / s / 1e9)];
        Line("best product, GFLOP/s", product, "F0");
        Line("reading memory, GB/s", memory, "F1");
        Rate("kernel matrix, GFLOP/s", seconds[2], 2 * numbers * Dimension / 1e9, product);
        Rate("preconditioner, GFLOP/s", seconds[3], 4 * rank * rank * Examples / 1e9, product);
        Rate("iteration's product, GB/s", seconds[4], sizeof(float) * numbers / 1e9, memory);
        Rate("the same by libtorch, GB/s", seconds[5], sizeof(float) * numbers / 1e9, memory);
        Rate("preconditioning, GB/s", seconds[6], 2 * sizeof(float) * rank * Examples / 1e9, memory);
    }

    private static GramMatrix Gram(Tensor pixels, Tensor none) =>
        GramMatrix.Of(new PixelFeatures(Dimension), pixels, none, 0.02, KernelMemory.Side(Examples), null, CancellationToken.None);

    private static Tensor Product()
    {
        using var scope = NewDisposeScope();
        return ones(2048, 2048).mm(ones(2048, 2048)).MoveToOuterDisposeScope();
    }

    private static void Sum(SymmetricTiles tiles)
    {
        foreach (var (row, column) in tiles.Places)
        {
            using var scope = NewDisposeScope();
            tiles.Tile(row, column).sum([0L, 1L]);
        }
    }

    private static double Seconds(Action work)
    {
        var start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static void Line(string name, double[] figures, string format) =>
        Console.WriteLine($"  {name, -28} {Interleaved.Text(figures, format)}");

    private static void Rate(string name, double[] seconds, double work, double[] best)
    {
        double[] rates = [.. seconds.Select(s => work / s)];
        Console.WriteLine(
            $"  {name, -28} {Interleaved.Text(rates, "F1")}, {Interleaved.Text(rates.Zip(best, (r, b) => r / b), "P0")} of the "
                + $"machine's, {Interleaved.Text(seconds, "F2")} s"
        );
    }
}
