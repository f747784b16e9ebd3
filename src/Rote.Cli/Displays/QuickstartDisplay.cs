using System.Diagnostics;
using Rote.Studies;
using Rote.Training;
using Spectre.Console;

namespace Rote.Cli.Displays;

/// <summary>The progress of a quickstart: a table redrawn in place on a terminal, plain lines elsewhere.</summary>
internal static class QuickstartDisplay
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(5);

    /// <summary>Shows progress while the work goes on, on this thread.</summary>
    public static QuickstartResult Show(
        Screen screen,
        QuickstartOptions options,
        Func<IProgress<QuickstartProgress>?, QuickstartResult> work
    )
    {
        screen.Progress(
            $"{options.Network.Title} on {options.Data.Name}, five kinds of data, {options.Threads} "
                + $"{(options.Threads == 1 ? "thread" : "threads")}, {options.Precision.ToString().ToLowerInvariant()}. Stop at any "
                + $"time; the same command goes on."
        );
        if (screen.Quiet)
        {
            return work(null);
        }

        if (!screen.IsLive)
        {
            var last = Stopwatch.GetTimestamp();
            return work(new Reporter(p => WriteLine(screen, p, options, ref last)));
        }

        var rows = Titles(options).Select(title => new[] { title, "waiting", "", "", "", "" }).ToArray();
        return screen
            .People.Live(Draw(rows))
            .Start(context =>
                work(
                    new Reporter(progress =>
                    {
                        rows[progress.Variant] = [Titles(options)[progress.Variant], .. Cells(progress, options)];
                        context.UpdateTarget(Draw(rows));
                        context.Refresh();
                    })
                )
            );
    }

    private static void WriteLine(Screen screen, QuickstartProgress progress, QuickstartOptions options, ref long last)
    {
        if (progress.Training is null || Stopwatch.GetElapsedTime(last) > BetweenLines)
        {
            last = Stopwatch.GetTimestamp();
            screen.Line($"{Titles(options)[progress.Variant], -18} {string.Join("  ", Cells(progress, options).Where(c => c.Length > 0))}");
        }
    }

    /// <summary>Five kinds of data, and the sums that are learned by rote and then by rule.</summary>
    private static string[] Titles(QuickstartOptions options) =>
        [.. Quickstart.Titles, .. options.RuleEpochs > 0 ? [RuleCourse.Title] : Array.Empty<string>()];

    private static string[] Cells(QuickstartProgress progress, QuickstartOptions options) =>
        progress switch
        {
            { Finished: { } run } =>
            [
                run.Summary.Fitted switch
                {
                    true => "fitted",
                    false => "not fitted",
                    null => "done",
                },
                $"epoch {run.Summary.Epochs}",
                .. Accuracies(run.History[^1]),
                $"{run.History[^1].Seconds:F0} s",
            ],
            { Training: { } training } =>
            [
                "training",
                progress.Variant < Quickstart.Titles.Count
                    ? $"epoch {training.Epoch} of at most {options.Epochs}"
                    : $"epoch {training.Epoch} of {options.RuleEpochs}",
                .. Accuracies(training.Last),
                $"{training.ExamplesPerSecond:N0} {(progress.Variant < Quickstart.Titles.Count ? "images" : "pairs")}/s",
            ],
            _ => ["preparing", "", "", "", ""],
        };

    private static string[] Accuracies(EpochMetrics metrics) =>
        metrics.TrainAccuracy is null
            ? ["", ""] // not evaluated
            : [$"{metrics.TrainAccuracy:P1} train", $"{metrics.TestAccuracy:P1} test"];

    private static Spectre.Console.Table Draw(string[][] rows)
    {
        var table = new Spectre.Console.Table().Border(TableBorder.Simple);
        table.AddColumns("data", "state", "epoch", "accuracy", "", "time or speed");
        foreach (var row in rows)
        {
            table.AddRow([.. row.Select(Markup.Escape)]);
        }

        return table;
    }

    /// <summary>Calls at once, on the working thread: <see cref="Progress{T}"/> would draw late and from another thread.</summary>
    private sealed class Reporter(Action<QuickstartProgress> report) : IProgress<QuickstartProgress>
    {
        public void Report(QuickstartProgress value) => report(value);
    }
}
