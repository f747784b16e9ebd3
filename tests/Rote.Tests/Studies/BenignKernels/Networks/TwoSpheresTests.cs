using Rote.Studies.BenignKernels;
using Rote.Studies.BenignKernels.Networks;
using Rote.Tests.Support;
using static TorchSharp.torch;

namespace Rote.Tests.Studies.BenignKernels.Networks;

[NoTensorLeaks]
public sealed class TwoSpheresTests
{
    [Fact]
    public void A_point_lies_on_the_sphere_of_its_label()
    {
        using var scope = NewDisposeScope();
        var points = TwoSpheres.OnSphere(tensor(new[] { 0f, 1, 0.6f, 0.8f }, [2, 2]), tensor(new long[] { 1, 0 }, int64));
        var lengths = points.square().sum([1L]).sqrt().data<float>().ToArray();
        Assert.Equal(1.1f, lengths[0], 5);
        Assert.Equal(1f, lengths[1], 5);
    }

    [Fact]
    public void A_network_is_trained_to_fit_and_the_same_draw_gives_the_same_numbers()
    {
        var options = BenignScale.Find("smoke").Sphere(20, 1, 0);
        var (first, second) = (TwoSpheres.Run(options, default), TwoSpheres.Run(options, default));
        Assert.Equal(first, second);
        Assert.NotNull(first.Epochs);
        Assert.Equal(0, first.TrainWrong);
        Assert.NotEqual(first, TwoSpheres.Run(options with { Draw = 1 }, default));
    }
}
