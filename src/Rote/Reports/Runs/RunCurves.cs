using Rote.Reports.Charts;
using Rote.Storage;
using Rote.Training;

namespace Rote.Reports.Runs;

/// <summary>A run's history, as a chart draws it.</summary>
/// <param name="Name">The name beside its line; empty where the name of another line covers it.</param>
/// <param name="Style">The number of its colour, dash and marker.</param>
/// <param name="History">The run's epochs.</param>
internal sealed record RunCurve(string Name, int Style, IReadOnlyList<EpochMetrics> History);

/// <summary>Charts over epochs. Accuracies are drawn in percent.</summary>
internal static class RunCurves
{
    private const int LongestName = 40;

    /// <summary>Training and test accuracy of one run.</summary>
    /// <param name="title">The chart's title.</param>
    /// <param name="history">The run's epochs.</param>
    /// <param name="trainCount">The number of training examples, for the errors; null where it is not known.</param>
    /// <param name="testCount">The number of test examples, for the errors; null where it is not known.</param>
    public static LineChart Accuracies(string title, IReadOnlyList<EpochMetrics> history, int? trainCount, int? testCount) =>
        Accuracy(
            title,
            "Accuracy, %",
            [
                Line(new RunCurve("training", 4, history), epoch => epoch.TrainAccuracy * 100, share => Error(share, trainCount)),
                Line(new RunCurve("test", 0, history), epoch => epoch.TestAccuracy * 100, share => Error(share, testCount)),
            ]
        );

    /// <summary>How much of each part of a partly corrupted training set one run fits.</summary>
    /// <param name="title">The chart's title.</param>
    /// <param name="history">The run's epochs.</param>
    /// <param name="summary">The source of the numbers of examples, for the errors; null where they are not known.</param>
    public static LineChart Parts(string title, IReadOnlyList<EpochMetrics> history, RunSummary? summary) =>
        Accuracy(
            title,
            "Share of the examples, %",
            [
                Line(
                    new RunCurve("unchanged label", 4, history),
                    epoch => epoch.CleanAccuracy * 100,
                    share => Error(share, summary?.CleanCount ?? (summary?.TrainCount - summary?.ChangedCount))
                ),
                Line(
                    new RunCurve("changed: the wrong label", 1, history),
                    epoch => epoch.MemorizedShare * 100,
                    share => Error(share, summary?.ChangedCount)
                ),
                Line(
                    new RunCurve("changed: the true label", 2, history),
                    epoch => epoch.RecoveredShare * 100,
                    share => Error(share, summary?.ChangedCount)
                ),
            ]
        );

    /// <summary>Training accuracy of several runs.</summary>
    public static LineChart Training(string title, IEnumerable<RunCurve> curves) =>
        Accuracy(title, "Training accuracy, %", [.. curves.Select(curve => Line(curve, epoch => epoch.TrainAccuracy * 100))]);

    /// <summary>Test accuracy of several runs.</summary>
    public static LineChart Test(string title, IEnumerable<RunCurve> curves) =>
        Accuracy(title, "Test accuracy, %", [.. curves.Select(curve => Line(curve, epoch => epoch.TestAccuracy * 100))]);

    /// <summary>Running loss of one or several runs.</summary>
    public static LineChart Loss(string title, IEnumerable<RunCurve> curves)
    {
        ChartLine[] lines = [.. curves.Select(curve => Line(curve, epoch => epoch.RunningLoss))];
        return new LineChart
        {
            Title = title,
            Description = Describe(lines, ""),
            X = Epochs,
            Y = new ChartAxis("Training loss, nats") { Minimum = 0 },
            Lines = lines,
        };
    }

    private static ChartAxis Epochs => new("Epoch") { Minimum = 0 };

    private static LineChart Accuracy(string title, string axis, ChartLine[] lines) =>
        new()
        {
            Title = title,
            Description = Describe(lines, " %"),
            X = Epochs,
            Y = new ChartAxis(axis) { Minimum = 0, Maximum = 100 },
            Lines = lines,
        };

    private static ChartLine Line(RunCurve curve, Func<EpochMetrics, double?> value, Func<double, double>? error = null)
    {
        var points = curve
            .History.Select(epoch => (epoch.Epoch, Value: value(epoch)))
            .Where(point => point.Value is { } known && double.IsFinite(known));
        var name = PlainText.Clean(curve.Name);
        return new ChartLine(
            Shortened.Beginning(name, LongestName),
            curve.Style,
            [.. points.Select(point => new ChartPoint(point.Epoch, point.Value!.Value, error?.Invoke(point.Value.Value) ?? double.NaN))]
        );
    }

    private static double Error(double percent, int? count) =>
        count is { } n and > 0 && percent is >= 0 and <= 100 ? Math.Sqrt(percent * (100 - percent) / n) : double.NaN;

    private static string Describe(IEnumerable<ChartLine> lines, string unit) =>
        string.Join(
            " ",
            lines
                .Where(line => line.Name.Length > 0)
                .Select(line =>
                    line.Points.Count == 0
                        ? $"{line.Name}: not measured."
                        : $"{line.Name}: {line.Points[0].Y:0.##}{unit} at epoch {line.Points[0].X}, {line.Points[^1].Y:0.##}{unit} at "
                            + $"epoch {line.Points[^1].X}."
                )
        );
}
