using System.Diagnostics;
using Rote.Audits;
using Rote.Data;
using Spectre.Console;

namespace Rote.Cli.Displays;

/// <summary>The progress of an audit: a line redrawn in place on a terminal; elsewhere a line a member, and one every half minute within
/// it.</summary>
internal sealed class AuditDisplay : IProgress<AuditProgress>
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(30);

    private readonly Screen _screen;
    private readonly AuditBudget _budget;
    private readonly Action<string>? _redraw;
    private readonly Lock _alone = new(); // networks are trained at the same time, and each reports from its own thread
    private long _lastLine = Stopwatch.GetTimestamp();
    private int _finished;

    internal AuditDisplay(Screen screen, AuditBudget budget, Action<string>? redraw) =>
        (_screen, _budget, _redraw) = (screen, budget, redraw);

    /// <summary>Shows progress while the work goes on, on this thread.</summary>
    public static T Show<T>(Screen screen, AuditPlan plan, AuditBudget budget, Dataset examples, Func<IProgress<AuditProgress>?, T> work)
    {
        screen.Progress(
            $"{plan.Network.Title} on {plan.Data.Name}, {examples.Count:N0} examples of {examples.Classes} classes: "
                + $"{Networks(budget)}, each trained on {1 - plan.LeftOut:P0} of the examples; "
                + $"{plan.Recipe.Describe()}, {Wording.Count(plan.Recipe.Epochs, "epoch")}, seed {plan.Seed}, {plan.Threads} "
                + $"{(plan.Threads == 1 ? "thread" : "threads")} a network. Stop at any time; the same command goes on."
        );
        if (screen.Quiet)
        {
            return work(null);
        }

        return screen.IsLive
            ? screen
                .People.Status()
                .Spinner(Spinner.Known.Dots)
                .Start("Preparing the data", context => work(new AuditDisplay(screen, budget, text => context.Status(Markup.Escape(text)))))
            : work(new AuditDisplay(screen, budget, null));
    }

    /// <inheritdoc/>
    public void Report(AuditProgress value)
    {
        lock (_alone)
        {
            Show(value);
        }
    }

    private void Show(AuditProgress value)
    {
        var line = Line(value);
        _redraw?.Invoke(line);
        var isNew = value.Finished != _finished;
        if (_redraw is null && (isNew || Stopwatch.GetElapsedTime(_lastLine) > BetweenLines))
        {
            _screen.Line(line);
            _lastLine = Stopwatch.GetTimestamp();
        }

        _finished = value.Finished;
    }

    /// <summary>The line.</summary>
    internal string Line(AuditProgress value) =>
        value.ExamplesPerSecond == 0
            ? $"{value.Part}{(value.Fraction > 0 ? $", {value.Fraction:P0} done" : "")}; "
                + $"{value.Finished} {(value.Finished == 1 ? "network" : "networks")} finished, {Time(value.Used)} used"
            : $"{(value.Training == 1 ? "network" : "networks")} {Numbers(value)}: {value.Fraction:P0} done, "
                + $"{value.ExamplesPerSecond:N0} examples/s; {value.Finished} finished, "
                + $"{Time(value.Used)}{(IsUnlimited(_budget) ? "" : $" of {Time(_budget.Time)}")} used";

    private static string Networks(AuditBudget budget) =>
        IsUnlimited(budget)
            ? Wording.Count(budget.Members, "network")
            : $"as many networks as fit into {Time(budget.Time)}, at most {budget.Members}";

    private static bool IsUnlimited(AuditBudget budget) => budget.Time == AuditBudget.Unlimited;

    private static string Numbers(AuditProgress value) =>
        (value.Numbers ?? [.. Enumerable.Range(value.Finished + 1, value.Training)]) switch
        {
            [var one] => $"{one}",
            [var one, var two] => $"{one} and {two}",
            [var first, .., var last] numbers when last - first == numbers.Count - 1 => $"{first} to {last}",
            var numbers => string.Join(", ", numbers),
        };

    private static string Time(TimeSpan time) =>
        time.TotalSeconds < 90 ? $"{time.TotalSeconds:0.#} s" : $"{(int)time.TotalMinutes} min {time.Seconds:00} s";
}
