using System.Diagnostics;
using Rote.Data;
using Rote.Networks;
using Rote.Tensors;
using static TorchSharp.torch;

namespace Rote.Benchmarks;

/// <summary>Training throughput of the MLP 1×512: bfloat16 against the same loop in float32, and against the machine's best bfloat16 matrix
/// product.</summary>
/// <remarks>FLOP a training example: 4 a weight of the first layer (forward and weight gradient; no gradient of the input), 6 a weight
/// after it.</remarks>
internal static class MlpThroughput
{
    private const int Examples = 25_600;
    private const int Units = 512;
    private static readonly TaskShape Task = new(28, 28, 3, 10);

    public static void Run(int rounds)
    {
        set_num_threads(Environment.ProcessorCount);
        using var images = TrainingLoop.RandomImages(Examples, Task);
        Console.WriteLine($"MLP 1x512, {Environment.ProcessorCount} threads, median (least to most) of {rounds} interleaved rounds");
        foreach (var batch in new[] { 128, 256, 512 })
        {
            using var fast = Loop(images, batch, Precision.BFloat16);
            using var plain = Loop(images, batch, Precision.Float32);
            var figures = Interleaved.Run(rounds, fast.ImagesPerSecond, plain.ImagesPerSecond, () => BestProductRate(batch));
            var flop = (4.0 * Task.Inputs * Units) + (6.0 * Units * Task.Classes);
            Console.WriteLine($"batch {batch}");
            Console.WriteLine($"  bfloat16 images/s           {Interleaved.Text(figures[0], "F0")}");
            Console.WriteLine($"  float32 images/s            {Interleaved.Text(figures[1], "F0")}");
            Console.WriteLine($"  bfloat16 / float32          {Interleaved.Text(figures[0].Zip(figures[1], (a, b) => a / b), "F2")}");
            Console.WriteLine($"  best product GFLOP/s        {Interleaved.Text(figures[2].Select(r => r / 1e9), "F0")}");
            Console.WriteLine($"  training GFLOP/s            {Interleaved.Text(figures[0].Select(i => i * flop / 1e9), "F0")}");
            Console.WriteLine(
                $"  share of the product rate   {Interleaved.Text(figures[0].Zip(figures[2], (i, r) => i * flop / r), "P0")}"
            );
        }
    }

    private static TrainingLoop Loop(Dataset images, int batch, Precision precision) =>
        new(images, new Mlp { Hidden = [Units] }.Build(Task, precision, new Seeds(1)), batch, precision);

    /// <summary>The best rate over the shapes of the first layer: forward [B, in]·[in, out] and weight gradient [out, B]·[B, in].</summary>
    private static double BestProductRate(long batch)
    {
        using var scope = NewDisposeScope();
        var inputs = randn(batch, Task.Inputs).to(ScalarType.BFloat16);
        var weights = randn(Units, Task.Inputs).to(ScalarType.BFloat16);
        var gradients = randn(batch, Units).to(ScalarType.BFloat16);
        return Math.Max(Rate(inputs, weights.t()), Rate(gradients.t(), inputs));

        double Rate(Tensor left, Tensor right)
        {
            const int Repeats = 100;
            left.mm(right).Dispose();
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < Repeats; i++)
            {
                left.mm(right).Dispose();
            }

            return 2.0 * batch * Task.Inputs * Units * Repeats / Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
    }
}
