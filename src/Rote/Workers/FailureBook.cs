using System.Text.Json;
using Rote.Experiments;
using Rote.Storage;

namespace Rote.Workers;

/// <summary>The failures of a set of runs, shared by all machines that make it: a folder with one file per failure.</summary>
/// <remarks>
/// A failure caused by the machine (killed, no memory, no disk space) is retried twice. Failures count against a run only while it makes no
/// progress: the count restarts when the run has written a checkpoint since. Wrong input would fail the same way again, until somebody
/// mends it and asks for the set anew. Divergence is never retried: the same bits would diverge again.
/// </remarks>
/// <param name="folder">The folder; made with the first failure.</param>
internal sealed class FailureBook(string folder)
{
    /// <summary>How often a run is tried at one point before the machine's failures count as its own.</summary>
    internal const int Tries = 3;

    private const string Ending = ".json";

    /// <summary>Records a failure.</summary>
    /// <param name="store">Where the run is.</param>
    /// <param name="experiment">The run.</param>
    /// <param name="failure">Why.</param>
    /// <returns>The failure if its kind is final; else null, and <see cref="Final(string)"/> tells.</returns>
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

    /// <summary>The final failure of a run.</summary>
    /// <param name="experiment">The run.</param>
    /// <returns>Null while it may be tried.</returns>
    public RunFailure? Final(Experiment experiment) => Final(experiment.Identity);

    /// <summary>The final failure of a run.</summary>
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

    /// <summary>Forgets the failures caused by a machine or by input, for another try: since the set was asked for last, somebody may have
    /// mended either.</summary>
    /// <exception cref="MachineException">The folder cannot be changed.</exception>
    public void Forget()
    {
        try
        {
            foreach (var file in Directory.Exists(folder) ? Directory.GetFiles(folder, $"*{Ending}") : [])
            {
                if (Read(file)?.Failure.Kind is not FailureKind.Training)
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

    /// <summary>Ignores a damaged file, so that the run is tried again.</summary>
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

    /// <summary>The run's progress: the time of its checkpoint; null where it had none.</summary>
    public DateTimeOffset? Checkpoint { get; init; }
}
