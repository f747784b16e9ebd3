using System.Globalization;
using System.Text.Json;
using Rote.Measurement;
using Rote.Memorization;
using Rote.Reports.Charts;
using Rote.Storage;

namespace Rote.Reports.Runs;

/// <summary>The part of a run's page that shows every degree of memorization: a slider, a chart and a table.</summary>
internal static class AdjustableSection
{
    /// <summary>The page's script, which the slider needs.</summary>
    public static string Script => HtmlPage.Resource("degrees.js");

    /// <summary>CSS rules of the slider.</summary>
    public static string Style => HtmlPage.Resource("degrees.css");

    /// <summary>Adds it.</summary>
    /// <param name="page">The page.</param>
    /// <param name="run">The run.</param>
    /// <param name="degrees">Its degrees.</param>
    public static void Add(HtmlPage page, StoredRun run, DegreeTable degrees)
    {
        page.Heading("degrees", "Every degree");
        if (degrees.Degrees.Count == 0)
        {
            page.Paragraph(Html.Text("The two networks reach no degree: the second one has fitted too few of the planted labels."));
            return;
        }

        page.Paragraph(
            Html.Text(
                $"The run has two networks, one that memorizes little and one that memorizes all, which answers where it is sure enough. "
                    + $"{AdjustableFiles.Weights} has both, and {AdjustableTable.Ranges(degrees)} can be set without another training."
            )
        );
        page.Add(Slider(run, degrees));
        page.Figure(
            "every-degree",
            Chart(degrees),
            Html.Text("Accuracy of both networks together. The band is one binomial standard error each side.")
        );
        page.Table(AdjustableTable.Create(degrees));
    }

    private static Html Slider(StoredRun run, DegreeTable degrees)
    {
        var rows = degrees.Degrees.Select(row =>
            new object[]
            {
                Text(row.Degree, "0.##"),
                Text(row.Opening, "0.000"),
                $"{Text(row.Canaries.Low, "0.00")} to {Text(row.Canaries.High, "0.00")}",
                Math.Round(Percent(row.HeldOutCorrect, degrees.HeldOutCount), 1),
                Math.Round(Percent(row.TestCorrect, degrees.TestCount), 1),
            }
        );
        var start = degrees.Degrees.Index().MinBy(pair => Math.Abs(pair.Item.Degree - 0.1)).Index;
        return Html.Of(
            $"""
            <div id="degree-slider" class="degrees" data-rows="{JsonSerializer.Serialize(
                rows
            )}" data-command="rote evaluate {run.Name} --memorize " hidden>
            <label for="degree">Degree of memorization <output id="degree-m"></output></label>
            <input id="degree" type="range" min="0" max="{degrees.Degrees.Count - 1}" value="{start}">
            <dl>
            <div><dt>Opening</dt><dd id="degree-opening"></dd></div>
            <div><dt>95 % interval</dt><dd id="degree-interval"></dd></div>
            <div><dt>Held out</dt><dd><meter id="degree-held-out-bar" max="100"></meter> <span id="degree-held-out"></span></dd></div>
            <div><dt>Test</dt><dd><meter id="degree-test-bar" max="100"></meter> <span id="degree-test"></span></dd></div>
            </dl>
            <pre><code id="degree-command"></code></pre>
            </div>

            """
        );

        static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
    }

    private static LineChart Chart(DegreeTable degrees)
    {
        var best = degrees.Degrees.MaxBy(row => row.TestCorrect)!;
        return new LineChart
        {
            Title = "Accuracy against memorization",
            Description =
                $"The largest share of the test examples is right at m = {Numbers.Degree(best.Degree)}, "
                + $"{Percent(best.TestCorrect, degrees.TestCount):F1} %.",
            X = new ChartAxis("Memorization m") { Minimum = 0, Maximum = 1 },
            Y = new ChartAxis("Accuracy, %"),
            Lines =
            [
                new ChartLine(
                    "held out",
                    0,
                    [.. degrees.Degrees.Select(row => Point(row.Degree, row.HeldOutCorrect, degrees.HeldOutCount))]
                ),
                new ChartLine("test", 1, [.. degrees.Degrees.Select(row => Point(row.Degree, row.TestCorrect, degrees.TestCount))]),
            ],
        };

        static ChartPoint Point(double degree, int right, int count) =>
            new(degree, Percent(right, count), 100 * Estimate.Share(right, count).StandardError);
    }

    private static double Percent(int right, int count) => 100.0 * right / count;
}
