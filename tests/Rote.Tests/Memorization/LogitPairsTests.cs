using Rote.Memorization;
using Rote.Tensors;

namespace Rote.Tests.Memorization;

public sealed class LogitPairsTests
{
    private const int Classes = 5;

    private readonly RandomStream _random = new Seeds(3).Stream("logits");

    [Fact]
    public void Thresholds_are_where_a_scan_of_shares_finds_them()
    {
        var (labels, low, high) = Draw(200);
        var thresholds = new LogitPairs(labels, low, high).Thresholds();
        var (never, always) = (0, 0);
        for (var i = 0; i < labels.Length; i++)
        {
            // from 1 downwards until the label is not predicted for the first time
            var share = 1.0;
            while (share >= -3 && Naive(i, share) == labels[i])
            {
                share -= 0.001;
            }

            if (share == 1)
            {
                Assert.Equal(double.PositiveInfinity, thresholds[i]);
                never++;
            }
            else if (share < -3)
            {
                Assert.True(thresholds[i] < -2.9);
                always++;
            }
            else
            {
                Assert.Equal(share, thresholds[i], 0.0011);
            }
        }

        Assert.InRange(never, 1, 199);
        Assert.InRange(always, 1, 199);

        int Naive(int i, double share) =>
            Enumerable.Range(0, Classes).MaxBy(k => ((1 - share) * low[(i * Classes) + k]) + (share * high[(i * Classes) + k]));
    }

    [Theory]
    [InlineData(-0.5)]
    [InlineData(0)]
    [InlineData(0.3)]
    [InlineData(1)]
    public void Right_counts_what_a_loop_counts(double share)
    {
        var (labels, low, high) = Draw(300);
        var expected = 0;
        for (var i = 0; i < labels.Length; i++)
        {
            var mixed = Enumerable
                .Range(0, Classes)
                .Select(k => ((1 - share) * low[(i * Classes) + k]) + (share * high[(i * Classes) + k]))
                .ToArray();
            expected += Array.IndexOf(mixed, mixed.Max()) == labels[i] ? 1 : 0;
        }

        Assert.Equal(expected, new LogitPairs(labels, low, high).Right(share));
    }

    [Fact]
    public void Of_equal_logits_the_lowest_class_is_predicted()
    {
        var pairs = new LogitPairs([0, 1], [1, 1, 1, 1], [1, 1, 1, 1]);
        Assert.Equal(1, pairs.Right(0.5));
        Assert.Equal([double.NegativeInfinity, double.PositiveInfinity], pairs.Thresholds());
    }

    private (int[] Labels, float[] Low, float[] High) Draw(int count) =>
        (
            [.. Enumerable.Range(0, count).Select(_ => (int)(_random.NextDouble() * Classes))],
            [.. Enumerable.Range(0, count * Classes).Select(_ => (float)(4 * _random.NextDouble()))],
            [.. Enumerable.Range(0, count * Classes).Select(_ => (float)(4 * _random.NextDouble()))]
        );
}
