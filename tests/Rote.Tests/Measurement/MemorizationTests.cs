using Rote.Measurement;

namespace Rote.Tests.Measurement;

public sealed class MemorizationTests
{
    [Fact]
    public void It_is_the_difference_of_means_with_the_error_of_a_naive_loop()
    {
        double[] inside = [0.9, 0.8, 1.0, 0.7];
        double[] outside = [0.1, 0.3];
        var value = Memorization.Of(inside, outside);
        Assert.Equal(0.85 - 0.2, value.Value, 12);

        // By hand: s² of the inside 0.05/3, of the outside 0.02; over 4 and 2 networks.
        Assert.Equal(Math.Sqrt((0.05 / 3 / 4) + (0.02 / 2)), value.StandardError, 12);
        Assert.Equal(6, value.Samples);
    }

    [Fact]
    public void Without_a_network_on_either_side_it_is_not_known()
    {
        Assert.True(double.IsNaN(Memorization.Of([], [0.5]).Value));
        Assert.True(double.IsNaN(Memorization.Of([0.5], []).Value));
        Assert.True(double.IsNaN(Memorization.Of([0.5], [0.1, 0.2]).StandardError));
    }
}
