using System.Globalization;
using System.Xml.Linq;
using Rote.Reports.Charts;
using Rote.Tests.Support;

namespace Rote.Tests.Reports.Charts;

public sealed class LineChartTests
{
    public static TheoryData<string> Sizes => [ChartSize.Wide.Name, ChartSize.Narrow.Name];

    [Fact]
    public void Drawing_of_lines_with_errors_and_levels() => Snapshot.Verify(Sample().ToSvg(ChartSize.Wide, "test"), "line-chart", "svg");

    [Fact]
    public void Drawing_for_a_narrow_page_on_a_logarithmic_axis() =>
        Snapshot.Verify(
            (Sample() with { X = new ChartAxis("Epoch") { IsLogarithmic = true } }).ToSvg(ChartSize.Narrow, "test"),
            "line-chart-narrow",
            "svg"
        );

    [Fact]
    public void The_same_chart_gives_the_same_drawing() =>
        Assert.Equal(Sample().ToSvg(ChartSize.Wide, "a"), Sample().ToSvg(ChartSize.Wide, "a"));

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Empty_single_gapped_and_constant_lines_are_drawn_without_a_number_that_is_none(string size)
    {
        ChartLine[] lines =
        [
            new("empty", 0, []),
            new("one", 1, [new(3, 5)]),
            new(
                "gaps",
                2,
                [new(0, double.NaN), new(1, 2, double.NaN), new(double.NaN, 1), new(2, double.PositiveInfinity), new(3, 4, 0.5)]
            ),
            new("flat", 3, [new(1, 2), new(2, 2)]),
        ];
        foreach (var some in new[] { [], lines[..1], lines[..2], lines[1..2], lines[3..], lines })
        {
            foreach (var isLogarithmic in new[] { true, false })
            {
                var chart = Sample() with
                {
                    Lines = some,
                    References = [],
                    X = new ChartAxis("x") { IsLogarithmic = isLogarithmic },
                    Y = new ChartAxis("y"),
                };
                var svg = chart.ToSvg(size == ChartSize.Wide.Name ? ChartSize.Wide : ChartSize.Narrow, "test");
                Assert.DoesNotContain("NaN", svg, StringComparison.Ordinal);
                Assert.DoesNotContain("∞", svg, StringComparison.Ordinal);
                Assert.DoesNotContain("Infinity", svg, StringComparison.Ordinal);
                Assert.All(some.Where(line => line.Points.Count > 0), line => Assert.Contains(Texts(svg), text => text.Value == line.Name));
            }
        }
    }

    [Fact]
    public void A_line_without_a_name_is_drawn_and_not_written_over()
    {
        var named = new ChartLine("a", 0, [new(0, 50), new(1, 50)]);

        // The second line ends where the first one's name stood: to the right of its end.
        var chart = Sample() with
        {
            Lines = [named],
            References = [],
        };
        var both = chart with { Lines = [named, new ChartLine("", 0, [new(1, 50), new(2, 50)])] };
        var texts = Texts(both.ToSvg(ChartSize.Wide, "test")).ToArray();
        Assert.Single(texts, text => text.Value == "a");
        Assert.DoesNotContain(texts, text => text.Value.Length == 0);
        var alone = Texts((both with { Lines = [named, new ChartLine("", 0, [new(2, 10)])] }).ToSvg(ChartSize.Wide, "test"))
            .Single(text => text.Value == "a");
        Assert.NotEqual(alone.ToString(), texts.Single(text => text.Value == "a").ToString());
    }

    // Of 0 to 100 over the plot's height, a standard error of 4 takes 4 % of it on each side of the point.
    [Fact]
    public void An_error_bar_is_one_standard_error_to_each_side()
    {
        var chart = Sample() with { Lines = [new ChartLine("a", 0, [new(1, 50, 4), new(2, 50, 4)], ErrorMarks.Bars)], References = [] };
        var svg = XDocument.Parse(chart.ToSvg(ChartSize.Wide, "test"));
        var ticks = svg.Descendants("{http://www.w3.org/2000/svg}text")
            .Where(text => text.Value is "0" or "100")
            .Select(text => Position(text).Y)
            .ToArray();
        var bar = Polylines(svg, "stroke-width:1.5").First(points => points[0].X == points[1].X);
        var height = Math.Abs(ticks[0] - ticks[1]);
        Assert.Equal(0.08 * height, Math.Abs(bar[0].Y - bar[1].Y), 0.11);
        Assert.Equal((ticks[0] + ticks[1]) / 2, (bar[0].Y + bar[1].Y) / 2, 0.11);
    }

    [Fact]
    public void A_logarithmic_axis_leaves_out_zero_and_is_labelled_at_1_2_5()
    {
        var chart = Sample() with
        {
            X = new ChartAxis("x") { IsLogarithmic = true },
            Lines = [new("a", 0, [new(0, 1), new(1, 1), new(50, 2)])],
            References = [],
        };
        var numbers = Texts(chart.ToSvg(ChartSize.Wide, "test"))
            .Where(text => text.Attribute("text-anchor")?.Value == "middle")
            .Select(text => text.Value);
        Assert.Equal(["1", "2", "5", "10", "20", "50"], numbers);
    }

    [Fact]
    public void Hostile_names_are_text()
    {
        var chart = Sample() with { Title = "</title><script>", Lines = [new("<b>&\u0001\"", 0, [new(1, 1), new(2, 2)])] };
        var svg = chart.ToSvg(ChartSize.Wide, "test");
        Assert.Contains(Texts(svg), text => text.Value == "<b>&\uFFFD\"");
        Assert.DoesNotContain("<script", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void Colours_are_variables_and_the_page_decides_the_size()
    {
        var svg = Sample().ToSvg(ChartSize.Wide, "test");
        Assert.DoesNotContain("rgb(", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("black", svg, StringComparison.Ordinal);
        Assert.Contains("stroke:var(--series-1,#D55E00)", svg, StringComparison.Ordinal);
        var root = XDocument.Parse(svg).Root!;
        Assert.Null(root.Attribute("width"));
        Assert.Equal("img", root.Attribute("role")!.Value);
        Assert.Equal("test-title test-description", root.Attribute("aria-labelledby")!.Value);
    }

    // 100 points up to the target and a name at each end: the picture of the quickstart, in its crowded form.
    [Theory]
    [MemberData(nameof(Sizes))]
    public void Names_of_lines_that_end_together_do_not_cover_each_other(string size)
    {
        var ends = new[] { 25, 55, 24, 8, 5 };
        var lines = ends.Select(
                (end, i) =>
                    new ChartLine($"Variant {i} of five", i, [.. Enumerable.Range(1, end).Select(x => new ChartPoint(x, 99.5 * x / end))])
            )
            .ToArray();
        var chart = Sample() with
        {
            X = new ChartAxis("Epoch") { IsLogarithmic = true, Minimum = 1 },
            Lines = lines,
        };
        var font = size == ChartSize.Wide.Name ? ChartSize.Wide : ChartSize.Narrow;
        var names = Texts(chart.ToSvg(font, "test"))
            .Where(text => text.Value.StartsWith("Variant", StringComparison.Ordinal))
            .Select(Position)
            .ToArray();
        var width = new ChartText(font.FontSize).Measure("Variant 0 of five").Width;
        Assert.Equal(5, names.Length);
        for (var i = 0; i < names.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                Assert.True(
                    Math.Abs(names[i].X - names[j].X) >= width || Math.Abs(names[i].Y - names[j].Y) >= font.FontSize,
                    $"Names {j} and {i} overlap."
                );
            }
        }
    }

    [Fact]
    public void Numbers_and_positions_are_each_others_inverse() =>
        Gen.Select(Gen.Double[0.001, 10], Gen.Double[0.01, 100], Gen.Bool, Gen.Double[0, 1])
            .Sample(
                (low, range, isLogarithmic, share) =>
                {
                    var scale = new Scale(low, low + range, isLogarithmic, 400, 20);
                    var value = low + (share * range);
                    return Math.Abs(scale.ToData(scale.ToScreen(value)) - value) < 1e-9 * (low + range);
                }
            );

    private static (double X, double Y) Position(XElement text) => Point(text.Attribute("transform")!.Value["translate(".Length..^1]);

    private static IEnumerable<(double X, double Y)[]> Polylines(XDocument svg, string style) =>
        svg.Descendants("{http://www.w3.org/2000/svg}polyline")
            .Where(line => line.Attribute("style")!.Value.Contains(style, StringComparison.Ordinal))
            .Select(line => line.Attribute("points")!.Value.Split(' ').Select(Point).ToArray());

    private static (double X, double Y) Point(string pair)
    {
        var numbers = pair.Split(',');
        return (double.Parse(numbers[0], CultureInfo.InvariantCulture), double.Parse(numbers[1], CultureInfo.InvariantCulture));
    }

    private static IEnumerable<XElement> Texts(string svg) => XDocument.Parse(svg).Descendants("{http://www.w3.org/2000/svg}text");

    private static LineChart Sample() =>
        new()
        {
            Title = "A chart",
            Description = "What it shows.",
            X = new ChartAxis("Epoch"),
            Y = new ChartAxis("Accuracy, %") { Minimum = 0, Maximum = 100 },
            Lines =
            [
                new ChartLine("Band", 0, [new(1, 10, 5), new(2, 40, 6), new(3, 70, 3)]),
                new ChartLine("Bars", 1, [new(1, 90, 4), new(2, 60, 2), new(3, 30, 3)], ErrorMarks.Bars),
            ],
            References = [new ReferenceLevel(10, "chance", "10 %")],
        };
}
