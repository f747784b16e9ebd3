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
    public void The_number_predicted_changes_where_a_scan_of_openings_finds_it()
    {
        const int Count = 300;
        var (labels, low, high) = Draw(Count);
        var whole = new LogitPairs(labels, low, high, LogitPairs.Sure(high, Count)).Changes();
        Assert.Equal(whole.Select(change => change.Opening).Order(), whole.Select(change => change.Opening));
        var kinds = new HashSet<(bool, bool, bool)>(); // predicted far below 0, at 0, at 1
        for (var opening = -3.0; opening <= 1; opening += 0.01)
        {
            if (whole.Any(change => Math.Abs(change.Opening - opening) < 1e-5))
            {
                continue; // float32 decides
            }

            var right = Enumerable.Range(0, Count).Count(i => Naive(low, high, i, opening) == labels[i]);
            Assert.Equal(right, whole.LastOrDefault(change => change.Opening <= opening).Right);
        }

        for (var i = 0; i < Count; i++)
        {
            kinds.Add((IsRight(-3), IsRight(0), IsRight(1)));

            bool IsRight(double opening) => Naive(low, high, i, opening) == labels[i];
        }

        // Never, always, by the second alone, by the first alone, and by both though not far below 0
        Assert.Superset(
            new HashSet<(bool, bool, bool)>
            {
                (false, false, false),
                (true, true, true),
                (false, false, true),
                (true, true, false),
                (false, true, true),
            },
            kinds
        );
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
        Assert.Equal([(double.NegativeInfinity, 1)], pairs.Changes());
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
