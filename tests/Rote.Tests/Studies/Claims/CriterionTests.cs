using Rote.Measurement;
using Rote.Studies.Claims;

namespace Rote.Tests.Studies.Claims;

public sealed class CriterionTests
{
    [Theory]
    [InlineData(0.9995, true)]
    [InlineData(0.99949, false)]
    [InlineData(double.NaN, false)]
    [InlineData(double.PositiveInfinity, false)] // a time that was never reached
    public void At_least_takes_the_bound_itself(double value, bool holds) =>
        Assert.Equal(holds, new AtLeast(0.9995, "").Holds(Number(value)));

    [Theory]
    [InlineData(5, true)]
    [InlineData(5.001, false)]
    [InlineData(double.NaN, false)]
    [InlineData(double.PositiveInfinity, false)]
    public void At_most_takes_the_bound_itself(double value, bool holds) => Assert.Equal(holds, new AtMost(5, "").Holds(Number(value)));

    [Theory]
    [InlineData(0.5, 0.53, true)]
    [InlineData(0.5, 0.5301, false)]
    [InlineData(0.5, 0.47, true)]
    [InlineData(0.5, double.NaN, false)]
    public void Within_reaches_to_both_sides(double center, double value, bool holds) =>
        Assert.Equal(holds, new Within(center, 0.03 + 1e-12, "").Holds(Number(value)));

    [Theory]
    [InlineData(1.3, 0.1, true)] // 1.3 − 2 · 0.1 > 1
    [InlineData(1.3, 0.15, false)] // 1.3 − 2 · 0.15 = 1
    [InlineData(1.01, double.NaN, true)] // one run: the number alone decides
    [InlineData(0.99, double.NaN, false)]
    [InlineData(double.PositiveInfinity, double.NaN, false)]
    [InlineData(double.NaN, double.NaN, false)]
    public void Above_is_beyond_two_standard_errors(double value, double error, bool holds) =>
        Assert.Equal(holds, new Above(1, 2, "").Holds(new Estimate(value, error, 3)));

    [Fact]
    public void A_larger_error_never_bears_a_claim_out_that_a_smaller_one_does_not() =>
        Gen.Select(Gen.Double[-2, 2], Gen.Double[0, 1], Gen.Double[0, 1])
            .Sample(
                (value, a, b) =>
                {
                    var above = new Above(0, 2, "");
                    var (small, large) = (Math.Min(a, b), Math.Max(a, b));
                    return above.Holds(new Estimate(value, small, 3)) || !above.Holds(new Estimate(value, large, 3));
                }
            );

    private static Estimate Number(double value) => new(value, 0, 1);
}
