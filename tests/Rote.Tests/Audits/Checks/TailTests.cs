using Rote.Audits.Checks;
using Rote.Tensors;

namespace Rote.Tests.Audits.Checks;

public sealed class TailTests
{
    [Fact]
    public void The_limit_of_an_exponential_tail_is_where_a_twentieth_of_a_value_lies_beyond()
    {
        // Quantiles of the exponential distribution themselves: q(p) = −ln(1 − p), mirrored for the lower tail.
        double[] values = [.. Enumerable.Range(0, 10_000).Select(i => -Math.Log(1 - ((i + 0.5) / 10_000)))];
        Assert.Equal(Math.Log(10_000 / Tail.FalseAlarms), Tail.Upper(values, 0), 0.05);
    }

    [Fact]
    public void Of_sets_with_an_exponential_tail_about_one_in_twenty_has_a_value_beyond()
    {
        var random = new Seeds(3).Stream(SeedStreams.FairSample);
        var sets = Enumerable
            .Range(0, 400)
            .Count(_ =>
            {
                double[] values = [.. Enumerable.Range(0, 500).Select(_ => -Math.Log(1 - random.NextDouble()))];
                return values.Max() > Tail.Upper(values, 0);
            });

        // The quantiles are estimated from 25 and 100 values of 500, which doubles the rate at this size.
        Assert.InRange(sets, 8, 60);
    }

    [Fact]
    public void A_normal_set_has_nothing_beyond_and_planted_values_are()
    {
        var random = new Seeds(4).Stream(SeedStreams.FairSample);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        for (var set = 0; set < 50; set++)
        {
            double[] values = [.. Enumerable.Range(0, 1000).Select(_ => Normal())];
            Assert.True(values.Min() > Tail.Lower(values, 0));
            double[] planted = [.. values.Skip(20), .. Enumerable.Repeat(-12.0, 20)];
            Assert.True(-12 < Tail.Lower(planted, 0));
        }
    }

    [Fact]
    public void Few_values_have_no_tail_and_what_is_not_known_does_not_count()
    {
        Assert.Equal(double.NegativeInfinity, Tail.Lower([.. Enumerable.Range(0, Tail.Fewest - 1).Select(i => (double)i)], 1));
        double[] values = [.. Enumerable.Range(0, 200).Select(i => (double)i)];
        Assert.Equal(Tail.Lower(values, 1), Tail.Lower([.. values, double.NaN, double.NegativeInfinity], 1));
    }

    [Fact]
    public void Where_all_values_are_equal_the_least_e_fold_decides()
    {
        var values = Enumerable.Repeat(2.0, 1000).ToArray();
        Assert.Equal(2 - (0.1 * Math.Log(1000)), Tail.Lower(values, 0.1), 1e-9);
    }
}
