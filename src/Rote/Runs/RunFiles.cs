using System.Text.Json;

namespace Rote.Runs;

/// <summary>The names of a run's files, and how they are read; docs/formats.md describes their fields.</summary>
internal static class RunFiles
{
    public const string Experiment = "experiment.json";
    public const string Manifest = "manifest.json";
    public const string Metrics = "metrics.jsonl";
    public const string Checkpoint = "checkpoint.safetensors";
    public const string Weights = "weights.safetensors";
    public const string Summary = "summary.json";
    public const string Lock = "run.lock";

    /// <summary>Reads a JSON file.</summary>
    /// <exception cref="InputException">The file is missing, or not that record.</exception>
    public static T Read<T>(string path) => Parse<T>(path, Text(path));

    /// <summary>Reads a file of one JSON document a line.</summary>
    /// <exception cref="InputException">The file is missing, or a line is not that record.</exception>
    public static IReadOnlyList<T> ReadLines<T>(string path) =>
        [.. Text(path).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Parse<T>(path, line))];

    private static string Text(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"Cannot read {path}: the run's folder is not whole; remove it to train again.", error);
        }
    }

    private static T Parse<T>(string path, string text)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(text, RoteJson.Options) ?? throw new JsonException("it is null");
        }
        catch (JsonException error)
        {
            throw new InputException($"{path} is damaged ({error.Message.Split('\n')[0]}); remove the run's folder to train again.", error);
        }
    }
}
