using Rote.Measurement;
using Rote.Reports;

namespace Rote.Tests.Reports;

public sealed class NumbersTests
{
    [Theory]
    [InlineData(0.534, 0.005, "53.4 %", "± 0.5")]
    [InlineData(0.99552, 0.0003, "99.55 %", "± 0.03")]
    [InlineData(0.5, 0.00001, "50.00 %", "< 0.01")]
    [InlineData(0.5, double.NaN, "50.0 %", "± n/a")]
    [InlineData(0.99998, 0.00002, "99.998 %", "< 0.01")] // 49,999 of 50,000
    [InlineData(0.00002, 0.00002, "0.002 %", "< 0.01")]
    [InlineData(0.99996, 0.0001, "99.996 %", "± 0.01")]
    [InlineData(0, 0, "0.0 %", "")]
    [InlineData(1, 0, "100 %", "")]
    [InlineData(double.NaN, double.NaN, "not measured", "")]
    public void A_share_has_as_many_decimals_as_its_error_needs(double share, double error, string text, string errorText)
    {
        var cell = Numbers.PercentCell(new Estimate(share, error, 100));
        Assert.Equal((text, errorText), (Plain(cell.Text), Plain(cell.Error)));
    }

    // docs of Estimate and of every report: "100 %" means at least 99.95 %, and all of them where the error is that small.
    [Fact]
    public void A_share_below_9995_per_mille_is_never_written_as_100_percent() =>
        Gen.Select(Gen.Double[0, 1], Gen.Double[0, 0.01])
            .Sample(
                (share, error) =>
                    Numbers.Percent(new Estimate(share, error, 100)).StartsWith("100", StringComparison.Ordinal)
                    == share >= (error is > 0 and < 0.0005 ? 0.9999995 : 0.9995)
            );

    [Theory]
    [InlineData(0.99949, "99.9 %")]
    [InlineData(0.9995, "100 %")]
    public void The_boundary_of_100_percent_is_exact(double share, string text) =>
        Assert.Equal(text, Plain(Numbers.Percent(new Estimate(share, 0.001, 100))));

    [Theory]
    [InlineData(0, "0.0 %")]
    [InlineData(0.00015, "< 0.1 %")]
    [InlineData(0.0004999, "< 0.1 %")]
    [InlineData(0.00051, "0.1 %")]
    [InlineData(0.534, "53.4 %")]
    [InlineData(0.99949, "99.9 %")]
    [InlineData(0.99985, "> 99.9 %")]
    [InlineData(1, "100.0 %")]
    public void A_few_of_many_are_not_none_and_all_but_a_few_not_all(double share, string text) =>
        Assert.Equal(text, Plain(Numbers.Share(share)));

    [Fact]
    public void A_share_just_below_its_target_is_not_written_as_the_target() =>
        Assert.Equal("99.48 %", Plain(Numbers.Percent(new Estimate(0.9948, 0.0007, 10_000), target: 0.995)));

    [Fact]
    public void A_chosen_level_has_no_needless_zeros() =>
        Assert.Equal(
            ["10 %", "99.5 %", "33.33 %"],
            [Plain(Numbers.Level(0.1)), Plain(Numbers.Level(0.995)), Plain(Numbers.Level(1 / 3.0))]
        );

    [Fact]
    public void Counts_agree_with_their_noun() =>
        Assert.Equal(
            ["1 epoch", "25 epochs", "1,000 epochs"],
            [Plain(Numbers.Count(1, "epoch")), Plain(Numbers.Count(25, "epoch")), Plain(Numbers.Count(1000, "epoch"))]
        );

    [Fact]
    public void Seconds_have_a_decimal_below_ten_and_thousands_apart() =>
        Assert.Equal(
            ["9.5 s", "48 s", "1,234 s"],
            [Plain(Numbers.Seconds(9.46)), Plain(Numbers.Seconds(48.2)), Plain(Numbers.Seconds(1234.4))]
        );

    [Theory]
    [InlineData(-0.4104, 0.0033, "−41.0 ± 0.3")]
    [InlineData(0.012, 0.004, "+1.2 ± 0.4")]
    [InlineData(-0.0016, 0.0003, "−0.16 ± 0.03")]
    [InlineData(0.25, 0, "+25.0 ± 0.0")]
    [InlineData(0, 0, "0.00 ± 0.00")]
    [InlineData(0.1, double.NaN, "+10.0 ± n/a")]
    public void A_change_has_its_sign_and_its_error(double value, double error, string expected) =>
        Assert.Equal(expected, Plain(Numbers.Change(new Estimate(value, error, 2))));

    [Fact]
    public void A_small_loss_keeps_two_figures() =>
        Assert.Equal(
            ["2.303", "0.056", "0.0012", "0.000"],
            [Numbers.Loss(2.3026), Numbers.Loss(0.0557), Numbers.Loss(0.00123), Numbers.Loss(0)]
        );

    [Fact]
    public void Lengths_of_files_have_their_unit() =>
        Assert.Equal(
            ["0 bytes", "1 byte", "9,999 bytes", "10.0 kB", "4.8 MB", "5.0 GB"],
            [.. new[] { 0, 1, 9_999, 10_000, 4_839_000, 5_000_000_000 }.Select(bytes => Plain(Numbers.Bytes(bytes)))]
        );

    private static string Plain(string text) => text.Replace('\u00A0', ' ');
}
