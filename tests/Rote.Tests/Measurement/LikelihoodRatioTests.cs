using Rote.Measurement;
using Rote.Tensors;

namespace Rote.Tests.Measurement;

public sealed class LikelihoodRatioTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Scores_and_area_are_those_of_a_naive_loop(bool isOnline)
    {
        var (confidences, isMember) = Networks(9, 120, gap: 1.5);
        var fast = LikelihoodRatio.Scores(confidences, isMember, isOnline);
        for (var target = 0; target < 9; target++)
        {
            var slow = Naive(confidences, isMember, target, isOnline);
            for (var i = 0; i < 120; i++)
            {
                Assert.Equal(slow[i], fast[target][i], 1e-9);
            }

            double[] members = [.. slow.Where((s, i) => isMember[target][i] && !double.IsNaN(s))];
            double[] others = [.. slow.Where((s, i) => !isMember[target][i] && !double.IsNaN(s))];
            var pairs =
                members.Sum(a =>
                    others.Sum(b =>
                        a > b ? 1.0
                        : a == b ? 0.5
                        : 0
                    )
                )
                / members.Length
                / others.Length;
            Assert.Equal(pairs, MembershipAttack.Of(members, others).Auc.Value, 1e-12);
        }
    }

    /// <summary>Two unit Gaussians d apart: the area is Φ(d / √2) (Green and Swets 1966). At d = 1.5 it is 0.8556.</summary>
    [Fact]
    public void Gaussians_have_the_area_that_theory_gives()
    {
        var (confidences, isMember) = Networks(40, 2000, gap: 1.5);
        var scores = LikelihoodRatio.Scores(confidences, isMember);
        Assert.Equal(0.8556, Area(scores, isMember), 0.02);
    }

    [Fact]
    public void What_was_never_trained_on_cannot_be_told()
    {
        var (confidences, isMember) = Networks(12, 4000, gap: 0);
        Assert.Equal(0.5, Area(LikelihoodRatio.Scores(confidences, isMember), isMember), 0.01); // 48,000 pairs: 0.003
    }

    [Fact]
    public void Too_few_shadow_networks_on_a_side_give_no_score()
    {
        double[][] confidences =
        [
            [0],
            [1],
            [2],
            [3],
        ];
        bool[][] isMember =
        [
            [true],
            [true],
            [false],
            [true],
        ];
        Assert.All(LikelihoodRatio.Scores(confidences, isMember), row => Assert.True(double.IsNaN(row[0])));
        Assert.Throws<ArgumentException>(() =>
            LikelihoodRatio.Scores(
                [
                    [0],
                    [1],
                ],
                [
                    [true],
                    [false],
                ]
            )
        );
    }

    private static double Area(double[][] scores, bool[][] isMember) =>
        Enumerable
            .Range(0, scores.Length)
            .Average(k =>
                MembershipAttack
                    .Of(
                        [.. scores[k].Where((s, i) => isMember[k][i] && !double.IsNaN(s))],
                        [.. scores[k].Where((s, i) => !isMember[k][i] && !double.IsNaN(s))]
                    )
                    .Auc.Value
            );

    private static (double[][] Confidences, bool[][] IsMember) Networks(int networks, int examples, double gap)
    {
        var stream = new Seeds(7).Stream("networks");
        double[] hard = [.. Enumerable.Range(0, examples).Select(_ => 3 * Gaussian(stream))];
        bool[][] members = [.. Enumerable.Range(0, networks).Select(_ => hard.Select(_ => stream.NextInt(2) == 1).ToArray())];
        return ([.. members.Select(row => row.Select((m, i) => hard[i] + (m ? gap : 0) + Gaussian(stream)).ToArray())], members);
    }

    private static double Gaussian(RandomStream stream) =>
        Math.Sqrt(-2 * Math.Log(1 - stream.NextDouble())) * Math.Cos(2 * Math.PI * stream.NextDouble());

    /// <summary>Carlini et al. 2022, algorithm 1, written down as it is read; one spread a side for all examples.</summary>
    private static double[] Naive(double[][] confidences, bool[][] isMember, int target, bool isOnline)
    {
        var count = confidences[0].Length;
        var scores = new double[count];
        double[] Side(int i, bool side) =>
            [.. Enumerable.Range(0, confidences.Length).Where(k => k != target && isMember[k][i] == side).Select(k => confidences[k][i])];
        double Spread(bool side)
        {
            var (sum, free) = (0.0, 0);
            for (var i = 0; i < count; i++)
            {
                var values = Side(i, side);
                sum += values.Sum(v => Math.Pow(v - values.Average(), 2));
                free += Math.Max(0, values.Length - 1);
            }

            return Math.Sqrt(sum / free);
        }

        var (spreadIn, spreadOut) = (Spread(true), Spread(false));
        for (var i = 0; i < count; i++)
        {
            var (inside, outside, value) = (Side(i, true), Side(i, false), confidences[target][i]);
            scores[i] =
                outside.Length < 2 || (isOnline && inside.Length < 2) ? double.NaN
                : !isOnline ? (value - outside.Average()) / spreadOut
                : Math.Log(Density(value, inside.Average(), spreadIn) / Density(value, outside.Average(), spreadOut));
        }

        return scores;
        static double Density(double x, double mean, double spread) =>
            Math.Exp(-0.5 * Math.Pow((x - mean) / spread, 2)) / spread / Math.Sqrt(2 * Math.PI);
    }
}
