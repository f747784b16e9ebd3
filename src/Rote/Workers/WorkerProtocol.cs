using System.Text.Json;
using System.Text.Json.Serialization;
using Rote.Experiments;
using Rote.Training;

namespace Rote.Workers;

/// <summary>A message to a worker: one line of JSON on its standard input. docs/guide/workers.md describes the lines.</summary>
public sealed record WorkerJob
{
    /// <summary>What to do.</summary>
    public required Experiment Experiment { get; init; }

    /// <summary>The folder that keeps the runs, as an absolute path.</summary>
    public required string Runs { get; init; }

    /// <summary>Whether the run also keeps an event file for TensorBoard.</summary>
    public bool TensorBoard { get; init; }

    /// <summary>Where own data lies; null for a catalog set.</summary>
    public UserDataSource? Own { get; init; }
}

/// <summary>A message from a worker: one line of JSON on its standard output.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "event", UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FailSerialization)]
[JsonDerivedType(typeof(WorkerReady), "ready")]
[JsonDerivedType(typeof(RunProgressed), "progress")]
[JsonDerivedType(typeof(RunFinished), "finished")]
[JsonDerivedType(typeof(RunFailed), "failed")]
internal abstract record WorkerEvent;

/// <summary>It waits for its first job.</summary>
/// <param name="Build">Its <see cref="WorkerProtocol.Build"/>.</param>
internal sealed record WorkerReady(string Build) : WorkerEvent;

/// <summary>Its run goes on.</summary>
/// <param name="Training">Where training stands.</param>
internal sealed record RunProgressed(TrainingProgress Training) : WorkerEvent;

/// <summary>Its run's folder is finished; it waits for the next job.</summary>
internal sealed record RunFinished : WorkerEvent;

/// <summary>Its run failed, and it waits for the next job; before <see cref="WorkerReady"/>: it cannot work at all.</summary>
/// <param name="Failure">Why.</param>
internal sealed record RunFailed(RunFailure Failure) : WorkerEvent;

/// <summary>The lines between a worker and its parent.</summary>
internal static class WorkerProtocol
{
    /// <summary>The library's build. Both sides must have the same one, or equal experiments would give different
    /// bits.</summary>
    public static string Build { get; } = typeof(WorkerProtocol).Assembly.ManifestModule.ModuleVersionId.ToString("N");

    /// <summary>One line, without its end.</summary>
    public static string Line<T>(T message) => JsonSerializer.Serialize(message, RoteJson.LineOptions);

    /// <summary>Reads a line.</summary>
    /// <param name="line">Without its end.</param>
    /// <param name="kind">What the line is, for the message.</param>
    /// <exception cref="InputException">It is damaged, or has a field that is not known.</exception>
    public static T Parse<T>(string line, string kind)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(line, RoteJson.LineOptions) ?? throw new JsonException("it is null");
        }
        catch (Exception error) when (error is JsonException or NotSupportedException)
        {
            var shown = Shortened.Beginning(line, 200);
            throw new InputException($"This line is no {kind} of a worker ({error.Message.Split('\n')[0].TrimEnd('.')}): {shown}", error);
        }
    }
}
