using System.Diagnostics;
using Rote.Experiments;
using Rote.Recipes;
using Rote.Storage;
using Rote.Training;
using Spectre.Console;

namespace Rote.Cli.Displays;

/// <summary>The progress of one training run: a line redrawn in place on a terminal; elsewhere a line an epoch, and one every half minute
/// within it.</summary>
internal sealed class TrainDisplay : IProgress<TrainingProgress>
{
    private const string First = "Preparing the data, then what the untrained network makes of it";

    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(30);

    private readonly Screen _screen;
    private readonly Experiment _experiment;
    private readonly Action<string>? _redraw;
    private readonly IDisposable? _meanwhile;
    private readonly long _begun = Stopwatch.GetTimestamp();
    private long _lastLine = Stopwatch.GetTimestamp();
    private int? _firstEpoch;
    private int _shownEpoch = -1;

    private TrainDisplay(Screen screen, Experiment experiment, string first, Action<string>? redraw)
    {
        (_screen, _experiment, _redraw) = (screen, experiment, redraw);
        _meanwhile = redraw is null ? screen.Meanwhile($"{first} …", TimeSpan.FromSeconds(1.5)) : null;
    }

    /// <summary>Shows progress while the work goes on, on this thread.</summary>
    public static FinishedRun Show(Screen screen, Experiment experiment, Func<IProgress<TrainingProgress>?, FinishedRun> work)
    {
        screen.Progress(
            $"{experiment.Network.Title} on {experiment.Data.Name}: {experiment.Recipe.Describe()}; at most "
                + $"{Wording.Count(experiment.Recipe.Epochs, "epoch")}, seed {experiment.Seed}, "
                + $"{Wording.Count(experiment.Threads, "thread")}. Stop at any time; the same command goes on."
        );
        return On(
            screen,
            experiment,
            First,
            display =>
            {
                var run = work(display);
                display?.Print(run.History[^1]);
                return run;
            }
        );
    }

    /// <summary>The same for what follows a run.</summary>
    /// <param name="screen">Where to.</param>
    /// <param name="run">The run.</param>
    /// <param name="title">What is done, a sentence.</param>
    /// <param name="epochs">Epochs at most.</param>
    /// <param name="work">Does it.</param>
    public static T ShowAfter<T>(Screen screen, FinishedRun run, string title, int epochs, Func<IProgress<TrainingProgress>?, T> work)
    {
        screen.Progress(title);
        var experiment = run.Experiment with { Recipe = run.Experiment.Recipe with { Epochs = epochs } };
        return On(screen, experiment, title, work);
    }

    /// <summary>Does work with a display that suits the screen; null where it shall be quiet.</summary>
    private static T On<T>(Screen screen, Experiment experiment, string first, Func<TrainDisplay?, T> work) =>
        screen.Quiet ? work(null)
        : screen.IsLive
            ? screen
                .People.Status()
                .Spinner(Spinner.Known.Dots)
                .Start(first, context => work(new TrainDisplay(screen, experiment, first, text => context.Status(Markup.Escape(text)))))
        : Lines(screen, experiment, first, work);

    private static T Lines<T>(Screen screen, Experiment experiment, string first, Func<TrainDisplay?, T> work)
    {
        var display = new TrainDisplay(screen, experiment, first, null);
        using var meanwhile = display._meanwhile;
        return work(display);
    }

    /// <inheritdoc/>
    public void Report(TrainingProgress value)
    {
        _firstEpoch ??= value.Epoch - 1;
        Print(value.Last);
        var now =
            $"epoch {value.Epoch} of at most {_experiment.Recipe.Epochs}, {value.Fraction:P0} done, {value.ExamplesPerSecond:N0} "
            + $"images/s, {Left(value)}";
        _redraw?.Invoke(now);
        if (_redraw is null && Stopwatch.GetElapsedTime(_lastLine) > BetweenLines)
        {
            _screen.Line(now);
            _lastLine = Stopwatch.GetTimestamp();
        }
    }

    private void Print(EpochMetrics metrics)
    {
        if (metrics.Epoch == _shownEpoch)
        {
            return;
        }

        _meanwhile?.Dispose();
        _shownEpoch = metrics.Epoch;
        _lastLine = Stopwatch.GetTimestamp();
        if (_redraw is null)
        {
            _screen.Line(Line(metrics, _experiment));
        }
        else
        {
            _screen.People.WriteLine(Line(metrics, _experiment)); // above the line that is redrawn
        }
    }

    /// <summary>Whether the largest degree is out of reach: give more epochs.</summary>
    private static bool FallsShort(EpochMetrics m, Experiment experiment) =>
        m.ExpectedMemorization is { } expected && experiment.Control?.Most - expected > DialRecipe.Precision;

    /// <summary>An epoch in one line.</summary>
    /// <param name="m">The epoch.</param>
    /// <param name="experiment">What is trained.</param>
    internal static string Line(EpochMetrics m, Experiment experiment) =>
        string.Join(
            "  ",
            new[]
            {
                $"epoch {m.Epoch, 3}",
                m.RunningLoss is { } loss ? $"loss {loss:F4}" : "untrained",
                m.TrainAccuracy is { } train ? $"train {train:P1}" : "",
                m.Memorization is { } degree ? $"m {degree:F2}" : "",
                m.ReleasedShare is { } released ? $"let through {released:P0}" : "",
                FallsShort(m, experiment)
                    ? $"at this pace m {m.ExpectedMemorization:F2} after {Wording.Count(experiment.Recipe.Epochs, "epoch")}"
                    : "",
                m.MemorizedShare is { } memorized ? $"memorized {memorized:P1}" : "",
                m.HeldOutAccuracy is { } heldOut ? $"held out {heldOut:P1}" : "",
                m.TestAccuracy is { } test ? $"test {test:P1}" : "",
                $"{m.Seconds:F0} s",
            }.Where(part => part.Length > 0)
        );

    /// <summary>The time left if epochs take as long as in this session so far; an earlier stop is not foreseen.</summary>
    private string Left(TrainingProgress value)
    {
        var done = value.Epoch - 1 + value.Fraction - _firstEpoch!.Value;
        var seconds =
            Stopwatch.GetElapsedTime(_begun).TotalSeconds / Math.Max(done, 1e-9) * (_experiment.Recipe.Epochs - _firstEpoch.Value - done);
        return seconds < 90 ? $"at most {seconds:F0} s left" : $"at most {seconds / 60:F0} min left";
    }
}
