using Rote.Training;

namespace Rote.Workers;

/// <summary>The progress of a set of runs.</summary>
public sealed record RunSetProgress
{
    /// <summary>Runs of the set; duplicates count once.</summary>
    public required int Total { get; init; }

    /// <summary>Finished runs, including those found finished.</summary>
    public required int Done { get; init; }

    /// <summary>Runs that failed.</summary>
    public required int Failed { get; init; }

    /// <summary>Runs that no worker has begun yet.</summary>
    public required int Waiting { get; init; }

    /// <summary>Runs in work, by worker.</summary>
    public required IReadOnlyList<RunningRun> Running { get; init; }

    /// <summary>Estimated time until the set is done; null while there is nothing to go by. docs/guide/workers.md says how it is
    /// estimated.</summary>
    public required TimeSpan? Left { get; init; }

    /// <summary>What has just happened; null when only numbers moved. Each piece of news is reported once.</summary>
    public RunNews? News { get; init; }
}

/// <summary>A run in work.</summary>
/// <param name="Worker">Number of the worker, from 1.</param>
/// <param name="Number">Number of the run in the set, from 1.</param>
/// <param name="Request">The run.</param>
/// <param name="Training">Where training stands; null while data is prepared.</param>
public sealed record RunningRun(int Worker, int Number, RunRequest Request, TrainingProgress? Training);

/// <summary>A run has begun, has ended, or lost its worker.</summary>
/// <param name="Number">Number of the run in the set, from 1.</param>
/// <param name="Request">The run.</param>
/// <param name="Outcome">How it ended; null if it has not.</param>
/// <param name="Retried">Why it must start again, in a sentence; null if it need not.</param>
/// <param name="IsElsewhere">Whether it is another process that made it.</param>
public sealed record RunNews(int Number, RunRequest Request, RunOutcome? Outcome = null, string? Retried = null, bool IsElsewhere = false);
