using Rote.Studies.Feldman2020.Estimates;

namespace Rote.Tests.Studies.Feldman2020.Estimates;

public sealed class AgreementTests
{
    /// <summary>Ranks 1 to 5 against 2 1 4 3 5: 1 − 6 · 4 / (5 · 24), Spearman's formula without ties.</summary>
    [Fact]
    public void The_rank_correlation_is_spearmans()
    {
        Assert.Equal(0.8, Agreement.RankCorrelation([1, 2, 3, 4, 5], [20, 10, 40, 30, 50]), 1e-12);
        Assert.Equal(1, Agreement.RankCorrelation([0, 0, 1, 7], [3, 3, 4, 5]), 1e-12); // ties on both sides
        Assert.Equal(-1, Agreement.RankCorrelation([1, 2, 3], [9, 5, 1]), 1e-12);
        Assert.True(double.IsNaN(Agreement.RankCorrelation([1, 1], [1, 2])));
    }

    [Fact]
    public void The_overlap_is_of_both_over_either()
    {
        Assert.Equal(1.0 / 3, Agreement.Overlap([0.3, 0.25, 0.1, 0.2], [0.1, 0.25, 0.9, 0.2], 0.25), 1e-12);
        Assert.Equal(1, Agreement.Overlap([0.3, 0], [0.4, 0.1], 0.25));
        Assert.True(double.IsNaN(Agreement.Overlap([0, double.NaN], [0, 0.1], 0.25)));
    }

    [Fact]
    public void The_jackknife_of_a_mean_is_its_standard_error()
    {
        double[] values = [1, 2, 4, 9];
        var found = Jackknife.Of(4, without => values.Where((_, i) => i != without).Average());
        Assert.Equal(4, found.Value, 1e-12);
        Assert.Equal(Rote.Measurement.Estimate.Mean(values).StandardError, found.StandardError, 1e-12);
    }
}
