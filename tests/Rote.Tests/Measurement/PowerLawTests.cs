using Rote.Measurement;

namespace Rote.Tests.Measurement;

public sealed class PowerLawTests
{
    [Fact]
    public void A_power_law_has_its_exponent_and_what_is_not_positive_has_none()
    {
        Assert.Equal(-0.43, PowerLaw.Exponent([.. new[] { 1.0, 5, 70 }.Select(x => (x, 3 * Math.Pow(x, -0.43)))]), 12);
        Assert.Equal(double.NaN, PowerLaw.Exponent([(1, 0), (2, 1)]));
    }
}
