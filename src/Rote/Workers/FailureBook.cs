using System.Text.Json;
using Rote.Experiments;
using Rote.Storage;

namespace Rote.Workers;

/// <summary>What failed of a set of runs, for all machines that make it: a folder with one file a failure.</summary>
/// <remarks>
/// What failed for the machine's sake (killed, no memory, no disk space) is tried twice more. Failures count against a run only while it
/// does not move: one that has written a checkpoint since begins to count anew. Divergence and wrong input give the same again, and are
/// never tried twice.
/// </remarks>
/// <param name="folder">The folder; made with the first failure.</param>
internal sealed class FailureBook(string folder)
{
    /// <summary>Times that a run is tried at one point before the machine's failures are its own.</summary>
    internal const int Tries = 3;

    private const string Ending = ".json";

    /// <summary>Writes a failure down.</summary>
    /// <param name="store">Where the run is.</param>
    /// <param name="experiment">The run.</param>
    /// <param name="failure">Why.</param>
    /// <returns>The failure if it is final by its kind; else null, and <see cref="Final(string)"/> tells.</returns>
    /// <exception cref="MachineException">The folder cannot be written.</exception>
    public RunFailure? Note(RunStore store, Experiment experiment, RunFailure failure)
    {
        var note = new FailureNote
        {
            Failure = failure,
            Host = Environment.MachineName,
            Time = TimeProvider.System.GetUtcNow(),
            Checkpoint = store.ProgressOf(experiment),
        };
        AtomicFile.WriteText(
            Path.Combine(folder, $"{experiment.Identity[..16]}.{ProcessSpace.Token()[..8]}{Ending}"),
            JsonSerializer.Serialize(note, RoteJson.Options) + "\n"
        );
        return failure.Kind == FailureKind.Machine ? null : failure;
    }

    /// <summary>The failure that a run is left with.</summary>
    /// <param name="experiment">The run.</param>
    /// <returns>Null while it may be tried.</returns>
    public RunFailure? Final(Experiment experiment) => Final(experiment.Identity);

    /// <summary>The failure that a run is left with.</summary>
    /// <param name="identity">The identity of its experiment.</param>
    /// <returns>Null while it may be tried.</returns>
    public RunFailure? Final(string identity)
    {
        var notes = Of(identity[..16]);
        return notes.FirstOrDefault(note => note.Failure.Kind != FailureKind.Machine)?.Failure
            ?? notes
                .GroupBy(note => note.Checkpoint)
                .Where(group => group.Count() >= Tries)
                .Select(group => group.MaxBy(note => note.Time)!.Failure)
                .Select(failure => failure with { Sentence = $"{failure.Sentence} It was tried {Tries} times." })
                .FirstOrDefault();
    }

    /// <summary>Forgets what failed for a machine's sake, for another trial.</summary>
    /// <exception cref="MachineException">The folder cannot be changed.</exception>
    public void Forget()
    {
        try
        {
            foreach (var file in Directory.Exists(folder) ? Directory.GetFiles(folder, $"*{Ending}") : [])
            {
                if (Read(file)?.Failure.Kind is null or FailureKind.Machine)
                {
                    File.Delete(file);
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw AtomicFile.CannotWrite(folder, error);
        }
    }

    private FailureNote[] Of(string name)
    {
        try
        {
            return Directory.Exists(folder) ? [.. Directory.GetFiles(folder, $"{name}.*{Ending}").Select(Read).OfType<FailureNote>()] : [];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return []; // the run is tried, and that tells
        }
    }

    /// <summary>A file that is damaged says nothing, and the run is tried again.</summary>
    private static FailureNote? Read(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<FailureNote>(File.ReadAllBytes(file), RoteJson.Options);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException or NotSupportedException)
        {
            return null;
        }
    }
}

/// <summary>One failure of a run: a file of the set's folder.</summary>
internal sealed record FailureNote
{
    /// <summary>Why.</summary>
    public required RunFailure Failure { get; init; }

    /// <summary>On which machine.</summary>
    public required string Host { get; init; }

    /// <summary>When, by that machine's clock.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>How far the run was: the time of its checkpoint; null where it had none.</summary>
    public DateTimeOffset? Checkpoint { get; init; }
}
