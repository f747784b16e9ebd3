using Rote.Cli.Clusters;
using Rote.Evaluation;
using Rote.Experiments;
using Rote.Memorization;
using Rote.Reports.Runs;
using Rote.Storage;
using Rote.Workers;

namespace Rote.Cli.Commands;

/// <summary><c>rote train --memorize auto</c>: several degrees, of which the best on the examples held out is kept.</summary>
internal static class TrainDegrees
{
    /// <summary>The degrees, from rule to rote. Not 0: to suppress the last tenth was never the best.</summary>
    public static readonly IReadOnlyList<double> Tried = [0.1, 0.25, 0.5, 0.75, 1];

    /// <summary>Trains what is not finished and keeps the best.</summary>
    /// <param name="screen">Where words go.</param>
    /// <param name="first">The experiment at any degree.</param>
    /// <param name="workers">Processes; null: as many as the cores allow.</param>
    /// <param name="isChecked">Whether the exit code says that the degree kept is certified.</param>
    /// <param name="shelf">Knows where own data lies.</param>
    /// <param name="runner">Makes the runs.</param>
    /// <param name="cancel">Stops what follows them.</param>
    /// <returns>The exit code: that of the first failure, if any.</returns>
    public static int Run(
        Screen screen,
        Experiment first,
        int? workers,
        bool isChecked,
        DatasetCache shelf,
        SetRunner runner,
        CancellationToken cancel
    )
    {
        var own = shelf.SourceOf(first.Data);
        var requests = Tried
            .Select(degree => new RunRequest(first with { Control = new MemorizationDial { Target = degree } }, own)
            {
                Title = $"m = {degree}",
            })
            .ToArray();
        var processes = workers ?? WorkerStart.Usual(first, Tried.Count);
        screen.Progress(
            $"{first.Network.Title} on {first.Data.Name} at {Tried.Count} degrees of memorization, {runner.Words(processes)}: "
                + $"{first.Recipe.Describe()}; {Wording.Count(first.Recipe.Epochs, "epoch")}."
        );
        if (runner.Run(requests, processes) is not { } outcomes)
        {
            return ExitCode.Done;
        }

        if (outcomes.FirstOrDefault(outcome => outcome.Failure is not null) is { Failure: { } failure })
        {
            screen.Line($"A degree failed, and the best of the others may not be the best: {failure.Sentence}");
            return ExitCode.Of(failure.Kind);
        }

        FinishedRun[] runs = [.. outcomes.Select(outcome => outcome.Run!)];
        var best = runs.MaxBy(run => run.Summary.HeldOutCorrect)!; // of equal ones the first, which memorizes least
        screen.Line();
        screen.Table(DegreesTable.Create(runs, best));
        TrainOutput.Print(screen, best, degrees: runs, noise: NoiseRate.Of(runs, shelf.Load, cancel));
        return isChecked && best.Summary.Certificate()?.IsReached != true ? ExitCode.CheckFailed : ExitCode.Done;
    }
}
