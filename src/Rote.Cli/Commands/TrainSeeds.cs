using Rote.Cli.Clusters;
using Rote.Cli.Documents;
using Rote.Experiments;
using Rote.Reports.Runs;
using Rote.Storage;
using Rote.Workers;

namespace Rote.Cli.Commands;

/// <summary><c>rote train --seeds N</c>: one experiment with several seeds, in worker processes.</summary>
internal static class TrainSeeds
{
    private const int MostSeeds = 1000;

    /// <summary>Refuses numbers out of range.</summary>
    /// <exception cref="InputException">A number is out of range, or workers are asked for one run.</exception>
    public static void RequireKnown(int seeds, int? workers)
    {
        if (seeds is < 1 or > MostSeeds)
        {
            throw new InputException($"The number of seeds is {seeds}, expected 1 to {MostSeeds}.");
        }

        if (seeds == 1 && workers is not null)
        {
            throw new InputException("--workers trains several seeds at the same time: say how many with --seeds.");
        }
    }

    /// <summary>Trains what is not finished and prints all results with their mean; a run that fails does not stop the others.</summary>
    /// <param name="screen">Where words go.</param>
    /// <param name="first">The experiment with the first seed.</param>
    /// <param name="seeds">How many, at least 2.</param>
    /// <param name="workers">Processes; null: as many as the cores allow.</param>
    /// <param name="store">Where runs are kept.</param>
    /// <param name="shelf">Knows where own data lies.</param>
    /// <param name="runner">Makes the runs.</param>
    /// <returns>The exit code: that of the first failure, if any.</returns>
    public static int Run(Screen screen, Experiment first, int seeds, int? workers, RunStore store, DatasetCache shelf, SetRunner runner)
    {
        var own = shelf.SourceOf(first.Data);
        var requests = Enumerable.Range(0, seeds).Select(i => new RunRequest(first with { Seed = first.Seed + i }, own)).ToArray();
        var processes = workers ?? WorkerStart.Usual(first, seeds);
        screen.Progress(
            $"{first.Network.Title} on {first.Data.Name}, seeds {first.Seed} to {first.Seed + seeds - 1}, {runner.Words(processes)}: "
                + $"{first.Recipe.Describe()}; at most {Wording.Count(first.Recipe.Epochs, "epoch")}."
        );
        if (runner.Run(requests, processes) is not { } outcomes)
        {
            return ExitCode.Done;
        }

        var finished = outcomes.Select(outcome => outcome.Run).OfType<FinishedRun>().ToArray();
        var stored = finished.Select(run => store.Get(run.Folder)).ToArray();
        var comparison = stored.Length > 1 ? RunComparison.Of(stored) : null;
        if (finished.Length > 0)
        {
            screen.Line();
            screen.PeopleWriter.Write(
                comparison is not null
                    ? ComparisonReport.ToText(comparison, screen.Style)
                    : TrainTable.Create(finished[0]).ToText(screen.Style)
            );
        }

        var failures = outcomes.Where(outcome => outcome.Failure is not null).ToArray();
        foreach (var outcome in failures)
        {
            screen.Line($"Seed {outcome.Request.Experiment.Seed} failed: {outcome.Failure!.Sentence}");
        }

        screen.Document(
            new TrainSeedsDocument(
                [.. stored.Select(RunDocument.Of)],
                comparison is null ? null : RunsCompareDocument.Of(comparison, report: null),
                [.. failures.Select(outcome => new SeedFailureDocument(outcome.Request.Experiment.Seed, outcome.Failure!))]
            )
        );
        return failures.Length == 0 ? ExitCode.Done : ExitCode.Of(failures[0].Failure!.Kind);
    }
}
