using Rote.Measurement;

namespace Rote.Tests.Measurement;

public sealed class ExactIntervalTests
{
    [Fact]
    public void A_large_population_has_the_interval_of_Clopper_and_Pearson()
    {
        // scipy.stats.binomtest(k, n).proportion_ci(method="exact"), 95 %: 2 of 50, 0 of 100, 10 of 200.
        foreach (var (found, sample, low, high) in new[] { (2, 50, 0.00488, 0.13714), (0, 100, 0, 0.03622), (10, 200, 0.02424, 0.09003) })
        {
            var interval = ExactInterval.Of(found, sample, 10_000_000);
            Assert.Equal(low, interval.Low / 1e7, 0.0001);
            Assert.Equal(high, interval.High / 1e7, 0.0001);
        }
    }

    [Fact]
    public void Small_populations_agree_with_the_sums_of_the_definition()
    {
        foreach (var population in new[] { 1, 2, 7, 23 })
        {
            for (var sample = 0; sample <= population; sample++)
            {
                for (var found = 0; found <= sample; found++)
                {
                    Assert.Equal(ByHand(found, sample, population), ExactInterval.Of(found, sample, population));
                }
            }
        }
    }

    [Fact]
    public void A_sample_of_all_says_the_count_itself_and_none_says_nothing()
    {
        Assert.Equal((7, 7), ExactInterval.Of(7, 40, 40));
        Assert.Equal((0, 40), ExactInterval.Of(0, 0, 40));
        Assert.Equal((0, 0), ExactInterval.Of(0, 0, 0));
    }

    [Fact]
    public void Far_tails_are_neither_lost_nor_taken_for_the_whole()
    {
        Assert.Equal(0, ExactInterval.AtMost(0, 20_000, 25_000, 50_000));
        Assert.Equal(1, ExactInterval.AtMost(19_000, 20_000, 25_000, 50_000));
        Assert.Equal(0.5, ExactInterval.AtMost(10_000, 20_000, 25_000, 50_000), 0.01);
    }

    [Fact]
    public void Counts_that_contradict_each_other_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ExactInterval.Of(3, 2, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => ExactInterval.Of(1, 12, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => ExactInterval.Of(-1, 2, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => ExactInterval.Of(1, 2, 10, double.NaN));
    }

    private static (int, int) ByHand(int found, int sample, int population)
    {
        var possible = Enumerable
            .Range(0, population + 1)
            .Where(kind => Tail(k => k >= found, kind) > 0.025 && Tail(k => k <= found, kind) > 0.025)
            .Where(kind => kind >= found && population - kind >= sample - found)
            .ToArray();
        return (possible.Min(), possible.Max());

        double Tail(Func<int, bool> counts, int kind) =>
            Enumerable
                .Range(0, sample + 1)
                .Where(counts)
                .Sum(k => Choose(kind, k) * Choose(population - kind, sample - k) / Choose(population, sample));
    }

    private static double Choose(int n, int k) =>
        k < 0 || k > n ? 0 : Enumerable.Range(0, k).Aggregate(1.0, (product, i) => product * (n - i) / (i + 1));
}
