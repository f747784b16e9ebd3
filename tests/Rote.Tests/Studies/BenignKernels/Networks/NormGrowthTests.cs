using Rote.Studies.BenignKernels;
using Rote.Studies.BenignKernels.Networks;
using Rote.Tests.Support;

namespace Rote.Tests.Studies.BenignKernels.Networks;

[NoTensorLeaks]
public sealed class NormGrowthTests(DrawnShapes shapes) : IClassFixture<DrawnShapes>
{
    /// <summary>2 · 3 · √((4/2² + 9/3²) / 8) = 6 · √(2/8) = 3.</summary>
    [Fact]
    public void The_bound_is_the_printed_formula() => Assert.Equal(3, NormGrowth.Bound([2, 3], [2, 3], 8), 12);

    [Fact]
    public void A_network_that_is_not_trained_has_not_moved()
    {
        var options = BenignScale.Find("smoke").Network(20, 1, 0);
        var still = NormGrowth.Run(shapes.Data, options with { Recipe = options.Recipe with { MostEpochs = 0 } }, default);
        Assert.Equal((null, 0, 0), ((int?)still.Epochs, still.Distance, still.Bound));
        var trained = NormGrowth.Run(shapes.Data, options with { Recipe = options.Recipe with { MostEpochs = 5 } }, default);
        Assert.True(trained.Distance > 0);
        Assert.NotEqual(still.SpectralProduct, trained.SpectralProduct);
    }
}
