using Rote.Complexity;
using Rote.Tensors;

namespace Rote.Tests.Complexity;

/// <summary>Judging measures on a grid of three axes of which the last is kept apart.</summary>
public sealed class GridRankingTests
{
    private const int Apart = 2;
    private static readonly IReadOnlyList<GridNetwork> Networks = Grid(setting =>
        0.1 + (0.1 * setting[0]) + (0.2 * setting[1]) + (0.4 * setting[2])
    );

    [Fact]
    public void A_perfect_measure_orders_every_pair()
    {
        var ranks = Rank(Networks, [.. Networks.Select(network => 7 * network.Error)]);
        Assert.Equal((1, 1, 1, 0, 0), Numbers(ranks));
        Assert.All(ranks.Wrong, axis => Assert.Equal(0, axis.Value));
        Assert.Equal(0, ranks.Within.Estimate.StandardError);
    }

    [Fact]
    public void The_opposite_measure_orders_none()
    {
        var ranks = Rank(Networks, [.. Networks.Select(network => -network.Error)]);
        Assert.Equal((-1, -1, -1, 1, 1), Numbers(ranks));
    }

    [Fact]
    public void A_constant_and_NaN_are_a_coin()
    {
        Assert.Equal((0, 0, 0, 0.5, 0.5), Numbers(Rank(Networks, [.. Networks.Select(_ => 3.0)])));
        Assert.Equal((0, 0, 0, 0.5, 0.5), Numbers(Rank(Networks, [.. Networks.Select(_ => double.NaN)])));
    }

    [Fact]
    public void A_measure_that_fails_along_one_axis_is_found_out_by_the_worst_axis()
    {
        var ranks = Rank(Networks, [.. Networks.Select(network => (10 * network.Levels[1]) - network.Levels[0])]);
        Assert.Equal(0, ranks.Granulated.Value);
        Assert.Equal((0.5, 1), (ranks.MeanWrong.Value, ranks.WorstWrong.Value));
        Assert.Equal([1, 0, 0.5], ranks.Wrong.Select(axis => axis.Value));
    }

    [Fact]
    public void Noise_levels_mixed_flatter_a_measure_of_the_noise()
    {
        var ranks = Rank(Networks, [.. Networks.Select(network => (double)network.Levels[2])]);
        Assert.Equal(0, ranks.Within.Value);
        Assert.True(ranks.Mixed.Value > 0.5);
    }

    [Fact]
    public void The_coefficient_is_that_of_all_pairs_by_hand()
    {
        var random = new Seeds(1).Stream(SeedStreams.FairSample);
        var networks = Grid(_ => random.NextDouble());
        double[] values = [.. networks.Select(_ => random.NextDouble())];
        var (sum, count) = (0, 0);
        for (var i = 0; i < networks.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (!networks[i].Levels.SequenceEqual(networks[j].Levels))
                {
                    sum += Math.Sign(values[i] - values[j]) * Math.Sign(networks[i].Error - networks[j].Error);
                    count++;
                }
            }
        }

        var ranks = Rank(networks, values);
        Assert.Equal((double)sum / count, ranks.Mixed.Value, 1e-12);
        Assert.InRange(ranks.Mixed.Estimate.StandardError, 0.02, 0.4);
    }

    [Fact]
    public void Pairs_that_do_not_differ_clearly_are_not_asked()
    {
        var networks = Grid(setting => 0.3 + (0.001 * setting[0]) + (0.2 * setting[1]));
        var ranks = Rank(networks, [.. networks.Select(network => (double)(network.Levels[1] - network.Levels[0]))]);
        Assert.Equal(double.NaN, ranks.Wrong[0].Value);
        Assert.Equal((0, 0), (ranks.MeanWrong.Value, ranks.WorstWrong.Value));
        Assert.False(networks[0].DiffersFrom(networks[^1] with { Error = networks[0].Error + 0.01, Tested = 1000 }));
        Assert.True(networks[0].DiffersFrom(networks[^1] with { Error = networks[0].Error + 0.1 }));
    }

    [Fact]
    public void Differences_are_taken_per_resample()
    {
        var same = new Resampled(0.5, [0.1, 0.5, 0.9], 8);
        Assert.Equal((0, 0), (same.Minus(same).Value, same.Minus(same).StandardError));
        Assert.Equal(0.4, same.Estimate.StandardError, 1e-12);
        Assert.Equal(8, same.Estimate.Samples);
        Assert.Equal(double.NaN, new Resampled(0.5, [double.NaN, 0.2], 8).Estimate.StandardError);
    }

    private static (double, double, double, double, double) Numbers(MeasureRanks ranks) =>
        (ranks.Within.Value, ranks.Mixed.Value, ranks.Granulated.Value, ranks.MeanWrong.Value, ranks.WorstWrong.Value);

    private static MeasureRanks Rank(IReadOnlyList<GridNetwork> networks, double[] values) =>
        new GridRanking(networks, 3, Apart, 50, new Seeds(1)).Rank(values);

    /// <summary>Two networks a setting of two levels an axis.</summary>
    private static IReadOnlyList<GridNetwork> Grid(Func<int[], double> error) =>
        [
            .. from a in Enumerable.Range(0, 2)
            from b in Enumerable.Range(0, 2)
            from c in Enumerable.Range(0, 2)
            from copy in Enumerable.Range(0, 2)
            select new GridNetwork([a, b, c], error([a, b, c]), 10_000),
        ];
}
