using System.Text.Json;

namespace Rote.Storage;

/// <summary>The names of a run's files, and how they are read; docs/formats.md describes their fields.</summary>
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
    public static readonly string[] Written = [Experiment, Data, Manifest, Metrics, Checkpoint, Weights, Summary, ControlFiles.CertificateFile, ControlFiles.Canaries, ControlFiles.Distrusted];

    /// <summary>No file of ours is longer: 100,000 epochs of metrics have some 25 MB.</summary>
    private const long Longest = 100_000_000;

    /// <summary>Reads a JSON file.</summary>
    /// <exception cref="InputException">The file is missing, or not that record.</exception>
    public static T Read<T>(string path) => Parse<T>(path, Text(path));

    /// <summary>Reads a file of one JSON document a line.</summary>
    /// <exception cref="InputException">The file is missing, or a line is not that record.</exception>
    public static IReadOnlyList<T> ReadLines<T>(string path) => [.. Lines(Text(path)).Select(line => Parse<T>(path, line))];

    /// <summary>Reads a log that is still being written, or that a kill has cut: up to the first line that is not whole. A resume writes it anew.</summary>
    /// <exception cref="InputException">The file cannot be read.</exception>
    public static IReadOnlyList<T> ReadLog<T>(string path)
        where T : class
    {
        var text = Text(path);
        return [.. Lines(text[..(text.LastIndexOf('\n') + 1)]).Select(line => TryParse<T>(line)).TakeWhile(entry => entry is not null).OfType<T>()];
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static string Text(string path)
    {
        try
        {
            return new FileInfo(path).Length <= Longest ? File.ReadAllText(path) : throw new IOException($"it has more than {Longest:N0} bytes");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"Cannot read {path}: the run's folder is not whole; remove it to train again.", error);
        }
    }

    /// <summary>Reads a JSON document that stands inside a file.</summary>
    /// <exception cref="InputException">It is not that record.</exception>
    public static T Parse<T>(string path, string text)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(text, RoteJson.Options) ?? throw new JsonException("it is null");
        }
        catch (Exception error) when (error is JsonException or NotSupportedException)
        {
            throw new InputException($"{path} is damaged ({error.Message.Split('\n')[0]}); remove the run's folder to train again.", error);
        }
    }

    private static T? TryParse<T>(string text)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(text, RoteJson.Options);
        }
        catch (Exception error) when (error is JsonException or NotSupportedException)
        {
            return null;
        }
    }
}
