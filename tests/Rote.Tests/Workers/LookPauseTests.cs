using Rote.Workers;

namespace Rote.Tests.Workers;

public sealed class LookPauseTests
{
    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(5, 0.5)]
    [InlineData(20, 2)]
    [InlineData(100, 10)]
    [InlineData(1e6, 10)]
    public void A_tenth_of_the_time_so_far_between_two_bounds(double time, double expected) =>
        Assert.Equal(
            TimeSpan.FromSeconds(expected),
            LookPause.After(TimeSpan.FromSeconds(time), TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(10))
        );

    [Fact]
    public void The_longest_wins_where_it_is_below_the_shortest() =>
        Assert.Equal(TimeSpan.Zero, LookPause.After(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(1), TimeSpan.Zero));
}
