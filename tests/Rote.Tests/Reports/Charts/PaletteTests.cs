using Rote.Reports.Charts;

namespace Rote.Tests.Reports.Charts;

/// <summary>The palette's promises, computed: contrast after WCAG 2.2, colour blindness after Machado, Oliveira and Fernandes
/// 2009.</summary>
public sealed class PaletteTests
{
    // Machado et al. 2009, table of severity 1.0: protanopia, deuteranopia, tritanopia, on linear RGB. The first is normal sight.
    private static readonly double[][] Sights =
    [
        [1, 0, 0, 0, 1, 0, 0, 0, 1],
        [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
        [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881],
        [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900],
    ];

    public static TheoryData<bool> Modes => [false, true];

    // WCAG 2.2, example of its definition: black on white is 21:1.
    [Fact]
    public void Contrast_of_black_on_white_is_21() => Assert.Equal(21, Contrast("#000000", "#FFFFFF"), 9);

    [Fact]
    public void No_two_of_25_series_have_the_same_colour_and_dash()
    {
        var styles = Enumerable.Range(0, 25).Select(style => (SeriesStyle.Color(style), string.Join(' ', SeriesStyle.Dash(style) ?? [])));
        Assert.Equal(25, styles.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void Lines_and_bars_reach_a_contrast_of_3(bool dark) =>
        Assert.All(Palette.Series, color => Assert.InRange(Contrast(Hex(color, dark), Hex(Palette.Paper, dark)), 3, 21));

    [Theory]
    [MemberData(nameof(Modes))]
    public void Text_reaches_a_contrast_of_4_and_a_half(bool dark) =>
        Assert.All(
            [.. Palette.SeriesText, Palette.Ink, Palette.Muted],
            color => Assert.InRange(Contrast(Hex(color, dark), Hex(Palette.Paper, dark)), 4.5, 21)
        );

    // In OKLab (Ottosson 2020) a just noticeable difference is about 0.02: three times that is kept for every sight.
    [Theory]
    [MemberData(nameof(Modes))]
    public void Any_two_series_stay_apart_for_every_sight(bool dark)
    {
        foreach (var sight in Sights)
        {
            var seen = Palette.Series.Select(color => OkLab(Through(sight, Linear(Hex(color, dark))))).ToArray();
            for (var i = 0; i < seen.Length; i++)
            {
                for (var j = 0; j < i; j++)
                {
                    var distance = Math.Sqrt(seen[i].Zip(seen[j], (a, b) => (a - b) * (a - b)).Sum());
                    Assert.True(distance > 0.06, $"Series {j} and {i} are only {distance:0.000} apart.");
                }
            }
        }
    }

    private static string Hex(ChartColor color, bool dark) => dark ? color.Dark : color.Light;

    private static double Contrast(string a, string b)
    {
        var (light, dark) = (Luminance(a), Luminance(b));
        return (Math.Max(light, dark) + 0.05) / (Math.Min(light, dark) + 0.05);
    }

    private static double Luminance(string hex) => Linear(hex).Zip([0.2126, 0.7152, 0.0722], (value, weight) => value * weight).Sum();

    private static double[] Linear(string hex) =>
        [
            .. new[] { 1, 3, 5 }
                .Select(at => Convert.ToInt32(hex.Substring(at, 2), 16) / 255.0)
                .Select(value => value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4)),
        ];

    private static double[] Through(double[] sight, double[] color) => [.. Product(sight, color).Select(value => Math.Clamp(value, 0, 1))];

    private static double[] OkLab(double[] color)
    {
        var cones = Product(
            [0.4122214708, 0.5363325363, 0.0514459929, 0.2119034982, 0.6806995451, 0.1073969566, 0.0883024619, 0.2817188376, 0.6299787005],
            color
        );
        return Product(
            [
                0.2104542553,
                0.7936177850,
                -0.0040720468,
                1.9779984951,
                -2.4285922050,
                0.4505937099,
                0.0259040371,
                0.7827717662,
                -0.8086757660,
            ],
            [.. cones.Select(Math.Cbrt)]
        );
    }

    private static double[] Product(double[] matrix, double[] vector) =>
        [.. matrix.Chunk(3).Select(row => row.Zip(vector, (a, b) => a * b).Sum())];
}
