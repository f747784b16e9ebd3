using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Rote.Tests.Support;

namespace Rote.Tests.Docs.Commands;

/// <summary>A line that was run.</summary>
/// <param name="Line">As the page has it.</param>
/// <param name="Command">As it was run.</param>
/// <param name="Code">Its exit code.</param>
/// <param name="Said">What it wrote, on both outputs.</param>
/// <param name="Seconds">How long it took.</param>
internal sealed record RanLine(PageLine Line, string Command, int Code, string Said, double Seconds);

/// <summary>Runs the commands of all pages once, two pages at a time; each page from top to bottom in an empty folder of its own.</summary>
public sealed partial class PageRun : IDisposable
{
    private static readonly TimeSpan _longest = TimeSpan.FromMinutes(4);

    private readonly TempFolder _folder = new();
    private readonly ConcurrentDictionary<string, IReadOnlyList<RanLine>> _ran = new(StringComparer.Ordinal);

    /// <summary>Runs them.</summary>
    public PageRun()
    {
        Directory.CreateDirectory(_folder.File("bin"));
        File.CreateSymbolicLink(_folder.File("bin/rote"), Program);
        var pages = Partitioner.Create(PageLine.RunPages, EnumerablePartitionerOptions.NoBuffering);
        Parallel.ForEach(pages, new ParallelOptions { MaxDegreeOfParallelism = 2 }, page => _ran[page] = [.. Run(page)]);
    }

    private static string Program => Path.Combine(AppContext.BaseDirectory, "Rote.Cli");

    /// <summary>What became of a page's lines.</summary>
    internal IReadOnlyList<RanLine> Of(string page) => _ran[page];

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    private IEnumerable<RanLine> Run(string page)
    {
        var folder = _folder.File(page.Replace('/', '-'));
        Directory.CreateDirectory(folder);
        File.CreateSymbolicLink(Path.Combine(folder, "rote"), Program);
        var before = SmallRules.Before.GetValueOrDefault(page, []).Select(text => new PageLine(page, 0, text));
        foreach (var line in before.Concat(PageLine.Of(page)).Where(line => !SmallRules.NotRun.ContainsKey(line.Text)))
        {
            SmallInputs.Make(line.Text, folder);
            var command = line.IsRote ? SmallRules.Small(line, folder) : line.Text;
            var watch = Stopwatch.StartNew();
            var (code, said) = Start(
                command,
                folder,
                line.IsRote && line.Arguments[0] is "review" or "serve" && !command.Contains("--export")
            );
            yield return new RanLine(line, command, code, said, watch.Elapsed.TotalSeconds);
        }
    }

    /// <summary>Runs a line of shell. What shows a page until it is stopped is stopped when it has said its address and given its
    /// page.</summary>
    private (int Code, string Said) Start(string command, string folder, bool isServer)
    {
        var start = new ProcessStartInfo("/bin/bash", ["-c", $"set -eo pipefail; {(isServer ? "exec " : "")}{command}"])
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = $"{_folder.File("bin")}:{start.Environment["PATH"]}";
        start.Environment["ROTE_DATA"] = _folder.File("data");
        start.Environment.Remove("ROTE_CALLED_AS");
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var said = new StringBuilder();
        var address = new TaskCompletionSource<string?>();
        void Hear(string? line)
        {
            lock (said)
            {
                said.Append(line).Append('\n');
            }

            if (line is not null && Address().Match(line) is { Success: true } match)
            {
                address.TrySetResult(match.Value);
            }
        }

        process.OutputDataReceived += (_, e) => Hear(e.Data);
        process.ErrorDataReceived += (_, e) => Hear(e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        if (isServer)
        {
            _ = process.WaitForExitAsync().ContinueWith(_ => address.TrySetResult(null), TaskScheduler.Default);
            Look(address.Task, process.Id, Hear);
        }

        if (!process.WaitForExit(_longest))
        {
            process.Kill(entireProcessTree: true);
        }

        process.WaitForExit();
        lock (said)
        {
            return (process.ExitCode, said.ToString());
        }
    }

    /// <summary>Opens the page as a browser does, then stops the program as Ctrl-C does. By SIGTERM: a shell that starts the tests in the
    /// background lets them, and what they start, ignore SIGINT.</summary>
    private static void Look(Task<string?> address, int process, Action<string?> hear)
    {
        if (address.Wait(_longest) && address.Result is { } page)
        {
            using var browser = new HttpClient();
            using var answer = browser.GetAsync(new Uri(page)).GetAwaiter().GetResult();
            hear($"[{(int)answer.StatusCode} {answer.Content.Headers.ContentType?.MediaType}]");
        }

        using var kill = Process.Start("/bin/kill", ["-TERM", $"{process}"]);
        kill.WaitForExit();
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\S+", RegexOptions.None, 1000)]
    private static partial Regex Address();
}
