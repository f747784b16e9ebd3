using Rote.Measurement;
using Rote.Tests.Support;

namespace Rote.Tests.Measurement;

[NoTensorLeaks]
public sealed class AreaUnderMarginTests
{
    [Fact]
    public void It_is_the_mean_margin_of_a_naive_loop()
    {
        var dynamics = new Dynamics(1);
        dynamics.Check(dynamics.Measure(new AreaUnderMargin(Dynamics.Examples), "aum"), (margins, _, _) => margins.Average());
    }
}
