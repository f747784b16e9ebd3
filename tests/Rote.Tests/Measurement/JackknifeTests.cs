using Rote.Measurement;

namespace Rote.Tests.Measurement;

public sealed class JackknifeTests
{
    [Fact]
    public void The_jackknife_of_a_mean_is_its_standard_error()
    {
        double[] values = [1, 2, 4, 9];
        var found = Jackknife.Of(4, without => values.Where((_, i) => i != without).Average());
        Assert.Equal(4, found.Value, 1e-12);
        Assert.Equal(Estimate.Mean(values).StandardError, found.StandardError, 1e-12);
    }
}
