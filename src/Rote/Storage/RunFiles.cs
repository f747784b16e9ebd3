using System.Text;
using System.Text.Json;

namespace Rote.Storage;

/// <summary>The names of a run's files, and how they are read; docs/reference/formats.md describes their fields.</summary>
internal static class RunFiles
{
    public const string Experiment = "experiment.json";
    public const string Data = "data.json";
    public const string Manifest = "manifest.json";
    public const string Metrics = "metrics.jsonl";
    public const string Checkpoint = "checkpoint.safetensors";
    public const string Weights = "weights.safetensors";
    public const string Summary = "summary.json";
    public const string Lock = "run.lock";

    /// <summary>The files that training writes under a temporary name first.</summary>
    public static readonly string[] Written =
    [
        Experiment,
        Data,
        Manifest,
        Metrics,
        Checkpoint,
        Weights,
        Summary,
        ControlFiles.CertificateFile,
        ControlFiles.Canaries,
        ControlFiles.Distrusted,
        AdjustableFiles.Weights,
        AdjustableFiles.Table,
    ];

    /// <summary>No line of our logs is longer: an epoch has 300 bytes.</summary>
    private const int LongestLine = 10_000;

    /// <summary>Reads a JSON file.</summary>
    /// <exception cref="InputException">The file is missing, or not that record.</exception>
    public static T Read<T>(string path) => Parse<T>(path, Text(path));

    /// <summary>The maximum size of a file in bytes, far above what the largest run writes; longer files are refused.</summary>
    /// <param name="name">The file's name. 100,000 epochs of metrics take some 25 MB; names, means and deviations of 100,000 features some
    /// 6 MB; an experiment that forgets a million examples 14 MB.</param>
    private static long Longest(string name) =>
        name switch
        {
            Metrics => 100_000_000,
            Data or Experiment => 50_000_000,
            _ => 5_000_000,
        };

    /// <summary>Reads a file with one JSON document per line.</summary>
    /// <exception cref="InputException">The file is missing, or a line is not that record.</exception>
    public static IReadOnlyList<T> ReadLines<T>(string path) =>
        [.. Lines(path).Where(line => line.Text.Length > 0).Select(line => Parse<T>(path, line.Text))];

    /// <summary>Reads a log that is still being written, or that a kill has cut, up to the first incomplete line. A resume rewrites
    /// it.</summary>
    /// <exception cref="InputException">The file cannot be read.</exception>
    public static IReadOnlyList<T> ReadLog<T>(string path)
        where T : class =>
        [
            .. Lines(path)
                .Where(line => line is { IsEnded: true, Text.Length: > 0 })
                .Select(line => TryParse<T>(line.Text))
                .TakeWhile(entry => entry is not null)
                .OfType<T>(),
        ];

    /// <summary>The lines of a log, one at a time: the whole text would take several times the file's size.</summary>
    private static IEnumerable<(string Text, bool IsEnded)> Lines(string path)
    {
        using var reader = Readable(path, () => new StreamReader(Bounded(path)));
        var line = new StringBuilder();
        while (Readable(path, () => reader.Read()) is >= 0 and var next)
        {
            if (next != '\n')
            {
                line.Append(
                    line.Length < LongestLine
                        ? (char)next
                        : throw Unreadable(path, $"it has a line of more than {LongestLine:N0} characters")
                );
                continue;
            }

            yield return (line.ToString(), true);
            line.Clear();
        }

        yield return (line.ToString(), false);
    }

    private static string Text(string path) =>
        Readable(
            path,
            () =>
            {
                using var reader = new StreamReader(Bounded(path));
                return reader.ReadToEnd();
            }
        );

    /// <summary>Opens a file if it is not longer than its kind may be.</summary>
    private static FileStream Bounded(string path)
    {
        var (length, longest) = (new FileInfo(path).Length, Longest(Path.GetFileName(path)));
        return length <= longest ? File.OpenRead(path) : throw new IOException($"it has {length:N0} bytes, expected at most {longest:N0}");
    }

    private static T Readable<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, error.Message.Split('\n')[0].TrimEnd('.'), error);
        }
    }

    private static InputException Unreadable(string path, string why, Exception? error = null) =>
        error is UnauthorizedAccessException
            ? new($"Cannot read {path}: {why}; check its permissions.", error)
            : new($"Cannot read {path}: the run's folder is not whole; remove it to train again.", error ?? new IOException(why));

    /// <summary>Parses a JSON document from inside a file.</summary>
    /// <exception cref="InputException">It is not that record.</exception>
    public static T Parse<T>(string path, string text)
    {
        try
        {
            var value = JsonSerializer.Deserialize<T>(text, RoteJson.Options) ?? throw new JsonException("it is null");
            return RunCounts.FaultOf(value) is { } fault ? throw new JsonException(fault) : value;
        }
        catch (Exception error) when (error is JsonException or NotSupportedException or InputException)
        {
            throw new InputException($"{path} is damaged ({error.Message.Split('\n')[0]}); remove the run's folder to train again.", error);
        }
    }

    private static T? TryParse<T>(string text)
        where T : class
    {
        try
        {
            var value = JsonSerializer.Deserialize<T>(text, RoteJson.Options);
            return value is not null && RunCounts.FaultOf(value) is not null ? null : value;
        }
        catch (Exception error) when (error is JsonException or NotSupportedException or InputException)
        {
            return null;
        }
    }
}
