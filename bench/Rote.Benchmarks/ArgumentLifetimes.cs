using System.Diagnostics;
using static TorchSharp.torch;

namespace Rote.Benchmarks;

/// <summary>Whether what is handed to libtorch lives as long as libtorch reads it (docs/explanation/torchsharp-fix.md), and what a call
/// costs.</summary>
internal static class ArgumentLifetimes
{
    private const int Threads = 4;
    private const int Calls = 200_000;

    public static void Run(int seconds)
    {
        set_num_threads(1);
        var (rounds, errors, wrong, first) = (0L, 0L, 0L, "");
        var clock = Stopwatch.StartNew();
        var workers = Enumerable
            .Range(0, Threads)
            .Select(_ => new Thread(() =>
            {
                using var ones = TorchSharp.torch.ones(16);
                while (clock.Elapsed.TotalSeconds < seconds)
                {
                    Interlocked.Increment(ref rounds);
                    try
                    {
                        using var cubes = ones.pow(3.0);
                        using var scaled = cubes * 2.5;
                        if (scaled[3].item<float>() != 2.5f)
                        {
                            Interlocked.Increment(ref wrong);
                        }
                    }
                    catch (System.Runtime.InteropServices.ExternalException error)
                    {
                        Interlocked.Increment(ref errors);
                        first = error.Message.Split('\n')[0];
                    }
                }
            }))
            .Append(
                new Thread(() =>
                {
                    while (clock.Elapsed.TotalSeconds < seconds)
                    {
                        GC.KeepAlive(new byte[4096]); // so that the collector has work, as beside a data loader
                    }
                })
            )
            .ToList();
        workers.ForEach(thread => thread.Start());
        workers.ForEach(thread => thread.Join());
        Console.WriteLine(
            $"{rounds:N0} rounds of pow(3.0) and * 2.5 on {Threads} threads beside {GC.CollectionCount(0):N0} collections: {errors} "
                + $"errors, {wrong} wrong numbers. {first}"
        );
        Console.WriteLine($"A call of mul(2.5) on 16 numbers takes {Cost():N0} ns.");
    }

    private static double Cost()
    {
        using var ones = TorchSharp.torch.ones(16);
        var costs = new List<double>();
        for (var round = 0; round < 9; round++)
        {
            var clock = Stopwatch.StartNew();
            for (var i = 0; i < Calls; i++)
            {
                using var scaled = ones.mul(2.5);
            }

            costs.Add(clock.Elapsed.TotalNanoseconds / Calls);
        }

        return costs.Order().ElementAt(costs.Count / 2);
    }
}
