using System.Diagnostics;
using Rote.Training;

namespace Rote.Workers;

/// <summary>One run of a set, listed once however often it was asked for, and its state.</summary>
/// <param name="number">Its number in the set, from 1.</param>
/// <param name="request">The run.</param>
internal sealed class RunEntry(int number, RunRequest request)
{
    private (double Position, double Seconds, long Time)? _first;

    public int Number { get; } = number;

    public RunRequest Request { get; } = request;

    /// <summary>How it ended; null while it has not.</summary>
    public RunOutcome? Outcome { get; set; }

    /// <summary>Workers that died while they had it.</summary>
    public int Deaths { get; set; }

    /// <summary>Whether it was reported that another process makes it.</summary>
    public bool IsSaidBusy { get; set; }

    /// <summary>Where training stands; null while data is prepared.</summary>
    public TrainingProgress? Training { get; private set; }

    /// <summary>Runs of one kind take about equally long.</summary>
    public string Kind { get; } =
        $"{request.Experiment.Network.Title} {request.Experiment.Data.Name} {request.Experiment.Data.Examples} "
        + $"{request.Experiment.Recipe.Epochs}";

    /// <summary>Marks its start, perhaps after an interruption.</summary>
    public void Begin() => (_first, Training) = (null, null);

    public void Progress(TrainingProgress training)
    {
        Training = training;
        _first ??= (Position(training), training.Last.Seconds, Stopwatch.GetTimestamp());
    }

    /// <summary>What it tells about time. The pace is measured from its first progress, because a resumed run does not start at epoch
    /// 1.</summary>
    public RunSeconds Seconds()
    {
        if (Outcome?.Run is { } run)
        {
            return new RunSeconds(Kind, run.History[^1].Seconds, 0);
        }

        if (_first is not { } first)
        {
            return new RunSeconds(Kind, 0, null);
        }

        var seconds = Stopwatch.GetElapsedTime(first.Time).TotalSeconds;
        var position = Position(Training!.Value);
        var moved = position - first.Position;
        return new RunSeconds(
            Kind,
            first.Seconds + seconds,
            moved > 0 ? (Request.Experiment.Recipe.Epochs - position) * seconds / moved : null
        );
    }

    private static double Position(TrainingProgress training) => training.Epoch - 1 + training.Fraction;
}
