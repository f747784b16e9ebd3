using System.Diagnostics;
using System.Globalization;
using Rote.Tensors;
using Rote.Tests.Support;

namespace Rote.Benchmarks.Fuzz;

/// <summary>Calls every reader with mutated files in a loop: no exception may come out but the product's own, none may take long, and
/// memory must not grow.</summary>
/// <remarks><c>bench/run fuzz --inputs 1000000 --seconds 3600 [--first SEED] [--only NAME]</c>. A seed repeats its input: <c>--first SEED
/// --inputs 1</c> says how it is refused.</remarks>
internal sealed class FuzzRun
{
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(5);

    /// <summary>Bytes that a file of some kilobytes may make a reader take.</summary>
    private const long Much = 256 << 20;

    private readonly IReadOnlyList<FuzzSubject> _subjects = FuzzSubjects.All();
    private readonly Dictionary<string, (int Times, long Seed, Exception? Error)> _faults = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (int Read, int Refused)> _counts = new(StringComparer.Ordinal);
    private readonly string _folder;
    private (long Seed, string Subject, long Begun) _now;
    private bool _isAlone;

    private FuzzRun(string folder) => _folder = folder;

    /// <summary>Runs; prints faults as they come, then a summary.</summary>
    /// <returns>0 where there was no fault, else 1.</returns>
    /// <exception cref="InputException">An option is not known.</exception>
    public static int Run(string[] options)
    {
        var (inputs, seconds, first, only) = (100_000L, 60.0, 0L, "");
        for (var i = 0; i + 1 < options.Length; i += 2)
        {
            var value = options[i + 1];
            _ = options[i] switch
            {
                "--inputs" => inputs = long.Parse(value, CultureInfo.InvariantCulture),
                "--seconds" => (long)(seconds = double.Parse(value, CultureInfo.InvariantCulture)),
                "--first" => first = long.Parse(value, CultureInfo.InvariantCulture),
                "--only" => (only = value).Length,
                _ => throw new InputException($"fuzz has no option {options[i]}; it has --inputs, --seconds, --first and --only."),
            };
        }

        TorchSharp.torch.set_num_threads(1);
        var folder = Directory.CreateTempSubdirectory("rote-fuzz-");
        try
        {
            return new FuzzRun(folder.FullName).Loop(inputs, seconds, first, only);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private int Loop(long inputs, double seconds, long first, string only)
    {
        var chosen = _subjects.Where(subject => only.Length == 0 || subject.Name == only).ToArray();
        foreach (var subject in chosen)
        {
            RequireSound(subject);
        }

        var begun = Stopwatch.GetTimestamp();
        using var watch = new Timer(_ => ReportSlow(), null, Slow, TimeSpan.FromSeconds(1));
        var seed = first;
        _isAlone = inputs == 1; // somebody looks at it
        var (done, memory, reported) = (0L, 0L, 0.0);
        for (; done < inputs && Stopwatch.GetElapsedTime(begun).TotalSeconds < seconds; done++, seed++)
        {
            One(chosen[(int)(seed % chosen.Length)], seed);
            var elapsed = Stopwatch.GetElapsedTime(begun).TotalSeconds;
            if (memory == 0 && (elapsed > seconds / 4 || done > inputs / 4))
            {
                memory = Environment.WorkingSet; // by now everything is loaded and compiled
            }

            if (elapsed - reported > 60)
            {
                reported = elapsed;
                Console.WriteLine(
                    $"{done:N0} inputs, {done / elapsed:N0} a second, {Environment.WorkingSet / 1e6:N0} MB, {_faults.Count} kinds of faults"
                );
            }
        }

        var now = Environment.WorkingSet;
        Console.WriteLine(
            $"{done:N0} inputs, seeds {first} to {seed - 1}, in {Stopwatch.GetElapsedTime(begun).TotalSeconds:N0} s; memory "
                + $"{memory / 1e6:N0} MB after a quarter, {now / 1e6:N0} MB at the end."
        );
        foreach (var (name, (read, refused)) in _counts.OrderBy(count => count.Key, StringComparer.Ordinal))
        {
            Console.WriteLine($"  {name, -28} read {read, 8:N0}, refused {refused, 8:N0}");
        }

        foreach (var (kind, (times, at, error)) in _faults)
        {
            Console.WriteLine($"FAULT {kind}: {times} times, first seed {at}\n{error}");
        }

        return _faults.Count == 0 ? 0 : 1;
    }

    /// <summary>A file that is refused as it is would test nothing.</summary>
    private void RequireSound(FuzzSubject subject)
    {
        var folder = Path.Combine(_folder, "sound");
        foreach (var (path, content) in subject.Files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, path))!);
            File.WriteAllBytes(Path.Combine(folder, path), content);
        }

        subject.Read(folder);
        Directory.Delete(folder, recursive: true);
    }

    private void One(FuzzSubject subject, long seed)
    {
        var folder = Path.Combine(_folder, "x");
        Write(subject, folder, seed);
        var (read, refused) = _counts.GetValueOrDefault(subject.Name);
        var used = Environment.CpuUsage.TotalTime; // time on the clock would be that of other programs, too
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        _now = (seed, subject.Name, Stopwatch.GetTimestamp());
        try
        {
            subject.Read(folder);
            read++;
        }
        catch (Exception error)
        {
            refused++;
            if (_isAlone)
            {
                Console.WriteLine(error);
            }

            if (!subject.IsOurs(error))
            {
                Fault($"{subject.Name}: {error.GetType().Name} {Place(error)}", seed, error);
            }
        }

        var took = Environment.CpuUsage.TotalTime - used;
        _counts[subject.Name] = (read, refused);
        if (took > Slow)
        {
            Fault($"{subject.Name}: slow", seed, null);
        }

        if (GC.GetAllocatedBytesForCurrentThread() - allocated is var taken and > Much)
        {
            Fault($"{subject.Name}: takes much memory", seed, new InvalidOperationException($"{taken / 1e6:N0} MB"));
        }

        Directory.Delete(folder, recursive: true);
    }

    private static void Write(FuzzSubject subject, string folder, long seed)
    {
        var stream = new Seeds(seed).Stream("file");
        var chosen = stream.NextInt(subject.Files.Count);
        for (var i = 0; i < subject.Files.Count; i++)
        {
            var (path, content) = subject.Files[i];
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, path))!);
            var isText = path.EndsWith(".json", StringComparison.Ordinal) || path.EndsWith(".jsonl", StringComparison.Ordinal);
            File.WriteAllBytes(
                Path.Combine(folder, path),
                i != chosen ? content
                    : isText ? Mutations.Json(content, (int)(seed % int.MaxValue))
                    : Mutations.Bytes(content, (int)(seed % int.MaxValue))
            );
        }
    }

    /// <summary>Where in the product an error comes from.</summary>
    private static string Place(Exception error) =>
        error
            .StackTrace?.Split('\n')
            .Select(line => line.Trim())
            .FirstOrDefault(line => line.StartsWith("at Rote.", StringComparison.Ordinal))
            is { } line
            ? line.Split(" in ")[0]
            : "outside";

    private void Fault(string kind, long seed, Exception? error)
    {
        var known = _faults.TryGetValue(kind, out var fault);
        _faults[kind] = known ? (fault.Times + 1, fault.Seed, fault.Error) : (1, seed, error);
        if (!known)
        {
            Console.WriteLine($"FAULT seed {seed} {kind}: {error?.Message.Split('\n')[0]}");
        }
    }

    /// <summary>Says what hangs while it hangs: it may never come back.</summary>
    private void ReportSlow()
    {
        var now = _now;
        if (now.Begun != 0 && Stopwatch.GetElapsedTime(now.Begun) > Slow)
        {
            Console.WriteLine($"SLOW seed {now.Seed} {now.Subject}: {Stopwatch.GetElapsedTime(now.Begun).TotalSeconds:N0} s so far");
        }
    }
}
