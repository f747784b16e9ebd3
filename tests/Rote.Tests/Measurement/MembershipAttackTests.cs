using Rote.Measurement;
using Rote.Tensors;

namespace Rote.Tests.Measurement;

public sealed class MembershipAttackTests
{
    /// <summary>R 4.3: binom.test(2, 2000), binom.test(0, 10), binom.test(10, 10), binom.test(7, 20), to four digits.</summary>
    [Theory]
    [InlineData(2, 2000, 0.0001211, 0.0036072)]
    [InlineData(0, 10, 0, 0.3084971)]
    [InlineData(10, 10, 0.6915029, 1)]
    [InlineData(7, 20, 0.1539092, 0.5921885)]
    public void Intervals_are_those_of_Clopper_and_Pearson(int hits, int trials, double low, double high)
    {
        var found = BinomialInterval.Of(hits, trials);
        Assert.Equal(low, found.Low, 1e-6);
        Assert.Equal(high, found.High, 1e-6);
    }

    [Fact]
    public void Members_above_the_allowed_false_positives_are_found()
    {
        double[] others = [.. Enumerable.Range(0, 200).Select(i => (double)i)];
        double[] members = [198, 197.5, 197, 10];
        var at = TruePositives.Of(members, others, 0.01)!; // two may be above: 198 and 199
        Assert.Equal((2, 4, 2, 200), (at.Found, at.Members, at.FalsePositives, at.Others));
        Assert.Null(TruePositives.Of(members, others, 0.001));
        Assert.Equal((100, 1000), (TruePositives.Needed(0.01), TruePositives.Needed(0.001)));
    }

    /// <summary>With one network there is no spread over networks: the error is its own, and was no number.</summary>
    [Fact]
    public void Of_one_network_with_both_sides_the_pooled_error_is_its_own()
    {
        double[] members = [3, 1, 2];
        double[] others = [0, 1.5];
        var alone = MembershipAttack.Of(members, others);
        var pooled = MembershipAttack.Pooled([(members, others), ([2.5], [])])!;
        Assert.Equal(alone.Auc, pooled.Auc);
        Assert.Equal((4, 2), (pooled.Members, pooled.Others));
        Assert.Null(MembershipAttack.Pooled([(members, []), ([], others)]));
        var two = MembershipAttack.Pooled([(members, others), ([0], [1])])!;
        Assert.Equal((alone.Auc.Value / 2, 2), (two.Auc.Value, two.Auc.Samples));
    }

    /// <summary>Three members that are all found say little.</summary>
    [Theory]
    [InlineData(3, 43, 0.688)]
    [InlineData(40, 100, 0.966)]
    public void A_perfect_attack_on_few_has_a_wide_interval(int members, int others, double low)
    {
        var attack = MembershipAttack.Of([.. Enumerable.Repeat(1.0, members)], [.. Enumerable.Repeat(0.0, others)]);
        Assert.Equal(1, attack.Auc.Value);
        Assert.Equal(low, attack.Interval().Low, 1e-3);
        Assert.Equal(1, attack.Interval().High);
    }

    /// <summary>Normal scores a distance d apart have the area Φ(d / √2).</summary>
    [Theory]
    [InlineData(0.0, 0.5)]
    [InlineData(1.8124, 0.9)]
    [InlineData(3.2897, 0.99)]
    public void The_interval_covers_the_truth(double distance, double area)
    {
        const int Draws = 1000;
        var stream = new Seeds(5).Stream("scores");
        var covered = 0;
        for (var draw = 0; draw < Draws; draw++)
        {
            var (low, high) = MembershipAttack.Of(Scores(8, distance), Scores(30, 0)).Interval();
            covered += low <= area && area <= high ? 1 : 0;
        }

        Assert.InRange(covered / (double)Draws, 0.93, 1);

        double[] Scores(int count, double mean) => [.. Enumerable.Range(0, count).Select(_ => mean + Normal())];

        // Box and Muller's
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - stream.NextDouble())) * Math.Cos(2 * Math.PI * stream.NextDouble());
    }

    [Fact]
    public void Equal_scores_find_nobody()
    {
        var at = TruePositives.Of([.. Enumerable.Repeat(1.0, 50)], [.. Enumerable.Repeat(1.0, 500)], 0.01)!;
        Assert.Equal((0, 0), (at.Found, at.FalsePositives));
        Assert.Equal(0.5, MembershipAttack.Of([1, 1], [1, 1, 1]).Auc.Value);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(1e-9)]
    [InlineData(1e-5)]
    [InlineData(0.3)]
    [InlineData(12)]
    public void A_logit_confidence_is_the_logit_of_the_probability(double loss)
    {
        var p = Math.Exp(-Math.Max(loss, 1e-12));
        var expected = loss < 1e-4 ? -Math.Log(Math.Max(loss, 1e-12)) : Math.Log(p / (1 - p));
        Assert.Equal(expected, LogitConfidence.Of(loss), 1e-4);
    }

    [Fact]
    public void Unseen_confidence_keeps_the_order_and_takes_the_distribution_of_the_unseen()
    {
        double[] unseenHard = [.. Enumerable.Range(0, 400).Select(i => (i % 20) - 10.0)];
        double[] unseenSure = [.. unseenHard.Select((hard, i) => hard + (i / 20 / 10.0) - 1)]; // rests −1 to 0.9
        double[] hard = [.. Enumerable.Range(0, 20).Select(i => i - 10.0)];
        double[] sure = [.. hard.Select((h, i) => h + 8 + (i / 100.0))]; // far surer than any unseen
        var targets = UnseenConfidence.Of(sure, hard, unseenSure, unseenHard);
        double[] rests = [.. targets.Zip(hard, (t, h) => t - h)];
        Assert.InRange(rests.Average(), -0.4, 0.3);
        Assert.InRange(rests.Max(), 0.3, 1.8);
        Assert.InRange(rests.Min(), -1.9, -0.3);
        Assert.Throws<ArgumentException>(() => UnseenConfidence.Of(sure, hard, [], []));
    }
}
