using System.Diagnostics;
using Rote.Data;
using Rote.Data.Catalog;

namespace Rote.Benchmarks;

/// <summary>How long CIFAR-10 takes from the data folder to tensors, every byte checked: median of five after one to warm up.</summary>
internal static class CifarLoading
{
    public static void Run()
    {
        var seconds = new List<double>();
        for (var i = 0; i <= 5; i++)
        {
            var clock = Stopwatch.StartNew();
            DataCatalog.Load("cifar10", DataFolder.Default()).Dispose();
            seconds.Add(clock.Elapsed.TotalSeconds);
        }

        var ordered = seconds.Skip(1).Order().ToArray();
        Console.WriteLine(
            $"cifar10 loaded in {ordered[2]:F2} s (median of 5, {ordered[0]:F2} to {ordered[^1]:F2}; first {seconds[0]:F2}), "
                + $"{Environment.ProcessorCount} cores."
        );
    }
}
