using Rote.Measurement;
using Rote.Tensors;

namespace Rote.Tests.Measurement;

public sealed class DispersionTests
{
    [Fact]
    public void Equal_numbers_have_no_inequality_and_one_that_has_all_has_the_most()
    {
        Assert.Equal(0, Dispersion.Gini([3, 3, 3, 3]), 12);
        Assert.Equal(0.75, Dispersion.Gini([0, 0, 7, 0]), 12);
        Assert.Equal(0.25, Dispersion.Gini([1, 3]), 12); // |1 − 3|·2 / (2·2²·2)
    }

    [Fact]
    public void The_coefficient_is_half_the_relative_mean_difference_of_all_pairs() =>
        Gen.Double[0.01, 5]
            .Array[2, 30]
            .Sample(values =>
            {
                var difference = values.SelectMany(a => values.Select(b => Math.Abs(a - b))).Average();
                Assert.Equal(difference / (2 * values.Average()), Dispersion.Gini(values), 9);
            });

    [Fact]
    public void Equally_hard_examples_spread_as_a_binomial_and_no_further()
    {
        var random = new Seeds(3).Stream("test");
        var counts = Enumerable.Range(0, 5000).Select(_ => Enumerable.Range(0, 50).Count(_ => random.NextDouble() < 0.3)).ToArray();
        Assert.InRange(Dispersion.OverBinomial(counts, 50), 0.94, 1.06);
        Assert.InRange(Dispersion.Spread(counts, 50), 0, 0.02); // binomial noise alone has √(0.3 · 0.7 / 50) = 0.065
    }

    [Fact]
    public void The_spread_of_two_kinds_of_examples_is_that_of_their_probabilities()
    {
        var random = new Seeds(3).Stream("test");
        var counts = Enumerable
            .Range(0, 5000)
            .Select(i => Enumerable.Range(0, 10).Count(_ => random.NextDouble() < (i % 2 == 0 ? 0.2 : 0.6)))
            .ToArray();
        Assert.InRange(Dispersion.Spread(counts, 10), 0.19, 0.21); // ±0.2 about 0.4, though shares of ten trials vary by 0.14
        Assert.True(Dispersion.OverBinomial(counts, 10) > 2);
    }
}
