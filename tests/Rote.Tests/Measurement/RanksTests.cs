using Rote.Measurement;

namespace Rote.Tests.Measurement;

public sealed class RanksTests
{
    [Theory]
    [InlineData(0.05, 0)]
    [InlineData(0.1, 0.125)]
    [InlineData(0.3, 0.25)]
    [InlineData(0.4, 0.5)]
    [InlineData(1, 1)]
    public void Below_is_the_share_of_smaller_values_and_half_of_the_equal_ones(double value, double share)
    {
        double[] known = [0.1, 0.4, 0.4, 0.9];
        Assert.Equal(share, Ranks.Below(known, value));
        Assert.Equal(((share * 4) + 0.5) / 5, Ranks.Share(known, value), 12);
    }

    [Fact]
    public void Equal_values_have_the_mean_of_their_ranks() => Assert.Equal([3.5, 1, 3.5, 2], Ranks.Of([0.4, 0.1, 0.4, 0.2]));

    /// <summary>Ranks 1 to 5 against 2 1 4 3 5: 1 − 6 · 4 / (5 · 24), Spearman's formula without ties.</summary>
    [Fact]
    public void The_rank_correlation_is_Spearmans()
    {
        Assert.Equal(0.8, Ranks.Correlation([1, 2, 3, 4, 5], [20, 10, 40, 30, 50]), 1e-12);
        Assert.Equal(1, Ranks.Correlation([0, 0, 1, 7], [3, 3, 4, 5]), 1e-12); // ties on both sides
        Assert.Equal(-1, Ranks.Correlation([1, 2, 3], [9, 5, 1]), 1e-12);
        Assert.True(double.IsNaN(Ranks.Correlation([1, 1], [1, 2])));
    }
}
