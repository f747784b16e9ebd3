using Rote.Memorization;
using Rote.Reports.Charts;
using Rote.Storage;

namespace Rote.Reports.Runs;

/// <summary>What the canaries of a run show, for its page: the certificate, and memorization epoch by epoch.</summary>
internal static class RunMemorization
{
    /// <summary>Returns the certificate as names and values.</summary>
    /// <param name="run">A run in any state.</param>
    /// <returns>Empty for a run without canaries, and for an unfinished one.</returns>
    public static IReadOnlyList<(string Name, string Value)> Facts(StoredRun run)
    {
        if (run.Summary is not { Canaries: { } canaries } summary)
        {
            return [];
        }

        var certificate = summary.Certificate()!;
        return
        [
            .. certificate.Asked is { } asked
                ? new[] { ("Asked for", $"{Numbers.Degree(asked)}: {(certificate.IsReached == true ? "reached" : "not reached")}") }
                : [],
            ("Held-out canaries", $"{Degree(certificate.HeldOut)}; they did not steer"),
            (
                "Steering canaries",
                $"{Degree(certificate.Steering)}; they {(certificate.Asked is null ? "were watched" : "steered training")}"
            ),
            ("By chance", $"{Numbers.Level(certificate.Chance)} of the canaries would be fitted without memorization"),
            (
                "Held out",
                $"{Numbers.PercentWithError(certificate.HeldOutAccuracy)} (± binomial) of "
                    + $"{Numbers.Count(canaries.HeldOutCount, "example")} get the label they were given"
            ),
            .. run.Files().Any(file => file.Name == ControlFiles.Distrusted)
                ? new[]
                {
                    ("Not trusted", $"{ControlFiles.Distrusted} lists the labels, the least trusted first, and what the network would say"),
                }
                : [],
        ];
    }

    /// <summary>Draws memorization after every epoch, and the degree asked for.</summary>
    /// <param name="title">The chart's title.</param>
    /// <param name="run">A run in any state.</param>
    /// <returns>Null where no epoch measured it.</returns>
    public static LineChart? Chart(string title, StoredRun run)
    {
        ChartPoint[] read =
        [
            .. run
                .History.Where(epoch => epoch.Memorization is not null)
                .Select(epoch => new ChartPoint(epoch.Epoch, epoch.Memorization!.Value, double.NaN)),
        ];
        if (read.Length == 0)
        {
            return null;
        }

        var asked = run.Experiment?.Control?.Asked;
        ChartLine[] lines =
        [
            new("steering canaries", 1, read),
            .. asked is { } target
                ? new[]
                {
                    new ChartLine("asked for", 7, [new ChartPoint(0, target, double.NaN), new ChartPoint(read[^1].X, target, double.NaN)]),
                }
                : [],
        ];
        return new LineChart
        {
            Title = title,
            Description =
                $"Memorization is {read[0].Y:0.00} at epoch {read[0].X} and {read[^1].Y:0.00} at epoch "
                + $"{read[^1].X}{(asked is { } sought ? $"; {Numbers.Degree(sought)} was asked for" : "")}.",
            X = new ChartAxis("Epoch") { Minimum = 0 },
            Y = new ChartAxis("Memorization m, steering canaries") { Minimum = 0, Maximum = 1 },
            Lines = lines,
        };
    }

    private static string Degree(CertifiedDegree degree) =>
        $"{degree.Memorization:F2} ({degree.Low:F2} to {degree.High:F2}, 95 %): {Numbers.Count(degree.Hits)} of "
        + $"{Numbers.Count(degree.Canaries)} canaries fitted";
}
