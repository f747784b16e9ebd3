using Rote.Studies.Feldman2020.Estimates;

namespace Rote.Tests.Studies.Feldman2020.Estimates;

public sealed class AgreementTests
{
    [Fact]
    public void The_overlap_is_of_both_over_either()
    {
        Assert.Equal(1.0 / 3, Agreement.Overlap([0.3, 0.25, 0.1, 0.2], [0.1, 0.25, 0.9, 0.2], 0.25), 1e-12);
        Assert.Equal(1, Agreement.Overlap([0.3, 0], [0.4, 0.1], 0.25));
        Assert.True(double.IsNaN(Agreement.Overlap([0, double.NaN], [0, 0.1], 0.25)));
    }
}
