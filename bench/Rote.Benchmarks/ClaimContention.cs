using System.Diagnostics;
using System.Globalization;
using Rote.Storage;

namespace Rote.Benchmarks;

/// <summary>What claims cost: alone, and where 64 workers in 16 processes share a folder of 1,000 runs that take 200 ms each.</summary>
internal static class ClaimContention
{
    private const int Runs = 1000;
    private const int Processes = 16;
    private const int Threads = 4;

    public static void Run()
    {
        var folder = Directory.CreateTempSubdirectory("rote-claims-").FullName;
        try
        {
            Alone(folder);
            var children = Enumerable.Range(0, Processes).Select(i => Start(folder, i)).ToArray();
            var lines = children
                .SelectMany(child => child.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries))
                .ToArray();
            Array.ForEach(children, child => child.WaitForExit());
            var waits = lines.Select(line => double.Parse(line.Split(' ')[0], CultureInfo.InvariantCulture)).Order().ToArray();
            Console.WriteLine(
                $"{Processes * Threads} workers, {Runs} runs: {waits.Length} claims; wait for the next run: "
                    + $"median {waits[waits.Length / 2]:F1} ms, 99 % {waits[(int)(waits.Length * 0.99)]:F0} ms, longest {waits[^1]:F0} ms"
            );
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>One of the processes: its workers take runs, each from a place of its own, until none is left.</summary>
    public static void Work(string folder, int process)
    {
        Thread[] workers = [.. Enumerable.Range(0, Threads).Select(i => new Thread(() => Worker(folder, (process * Threads) + i)))];
        Array.ForEach(workers, worker => worker.Start());
        Array.ForEach(workers, worker => worker.Join());
    }

    private static void Alone(string folder)
    {
        var begun = Stopwatch.GetTimestamp();
        for (var i = 0; i < Runs; i++)
        {
            RunClaim.Take(Path.Combine(folder, $"alone-{i}")).Dispose();
        }

        Console.WriteLine($"A claim alone, taken and let go: {Stopwatch.GetElapsedTime(begun).TotalMilliseconds / Runs:F2} ms");
    }

    private static void Worker(string folder, int number)
    {
        RunClaim.Take(Path.Combine(folder, $"warm-{number}")).Dispose(); // else the compiler is waited for
        var first = number * Runs / (Processes * Threads);
        var asked = Stopwatch.GetTimestamp();
        for (var i = 0; i < Runs; i++)
        {
            var run = Path.Combine(folder, $"run-{(first + i) % Runs}");
            if (Directory.Exists(run))
            {
                continue;
            }

            try
            {
                using var claim = RunClaim.Take(run);
                if (Directory.Exists(run))
                {
                    continue;
                }

                Console.WriteLine(Stopwatch.GetElapsedTime(asked).TotalMilliseconds.ToString("F2", CultureInfo.InvariantCulture));
                Thread.Sleep(200);
                Directory.CreateDirectory(run);
                asked = Stopwatch.GetTimestamp();
            }
            catch (BusyException)
            {
                continue;
            }
        }
    }

    private static Process Start(string folder, int number) =>
        Process.Start(
            new ProcessStartInfo(Environment.ProcessPath!, ["claims", folder, $"{number}"])
            {
                RedirectStandardOutput = true,
                UseShellExecute = false,
            }
        )!;
}
