using Rote.Measurement;

namespace Rote.Tests.Measurement;

public sealed class MemorizationReadingTests
{
    // By hand: agreement 0.64 among ten classes leaves 0.36 / 9 = 0.04 for each other class; (0.52 − 0.04) / 0.96 = 0.5.
    [Fact]
    public void Hits_are_corrected_for_chance()
    {
        var reading = new MemorizationReading(Hits: 130, Count: 250, HeldOutCorrect: 640, HeldOutCount: 1000, Classes: 10);
        Assert.Equal(0.04, reading.Chance, 12);
        Assert.Equal(0.5, reading.Value, 12);
        Assert.Equal(0.52, reading.HitsFor(0.5), 12);
    }

    // Wilson's interval of 81 in 263 is 0.2553 to 0.3662 (Newcombe 1998, Statistics in Medicine 17, table I, method 3). With agreement 1
    // nothing is hit by chance.
    [Fact]
    public void The_interval_is_wilsons_where_nothing_is_chance()
    {
        var (low, high) = new MemorizationReading(81, 263, 1000, 1000, 10).Interval;
        Assert.Equal((0.2553, 0.3662), (Math.Round(low, 4), Math.Round(high, 4)));
    }

    [Fact]
    public void Intervals_hold_their_value_and_stay_within_zero_and_one() =>
        Gen.Select(Gen.Int[1, 400], Gen.Double[0, 1], Gen.Int[0, 100], Gen.Int[2, 20])
            .Sample(
                (count, share, agreeing, classes) =>
                {
                    var reading = new MemorizationReading((int)(share * count), count, agreeing, 100, classes);
                    if (reading.Chance < 1)
                    {
                        var (low, high) = reading.Interval;
                        Assert.True(low >= 0 && low <= reading.Value + 1e-12 && reading.Value <= high + 1e-12 && high <= 1);
                    }
                }
            );

    [Fact]
    public void All_fitted_reaches_one_and_none_reaches_zero()
    {
        Assert.Equal(1, new MemorizationReading(227, 227, 500, 1000, 10).Interval.High);
        Assert.Equal(0, new MemorizationReading(0, 227, 500, 1000, 10).Interval.Low);
        Assert.Equal(0, new MemorizationReading(3, 227, 500, 1000, 10).Value); // below chance
    }

    // How often the interval covers a known degree: 2,000 networks that have fitted each canary with probability chance + (1 − chance)·m.
    // Where nearly every label held out is predicted, chance is nearly 0 and known badly; of two classes it is as large as it gets.
    [Theory]
    [InlineData(0.1, 10, 0.55, 500, 237, 0.975)]
    [InlineData(0.5, 10, 0.55, 500, 237, 0.975)]
    [InlineData(0.9, 10, 0.55, 500, 237, 0.975)]
    [InlineData(0, 2, 0.99, 100, 95, 1)]
    [InlineData(0.02, 2, 0.99, 100, 95, 1)]
    [InlineData(0, 2, 0.98, 100, 95, 1)]
    [InlineData(0, 2, 0.99, 200, 190, 1)]
    [InlineData(0.04, 2, 0.97, 50, 500, 1)]
    [InlineData(0, 10, 0.98, 100, 95, 1)]
    [InlineData(0.5, 2, 0.9, 100, 95, 0.985)]
    public void The_interval_covers_a_known_degree_as_often_as_it_says(
        double memorization,
        int classes,
        double agreement,
        int heldOut,
        int canaries,
        double most
    )
    {
        var stream = new Rote.Tensors.Seeds(7).Stream("coverage");
        var covered = Enumerable
            .Range(0, 2000)
            .Count(_ =>
            {
                var chance = (1 - agreement) / (classes - 1);
                var hit = chance + ((1 - chance) * memorization);
                var (low, high) = new MemorizationReading(
                    Hits: Enumerable.Range(0, canaries).Count(_ => stream.NextDouble() < hit),
                    Count: canaries,
                    HeldOutCorrect: Enumerable.Range(0, heldOut).Count(_ => stream.NextDouble() < agreement),
                    HeldOutCount: heldOut,
                    Classes: classes
                ).Interval;
                return low <= memorization && memorization <= high;
            });
        Assert.InRange(covered / 2000.0, 0.93, most);
    }

    // Two classes, one of them rare: the untrained network says the rare one, and no label held out is predicted.
    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    public void Where_chance_hits_all_nothing_is_known(int hits)
    {
        var reading = new MemorizationReading(hits, 20, 0, 40, 2);
        Assert.Equal((1.0, 0.0, (0.0, 1.0)), (reading.Chance, reading.Value, reading.Interval));
    }

    [Fact]
    public void The_half_width_at_worst_is_that_of_a_half()
    {
        var (low, high) = new MemorizationReading(125, 250, 1_000_000, 1_000_000, 10).Interval;
        Assert.Equal((high - low) / 2, MemorizationReading.WorstHalfWidth(250, 0), 6);
    }
}
