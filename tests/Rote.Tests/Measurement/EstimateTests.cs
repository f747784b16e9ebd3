using Rote.Measurement;

namespace Rote.Tests.Measurement;

public sealed class EstimateTests
{
    [Fact]
    public void A_share_has_its_binomial_error()
    {
        var share = Estimate.Share(5051, 10_000);
        Assert.Equal(0.5051, share.Value, 12);
        Assert.Equal(0.005, share.StandardError, 5); // √(0.5051 · 0.4949 / 10,000)
        Assert.Equal(10_000, share.Samples);
    }

    [Fact]
    public void A_mean_has_the_standard_error_of_the_mean()
    {
        var mean = Estimate.Mean([1, 2, 3, 4]);
        Assert.Equal(2.5, mean.Value, 12);
        Assert.Equal(Math.Sqrt(5.0 / 3 / 4), mean.StandardError, 12);
        Assert.True(double.IsNaN(Estimate.Mean([7]).StandardError));
    }

    [Fact]
    public void A_difference_has_the_errors_of_both() =>
        Assert.Equal(new Estimate(-0.25, 0.05, 7), new Estimate(0.25, 0.03, 3).Minus(new Estimate(0.5, 0.04, 4)));

    [Fact]
    public void Impossible_counts_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Estimate.Share(11, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => Estimate.Share(-1, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => Estimate.Share(0, 0));
        Assert.Throws<ArgumentException>(() => Estimate.Mean([]));
    }

    [Fact]
    public void Its_text_is_the_number_with_its_error()
    {
        Assert.Equal("0.192 ± 0.012", Estimate.Share(192, 1000).ToString());
        Assert.Equal("3.5", Estimate.Mean([3.5]).ToString());
    }
}
