using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Rote.Benchmarks;

/// <summary>What <c>rote serve</c> takes on a folder of 2,000 runs: to the first page, to a new epoch, and of memory while epochs
/// come.</summary>
internal sealed class ServedFolder : IDisposable
{
    private const int Runs = 2000;
    private const int Written = 100;
    private const int Epochs = 40;

    private readonly string _folder = Directory.CreateTempSubdirectory("rote-serve-").FullName;
    private readonly HttpClient _browser = new(new SocketsHttpHandler { CookieContainer = new CookieContainer() });
    private readonly int[] _epochs = new int[Written];
    private Process? _server;
    private string _origin = "";

    private ServedFolder() { }

    /// <summary>Measures, and says what it found.</summary>
    /// <param name="minutes">How long epochs are written.</param>
    public static void Run(double minutes)
    {
        using var folder = new ServedFolder();
        folder.Make();
        for (var i = 0; i < 3; i++)
        {
            folder.FirstPage(i == 0 ? "files just written, program not started before" : "again");
        }

        using var events = new StreamReader(folder._browser.GetStreamAsync(new Uri(folder._origin + "/api/events?since=0")).Result);
        folder.NewEpochs(events);
        folder.Memory(events, minutes);
    }

    public void Dispose()
    {
        Stop();
        _browser.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void Stop()
    {
        _server?.Kill();
        _server?.WaitForExit();
        _server?.Dispose();
        _server = null;
    }

    /// <summary>Runs of 40 epochs; the first hundred are not finished, and epochs are added to them.</summary>
    private void Make()
    {
        for (var i = 0; i < Runs; i++)
        {
            var folder = Directory.CreateDirectory(Path.Combine(_folder, $"{i:x12}-shapes-mlp-1x512-true-labels")).FullName;
            var experiment = $$"""
                {"schema":2,"engine":{{Engine.Current}},"data":{"name":"shapes","examples":5000},"corruption":{"kind":"true-labels"},
                "control":{"kind":"dial","target":0.5},"network":{"kind":"mlp","hidden":[512],"dropout":0},
                "recipe":{"learningRate":0.05,"epochs":1000000},"seed":{{i}},"threads":1}
                """;
            File.WriteAllText(Path.Combine(folder, "experiment.json"), experiment);
            File.WriteAllText(Path.Combine(folder, "metrics.jsonl"), string.Concat(Enumerable.Range(0, Epochs).Select(Line)));
            if (i >= Written)
            {
                File.WriteAllText(Path.Combine(folder, "weights.safetensors"), "");
                File.WriteAllText(
                    Path.Combine(folder, "summary.json"),
                    $$"""
                    {"experiment":"{{new string(
                        '0',
                        64
                    )}}","epochs":40,"trainCorrect":900,"trainCount":1000,"testCorrect":400,"testCount":500,
                    "runningLoss":0.5,"parameters":1000,"weightsSha256":"{{new string('0', 64)}}"}
                    """
                );
            }
        }

        Array.Fill(_epochs, Epochs);
    }

    private static string Identity(string experiment)
    {
        using var document = JsonDocument.Parse(experiment);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(RoteJson.Canonical(document))));
    }

    private void FirstPage(string kind)
    {
        Stop();
        var begun = Stopwatch.GetTimestamp();
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Rote.Cli"), ["serve", _folder, "--json", "--no-open"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
            RedirectStandardError = true,
        };
        _server = Process.Start(start)!;
        var answer = "";
        while (!answer.EndsWith("}\n", StringComparison.Ordinal))
        {
            answer += _server.StandardOutput.ReadLine() + "\n";
        }

        using var address = JsonDocument.Parse(answer);
        _origin = address.RootElement.GetProperty("origin").GetString()!;
        var page = _browser.GetStringAsync(new Uri(address.RootElement.GetProperty("address").GetString()!)).Result;
        var first = Stopwatch.GetElapsedTime(begun);
        var (version, names) = (0L, new HashSet<string>(StringComparer.Ordinal));
        while (names.Count < Runs)
        {
            version = Changes(version, names);
        }

        var whole = Stopwatch.GetElapsedTime(begun);
        Console.WriteLine(
            $"From the start of the process ({kind}): page of {page.Length:N0} characters after {first.TotalSeconds:F2} s, "
                + $"all {Runs:N0} runs after {whole.TotalSeconds:F2} s, of which its own processor time "
                + $"{_server.TotalProcessorTime.TotalSeconds:F2} s"
        );
    }

    /// <summary>Asks for what has changed, as the page does, and gives the server a hundredth of a second if nothing has.</summary>
    private long Changes(long version, HashSet<string> names)
    {
        using var changes = JsonDocument.Parse(_browser.GetStringAsync(new Uri($"{_origin}/api/items?since={version}")).Result);
        var items = changes.RootElement.GetProperty("items").EnumerateArray().ToArray();
        names.UnionWith(items.Select(item => item.GetProperty("id").GetString()!));
        if (items.Length == 0)
        {
            Thread.Sleep(10);
        }

        return changes.RootElement.GetProperty("version").GetInt64();
    }

    private void NewEpochs(StreamReader events)
    {
        var times = new List<double>();
        for (var i = 0; i < 60; i++)
        {
            Thread.Sleep(i * 97 % 400); // not in step with the looks
            var run = i * 37 % Written;
            var begun = Stopwatch.GetTimestamp();
            Write(run);
            while (!HasEpoch(events.ReadLine()!, run))
            {
                // what was told before
            }

            times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        }

        times.Sort();
        Console.WriteLine(
            $"From an epoch's line in the file to its event: median {times[times.Count / 2]:F0} ms, "
                + $"longest {times[^1]:F0} ms of {times.Count}"
        );
    }

    private bool HasEpoch(string line, int run)
    {
        if (!line.StartsWith("data: ", StringComparison.Ordinal))
        {
            return false;
        }

        using var changes = JsonDocument.Parse(line[6..]);
        return changes
            .RootElement.GetProperty("items")
            .EnumerateArray()
            .Any(item =>
                item.GetProperty("name").GetString()!.StartsWith($"{run:x12}", StringComparison.Ordinal)
                && item.GetProperty("epoch").GetInt32() == _epochs[run] - 1
            );
    }

    /// <summary>A hundred runs get an epoch each second, a page listens, and asks for one run's curves each second.</summary>
    private void Memory(StreamReader events, double minutes)
    {
        var (end, offset, told) = (Environment.TickCount64 + (minutes * 60_000), 0L, 0L);
        new Thread(() =>
        {
            try
            {
                while (events.ReadLine() is { } line)
                {
                    Interlocked.Add(ref told, line.Length);
                }
            }
            catch (IOException)
            {
                // the server was stopped
            }
        })
        {
            IsBackground = true,
        }.Start();
        var samples = new List<(double Minutes, double Megabytes)>();
        var begun = Stopwatch.GetTimestamp();
        while (Environment.TickCount64 < end)
        {
            for (var run = 0; run < Written; run++)
            {
                Write(run);
            }

            var address = $"{_origin}/api/curves?run={0:x12}-shapes-mlp-1x512-true-labels&offset={offset}";
            using var chunk = JsonDocument.Parse(_browser.GetStringAsync(new Uri(address)).Result);
            offset = chunk.RootElement.GetProperty("next").GetInt64();
            Thread.Sleep(1000);
            samples.Add((Stopwatch.GetElapsedTime(begun).TotalMinutes, Resident()));
            if (samples.Count % 60 == 0)
            {
                Console.WriteLine($"  {samples[^1].Minutes:F1} min: {samples[^1].Megabytes:F0} MB");
            }
        }

        // Without the first minute, in which code is compiled and the heap takes its size.
        var later = samples.Where(sample => sample.Minutes >= Math.Min(1, minutes / 2)).ToArray();
        var (x, y) = (later.Average(s => s.Minutes), later.Average(s => s.Megabytes));
        var slope = later.Sum(s => (s.Minutes - x) * (s.Megabytes - y)) / later.Sum(s => (s.Minutes - x) * (s.Minutes - x));
        Console.WriteLine(
            $"Memory over {minutes} min, {Written} epochs a second ({told / 1_000_000} MB told): {samples[0].Megabytes:F0} MB at first, "
                + $"{samples[^1].Megabytes:F0} MB at last, {samples.Max(s => s.Megabytes):F0} MB at most; without the first minute "
                + $"{slope * 60:F1} MB an hour; processor {_server!.TotalProcessorTime.TotalSeconds / (minutes * 60):P0} of a core"
        );
    }

    private double Resident() =>
        File.ReadLines($"/proc/{_server!.Id}/status")
            .Where(line => line.StartsWith("VmRSS:", StringComparison.Ordinal))
            .Select(line => double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024)
            .First();

    private void Write(int run) =>
        File.AppendAllText(Path.Combine(_folder, $"{run:x12}-shapes-mlp-1x512-true-labels", "metrics.jsonl"), Line(_epochs[run]++));

    private static string Line(int epoch) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"epoch\":{epoch},\"learningRate\":0.05,\"runningLoss\":{2.0 / (epoch + 1)},\"runningAccuracy\":0.5,\"trainAccuracy\":0.5,"
        ) + $"\"memorization\":0.25,\"testAccuracy\":0.4,\"seconds\":{epoch}}}\n";
}
