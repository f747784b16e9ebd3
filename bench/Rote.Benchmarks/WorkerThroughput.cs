using System.Diagnostics;
using Rote.Corruptions;
using Rote.Data;
using Rote.Experiments;
using Rote.Networks;
using Rote.Storage;
using Rote.Tensors;
using Rote.Training;
using Rote.Workers;

namespace Rote.Benchmarks;

/// <summary>A set of small runs by one worker with all cores, and by as many workers with a core each: wall time from the first process to
/// the last result.</summary>
/// <remarks>All is counted: starting processes, loading libtorch, reading CIFAR-10, evaluation. Runs are true labels and random labels in
/// turn.</remarks>
internal static class WorkerThroughput
{
    private const int Examples = 5_000;

    private static readonly (string Name, string What, int Runs, NetworkSpec Network, Recipe Recipe)[] Sets =
    [
        (
            "tiny",
            "12 runs of mlp-1x64 in batches of 32, 10 epochs, evaluated before and after",
            12,
            new Mlp { Hidden = [64] },
            new Recipe
            {
                Epochs = 10,
                BatchSize = 32,
                EvaluateEvery = 10,
            }
        ),
        ("mlp", "8 runs of mlp-1x512, 10 epochs, evaluated after each", 8, new Mlp(), new Recipe { Epochs = 10 }),
        (
            "busy",
            "4 runs of mlp-1x512, 10 epochs, evaluated after each, beside a process that never rests",
            4,
            new Mlp(),
            new Recipe { Epochs = 10 }
        ),
        (
            "alexnet",
            "2 runs of small-alexnet, 2 epochs, evaluated before and after",
            2,
            new SmallAlexNet(),
            new Recipe
            {
                Epochs = 2,
                EvaluateEvery = 2,
                LearningRate = 0.01,
            }
        ),
    ];

    /// <summary>Runs one of the sets, or all.</summary>
    public static void Run(int rounds, string? name = null)
    {
        var cores = Environment.ProcessorCount;
        if (cores < 2)
        {
            throw new MachineException("This benchmark compares workers on several cores, and there is one.");
        }

        Console.WriteLine($"{Examples} examples of cifar10, {cores} cores, median (least to most) of {rounds} interleaved rounds");
        foreach (var set in Sets.Where(s => name is null || s.Name == name))
        {
            using var neighbour = set.Name == "busy" ? new Neighbour() : null;
            Compare(set.What, rounds, cores, set.Runs, set.Network, set.Recipe);
        }
    }

    private static void Compare(string what, int rounds, int cores, int runs, NetworkSpec network, Recipe recipe)
    {
        var figures = Interleaved.Run(rounds, () => Seconds(workers: 1, threads: cores), () => Seconds(workers: cores, threads: 1));
        Console.WriteLine(what);
        Console.WriteLine($"  1 worker of {cores} threads, s        {Interleaved.Text(figures[0], "F2")}");
        Console.WriteLine($"  {cores} workers of 1 thread, s        {Interleaved.Text(figures[1], "F2")}");
        Console.WriteLine(
            $"  times as fast                {Interleaved.Text(figures[0].Zip(figures[1], (one, many) => one / many), "F2")}"
        );

        double Seconds(int workers, int threads)
        {
            var folder = Directory.CreateTempSubdirectory("rote-bench-");
            try
            {
                var requests = Enumerable
                    .Range(1, runs)
                    .Select(seed => new RunRequest(
                        new Experiment
                        {
                            Data = new DataSpec
                            {
                                Name = "cifar10",
                                Examples = Examples,
                                CropSide = network.CropSide,
                            },
                            Corruption = seed % 2 == 0 ? new RandomLabels() : new TrueLabels(),
                            Network = network,
                            Recipe = recipe with { Precision = PrecisionSupport.Auto() },
                            Seed = seed,
                            Threads = threads,
                        }
                    ))
                    .ToArray();
                var set = new RunSet(new RunStore(folder.FullName, TimeProvider.System), Worker) { Workers = workers };
                var begun = Stopwatch.GetTimestamp();
                var outcomes = set.Run(requests);
                var seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
                return outcomes.FirstOrDefault(o => o.Failure is not null)?.Failure is { } failure
                    ? throw new MachineException(failure.Sentence)
                    : seconds;
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        }
    }

    /// <summary>The command, which the build puts beside the benchmarks.</summary>
    private static ProcessStartInfo Worker() => new(Path.Combine(AppContext.BaseDirectory, "Rote.Cli"), ["worker"]);

    /// <summary>Another program on the same machine: one thread that computes all the time.</summary>
    private sealed class Neighbour : IDisposable
    {
        private readonly Thread _thread;
        private volatile bool _isDone;

        public Neighbour()
        {
            _thread = new Thread(() =>
            {
                while (!_isDone)
                {
                    Thread.SpinWait(1000);
                }
            });
            _thread.Start();
        }

        public void Dispose()
        {
            _isDone = true;
            _thread.Join();
        }
    }
}
