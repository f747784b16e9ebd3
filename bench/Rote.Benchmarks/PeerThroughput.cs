using Rote.Networks;
using Rote.Storage;
using Rote.Tensors;
using static TorchSharp.torch;

namespace Rote.Benchmarks;

/// <summary>Whole training steps of the product and of plain PyTorch (bench/peer.py), in turns on the same threads and on random images of
/// the same size.</summary>
internal static class PeerThroughput
{
    private static readonly TaskShape Task = new(28, 28, 3, 10);

    // Images a measurement: whole batches, a tenth of a second and more for the fastest, two seconds for the slowest.
    private static readonly (string Name, string Peer, int Batch, int Images)[] Cases =
    [
        ("mlp-1x512", "mlp", 128, 12_800),
        ("mlp-1x512", "mlp", 512, 12_800),
        ("small-inception", "inception", 128, 256),
    ];

    /// <summary>Measures every case.</summary>
    /// <param name="rounds">At least 5 for a median worth quoting.</param>
    /// <param name="script">The path of peer.py.</param>
    public static void Run(int rounds, string script)
    {
        set_num_threads(Environment.ProcessorCount);
        using var peer = PeerProcess.Start(script, Environment.ProcessorCount);
        var machine = RunManifest.Now(TimeProvider.System);
        Console.WriteLine(
            $"{machine.Processor}, {machine.System}; OPENBLAS_CORETYPE: "
                + $"{Environment.GetEnvironmentVariable("OPENBLAS_CORETYPE") ?? "not set"}"
        );
        Console.WriteLine(
            $"Rote: TorchSharp {machine.TorchSharp}, {get_num_threads()} threads, GLIBC_TUNABLES: "
                + $"{Environment.GetEnvironmentVariable("GLIBC_TUNABLES") ?? "not set"}"
        );
        Console.WriteLine(peer.Description);
        Console.WriteLine($"Median (least to most) of {rounds} interleaved rounds, images/s");
        foreach (var (name, peerName, batch, count) in Cases)
        {
            using var images = TrainingLoop.RandomImages(count, Task);
            using var fast = Loop(Precision.BFloat16);
            using var wide = Loop(Precision.Float32);
            var figures = Interleaved.Run(
                rounds,
                fast.ImagesPerSecond,
                wide.ImagesPerSecond,
                () => peer.ImagesPerSecond(peerName, batch, "float32", count),
                () => peer.ImagesPerSecond(peerName, batch, "bfloat16", count)
            );
            Console.WriteLine($"{name}, batch {batch}");
            Line("Rote, bfloat16", figures[0], "F0");
            Line("Rote, float32", figures[1], "F0");
            Line("PyTorch, float32, default layout", figures[2], "F0");
            Line("PyTorch, bfloat16 autocast, channels_last", figures[3], "F0");
            Line("Rote bfloat16 / PyTorch float32", Ratio(figures[0], figures[2]), "F2");
            Line("Rote bfloat16 / PyTorch bfloat16", Ratio(figures[0], figures[3]), "F2");
            Line("Rote float32 / PyTorch float32", Ratio(figures[1], figures[2]), "F2");

            TrainingLoop Loop(Precision precision) =>
                new(images, NetworkCatalog.Find(name).Build(Task, precision, new Seeds(1)), batch, precision);
        }
    }

    private static IEnumerable<double> Ratio(double[] ours, double[] theirs) => ours.Zip(theirs, (a, b) => a / b);

    private static void Line(string label, IEnumerable<double> values, string format) =>
        Console.WriteLine($"  {label, -43}{Interleaved.Text(values, format)}");
}
