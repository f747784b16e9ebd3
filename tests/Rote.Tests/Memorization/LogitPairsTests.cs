using Rote.Memorization;
using Rote.Networks;
using Rote.Tensors;
using Rote.Tests.Support;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Tests.Memorization;

[NoTensorLeaks]
public sealed class LogitPairsTests
{
    private const int Classes = 5;

    private readonly RandomStream _random = new Seeds(3).Stream("logits");

    [Fact]
    public void Thresholds_are_where_a_scan_of_openings_finds_them()
    {
        var (labels, low, high) = Draw(300);
        var thresholds = new LogitPairs(labels, low, high, LogitPairs.Sure(high, 300)).Thresholds();
        var (never, always, gated, below) = (0, 0, 0, 0);
        for (var i = 0; i < labels.Length; i++)
        {
            // from 1 downwards until the label is not predicted for the first time
            var opening = 1.0;
            while (opening >= -3 && Naive(low, high, i, opening) == labels[i])
            {
                opening -= 0.001;
            }

            if (opening == 1)
            {
                Assert.Equal(double.PositiveInfinity, thresholds[i]);
                never++;
            }
            else if (opening < -3)
            {
                Assert.True(thresholds[i] < -2.9);
                always++;
            }
            else
            {
                Assert.Equal(opening, thresholds[i], 0.0011);
                (gated, below) = opening > 0 ? (gated + 1, below) : (gated, below + 1);
            }
        }

        Assert.All(new[] { never, always, gated, below }, count => Assert.InRange(count, 1, 299));
    }

    [Theory]
    [InlineData(-0.5)]
    [InlineData(0)]
    [InlineData(0.3)]
    [InlineData(0.6)]
    [InlineData(1)]
    public void Right_counts_what_a_loop_counts_and_what_the_gated_network_predicts(double opening)
    {
        const int Count = 300;
        var (labels, low, high) = Draw(Count);
        var right = new LogitPairs(labels, low, high, LogitPairs.Sure(high, Count)).Right(opening);
        Assert.Equal(Enumerable.Range(0, Count).Count(i => Naive(low, high, i, opening) == labels[i]), right);

        using var scope = NewDisposeScope();
        using var network = new GatedNetwork(new Fixed(low), new Fixed(high), opening);
        var predicted = network.forward(zeros([Count])).argmax(1).data<long>().ToArray();
        Assert.Equal(Enumerable.Range(0, Count).Count(i => predicted[i] == labels[i]), right);
    }

    [Fact]
    public void Of_equal_logits_the_lowest_class_is_predicted()
    {
        var pairs = new LogitPairs([0, 1], [1, 1, 1, 1], [1, 1, 1, 1], [0.5f, 0.5f]);
        Assert.Equal(1, pairs.Right(0.5));
        Assert.Equal([double.NegativeInfinity, double.PositiveInfinity], pairs.Thresholds());
    }

    /// <summary>The class predicted, in float64.</summary>
    private static int Naive(float[] low, float[] high, int example, double opening)
    {
        var (first, second) = (Row(low), Row(high));
        var sure = 1 / second.Sum(logit => Math.Exp(logit - second.Max()));
        return ArgMax(
            opening < 0 ? [.. first.Zip(second, (l, h) => ((1 - opening) * l) + (opening * h))]
            : sure >= 1 - opening ? second
            : first
        );

        double[] Row(float[] logits) => [.. logits.Skip(example * Classes).Take(Classes).Select(logit => (double)logit)];

        static int ArgMax(double[] logits) => Array.IndexOf(logits, logits.Max());
    }

    private (int[] Labels, float[] Low, float[] High) Draw(int count) =>
        (
            [.. Enumerable.Range(0, count).Select(_ => (int)(_random.NextDouble() * Classes))],
            [.. Enumerable.Range(0, count * Classes).Select(_ => (float)(4 * _random.NextDouble()))],
            [.. Enumerable.Range(0, count * Classes).Select(_ => (float)(4 * _random.NextDouble()))]
        );

    /// <summary>Says the same whatever it is given.</summary>
    private sealed class Fixed(float[] logits) : Module<Tensor, Tensor>(nameof(Fixed))
    {
        public override Tensor forward(Tensor input) => tensor(logits, [logits.Length / Classes, Classes]);
    }
}
