using Rote.Studies.BenignKernels;
using Rote.Theory.KernelCurves;

namespace Rote.Tests.Studies.BenignKernels;

public sealed class KernelReadingTests
{
    [Fact]
    public void The_ridge_is_chosen_on_examples_of_its_own_and_the_larger_of_equally_good_ones()
    {
        var points = new[] { (0.0, 0.0), (0.1, 0.3), (1, 0.2), (10, 0.2) }.Select(p => new KernelPoint(
            4,
            0.3,
            p.Item1,
            0,
            0,
            1,
            p.Item2,
            8
        ));
        var reading = new KernelReading(new KernelCurveResult(1, [.. points]));
        Assert.Equal(10, Assert.Single(reading.WithRidge(0.3)).Ridge);
        Assert.Equal(0, reading.Last(0.3).Ridge);
        Assert.Equal(4, KernelReading.Bound(reading.Last(0.3)));
    }
}
