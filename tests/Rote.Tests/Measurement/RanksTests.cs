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
}
