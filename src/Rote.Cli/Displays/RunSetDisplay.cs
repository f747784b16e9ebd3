using System.Diagnostics;
using Rote.Workers;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Rote.Cli.Displays;

/// <summary>The progress of a set of runs: a table redrawn in place on a terminal, plain lines elsewhere.</summary>
internal static class RunSetDisplay
{
    private const int ShownFailures = 3;

    private static readonly TimeSpan BetweenSummaries = TimeSpan.FromSeconds(30);

    /// <summary>Shows progress while the work goes on, on this thread.</summary>
    public static T Show<T>(Screen screen, Func<IProgress<RunSetProgress>?, T> work)
    {
        if (screen.Quiet)
        {
            return work(null);
        }

        if (!screen.IsLive)
        {
            return work(Lines(screen.Line, Stopwatch.GetTimestamp, BetweenSummaries));
        }

        var failures = new List<RunNews>();
        return screen
            .People.Live(new Text(""))
            .Start(context =>
                work(
                    new Reporter(progress =>
                    {
                        if (progress.News is { Outcome.Failure: not null } failed)
                        {
                            failures.Add(failed);
                        }

                        context.UpdateTarget(Draw(progress, failures));
                        context.Refresh();
                    })
                )
            );
    }

    /// <summary>A line for each piece of news, and now and then one that sums up.</summary>
    internal static IProgress<RunSetProgress> Lines(Action<string> line, Func<long> clock, TimeSpan between)
    {
        var last = clock();
        return new Reporter(progress =>
        {
            if (progress.News is { } news)
            {
                line(
                    $"[{news.Number.ToString().PadLeft($"{progress.Total}".Length)}/{progress.Total}] {news.Request.Title}: "
                        + $"{RunSetText.News(news)}"
                );
            }

            if (Stopwatch.GetElapsedTime(last, clock()) >= between)
            {
                last = clock();
                line(RunSetText.Summary(progress));
            }
        });
    }

    /// <summary>A row for each run in work, the last failures, and the sum.</summary>
    internal static IRenderable Draw(RunSetProgress progress, IReadOnlyList<RunNews> failures)
    {
        var table = new Table().Border(TableBorder.Simple);
        table.AddColumns("", "run", "epoch", "accuracy", "", "speed");
        foreach (var run in progress.Running)
        {
            table.AddRow([.. RunSetText.Row(run).Select(Markup.Escape)]);
        }

        var hidden = failures.Count - ShownFailures;
        return new Rows([
            table,
            .. failures.TakeLast(ShownFailures).Select(f => new Text($"{f.Number} {f.Request.Title}: {RunSetText.News(f)}")),
            .. hidden > 0 ? [new Text($"… and {hidden} more that failed")] : Array.Empty<IRenderable>(),
            new Text(RunSetText.Summary(progress)),
        ]);
    }

    /// <summary>Calls at once, on the calling thread: <see cref="Progress{T}"/> would draw late and from another thread.</summary>
    private sealed class Reporter(Action<RunSetProgress> report) : IProgress<RunSetProgress>
    {
        public void Report(RunSetProgress value) => report(value);
    }
}
