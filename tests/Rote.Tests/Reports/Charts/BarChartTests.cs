using System.Globalization;
using System.Xml.Linq;
using Rote.Measurement;
using Rote.Reports.Charts;
using Rote.Tests.Support;

namespace Rote.Tests.Reports.Charts;

public sealed class BarChartTests
{
    [Fact]
    public void Drawing_of_groups_with_errors_values_and_a_level() =>
        Snapshot.Verify(Sample().ToSvg(ChartSize.Wide, "test"), "bar-chart", "svg");

    [Fact]
    public void Drawing_for_a_narrow_page_has_the_names_above_the_bars() =>
        Snapshot.Verify(Sample().ToSvg(ChartSize.Narrow, "test"), "bar-chart-narrow", "svg");

    // The first tick is 0 and the last 100, so a bar of 51.2 is 0.512 of what lies between them.
    [Fact]
    public void A_bar_is_as_long_as_its_value()
    {
        var svg = XDocument.Parse(Sample().ToSvg(ChartSize.Wide, "test"));
        var ticks = svg.Descendants("{http://www.w3.org/2000/svg}text")
            .Where(text => text.Value is "0" or "100")
            .Select(text =>
                double.Parse(text.Attribute("transform")!.Value["translate(".Length..].Split(',')[0], CultureInfo.InvariantCulture)
            )
            .ToArray();
        var widths = svg.Descendants("{http://www.w3.org/2000/svg}rect")
            .Select(bar => double.Parse(bar.Attribute("width")!.Value, CultureInfo.InvariantCulture))
            .ToArray();
        Assert.Equal(4, widths.Length);
        Assert.Equal(0.512 * (ticks[1] - ticks[0]), widths[1], 0.11);
    }

    [Fact]
    public void A_value_that_is_none_has_its_label_and_no_bar()
    {
        var chart = Sample() with
        {
            Groups = [new BarGroup("A", [new Estimate(50, double.NaN, 1), new Estimate(double.NaN, double.NaN, 0)])],
        };
        var svg = chart.ToSvg(ChartSize.Wide, "test");
        Assert.Equal(1, svg.Split("<rect").Length - 1);
        Assert.DoesNotContain("NaN", svg, StringComparison.Ordinal);
        Assert.Contains("not measured test", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void A_chart_without_groups_is_drawn() =>
        Assert.Contains("<svg", (Sample() with { Groups = [] }).ToSvg(ChartSize.Wide, "test"), StringComparison.Ordinal);

    [Fact]
    public void A_group_with_a_value_too_few_is_refused() =>
        Assert.Throws<ArgumentException>(() =>
            (Sample() with { Groups = [new BarGroup("A", [new Estimate(1, 0, 1)])] }).ToSvg(ChartSize.Wide, "test")
        );

    private static BarChart Sample() =>
        new()
        {
            Title = "Bars",
            Description = "What they show.",
            Axis = new ChartAxis("Accuracy, %") { Minimum = 0, Maximum = 100 },
            Kinds = [new BarKind("training", 0, IsPale: true), new BarKind("test", 0, IsPale: false)],
            Groups =
            [
                new BarGroup("First", [new Estimate(100, 0, 10), new Estimate(51.2, 3, 10)]),
                new BarGroup("Second & third", [new Estimate(90, 2, 10), new Estimate(10, 1, 10)]),
            ],
            Label = value => $"{value.Value:0.0} %",
            Reference = new ReferenceLevel(10, "chance", "10 %"),
        };
}
