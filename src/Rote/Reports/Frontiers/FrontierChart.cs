using Rote.Reports.Charts;
using Rote.Studies.Frontiers;

namespace Rote.Reports.Frontiers;

/// <summary>Test accuracy against memorization: one line a tool, with the dial drawn last and with errors.</summary>
internal static class FrontierChart
{
    private static readonly int Shown = Palette.Series.Count - 1; // the dial has one colour; more lines than colours are unreadable

    /// <summary>Creates the chart.</summary>
    public static LineChart Create(Frontier frontier)
    {
        var blunt = frontier
            .Plan.Tools.Where(tool => tool.Kind != FrontierKind.Dial)
            .OrderByDescending(tool => frontier.Degrees.Sum(degree => frontier.At(tool, degree)?.Value ?? 0))
            .Take(Shown)
            .ToArray();
        ChartLine[] lines =
        [
            .. blunt.Select((tool, i) => Line(frontier, tool, i + 1)),
            .. frontier.Plan.Tools.Where(tool => tool.Kind == FrontierKind.Dial).Select(tool => Line(frontier, tool, 0)),
        ];
        return new LineChart
        {
            Title = "Test accuracy against memorization",
            Description = FrontierWords.Compare(frontier),
            X = new ChartAxis("Memorization m, on planted wrong labels") { Minimum = 0, Maximum = 1 },
            Y = new ChartAxis("Test accuracy, %"),
            Lines = lines,
        };
    }

    private static ChartLine Line(Frontier frontier, FrontierTool tool, int style) =>
        new(
            tool.Title,
            style,
            [
                .. frontier
                    .Degrees.Select(degree => (degree, at: frontier.At(tool, degree)))
                    .Where(p => p.at is not null)
                    .Select(p => new ChartPoint(p.degree, 100 * p.at!.Value.Value, 100 * p.at.Value.StandardError)),
            ],
            ErrorMarks.Bars
        );
}
