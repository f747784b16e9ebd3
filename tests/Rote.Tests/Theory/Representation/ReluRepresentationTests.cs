using Rote.Tensors;
using Rote.Theory;
using Rote.Theory.Representation;

namespace Rote.Tests.Theory.Representation;

public sealed class ReluRepresentationTests
{
    // By hand: b = (−1, 1/4, …) and c(0) = w₁·1 = 2, so w₁ = 2; c(1) = 2·2 + w₂·3/4 = 5, so w₂ = 4/3.
    [Fact]
    public void Two_points_as_by_hand()
    {
        var network = ReluRepresentation.Through([0, 1], [2, 5]);
        Assert.Equal([-1, 0.25], network.Biases);
        Assert.Equal(2, network.Weights[0].High);
        Assert.Equal(4.0 / 3, network.Weights[1].High);
        Assert.Equal([0, 0.5, 2, 5, 6 + (7.0 / 3)], network.Evaluate([-3, -0.75, 0, 1, 2]));
    }

    [Fact]
    public void One_point_is_met() => Assert.Equal([7], ReluRepresentation.Through([-3], [7]).Evaluate([-3]));

    [Fact]
    public void Biases_and_points_take_turns() =>
        Points()
            .Sample(points =>
            {
                var (z, _) = points;
                var biases = ReluRepresentation.Through(z, z).Biases;
                return biases[0] < z[0] && Enumerable.Range(1, z.Length - 1).All(i => z[i - 1] < biases[i] && biases[i] < z[i]);
            });

    // The whole network without any rounding: weights of two float64 numbers, sums of any length. Gaps down to 2⁻⁵⁰ of the range.
    [Fact]
    public void The_weights_give_the_targets_in_exact_arithmetic() =>
        Points()
            .Sample(
                points =>
                {
                    var (z, y) = points;
                    var network = ReluRepresentation.Through(z, y);
                    for (var i = 0; i < z.Length; i++)
                    {
                        var value = new Exact(0, 0);
                        for (var j = 0; j <= i; j++)
                        {
                            value += Exact.Of(network.Weights[j]) * (Exact.Of(z[i]) - Exact.Of(network.Biases[j]));
                        }

                        Assert.InRange(Math.Abs((value - Exact.Of(y[i])).ToDouble()), 0, 1e-12);
                    }
                },
                iter: 20
            );

    [Fact]
    public void Evaluation_agrees_with_the_naive_double_double_sum() =>
        Points()
            .Sample(
                points =>
                {
                    var (z, y) = points;
                    var network = ReluRepresentation.Through(z, y);
                    double[] between = [.. z.Concat(z.Select(v => v + 1e-3)).Order()];
                    var fast = network.Evaluate(between);
                    for (var i = 0; i < between.Length; i++)
                    {
                        DoubleDouble slow = 0;
                        for (var j = 0; j < z.Length; j++)
                        {
                            var distance = DoubleDouble.Sum(between[i], -network.Biases[j]);
                            slow += distance.High > 0 ? network.Weights[j] * distance : 0;
                        }

                        Assert.Equal(slow.High, fast[i], 1e-12 * Math.Max(1, Math.Abs(slow.High)));
                    }
                },
                iter: 20
            );

    [Fact]
    public void Points_that_do_not_rise_are_refused()
    {
        Assert.Throws<ArgumentException>(() => ReluRepresentation.Through([0, 0], [1, 2]));
        Assert.Throws<ArgumentException>(() => ReluRepresentation.Through([1, 0], [1, 2]));
        Assert.Throws<ArgumentException>(() => ReluRepresentation.Through([], []));
        Assert.Throws<ArgumentException>(() => ReluRepresentation.Through([1], []));
    }

    /// <summary>Rising projections with targets; some neighbours are as close as float64 and a bias between them allow.</summary>
    private static Gen<(double[] Z, double[] Y)> Points() =>
        Gen.Long.Select(seed =>
        {
            var stream = new Seeds(seed).Stream("points");
            var apart = Enumerable.Range(0, 60).Select(_ => stream.NextInt(1 << 30) * 1e-3).ToArray();
            double[] z = [.. apart.Concat(apart.Take(10).Select(v => v + 1e-9)).Distinct().Order()];
            return (z, z.Select(_ => (double)stream.NextInt(1000)).ToArray());
        });
}
