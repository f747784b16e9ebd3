using Rote.Networks;
using Rote.Tensors;
using Rote.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace Rote.Tests.Tensors;

/// <summary>On libtorch's meta device, which has shapes and no numbers: what is on it is not on the processor.</summary>
[NoTensorLeaks]
public sealed class PlacementTests
{
    private static readonly Device Meta = new(DeviceType.META);

    [Fact]
    public void What_is_in_its_place_is_returned_as_it_is()
    {
        using var here = zeros(3);
        using var there = zeros([3], device: Meta);
        Assert.Same(here, here.On(CPU));
        Assert.Same(here, here.OnCpu());
        Assert.Same(there, there.On(Meta));
    }

    [Fact]
    public void What_is_elsewhere_is_copied()
    {
        using var here = zeros(3);
        using var there = here.On(Meta);
        Assert.Equal(DeviceType.META, there.device_type);
        Assert.Equal([3L], there.shape);
    }

    [Fact]
    public void A_tensor_that_is_held_follows_once()
    {
        var held = zeros(3).DetachFromDisposeScope();
        var first = held;
        Assert.Same(first, Placement.Follow(ref held, CPU));
        Tensor moved;
        using (NewDisposeScope())
        {
            moved = Placement.Follow(ref held, Meta);
        }

        Assert.Same(moved, held);
        Assert.True(first.IsInvalid);
        Assert.False(moved.IsInvalid);
        Assert.Same(moved, Placement.Follow(ref held, Meta));
        held.Dispose();
    }

    [Fact]
    public void A_network_of_the_processor_is_left_alone()
    {
        using var network = new Mlp { Hidden = [4] }.Build(new TaskShape(2, 2, 1, 3), Precision.Float32, new Seeds(1));
        var weight = network.get_parameter("layers.0.weight");
        Assert.Same(network, network.On(ComputeDevice.Cpu));
        Assert.Same(weight, network.get_parameter("layers.0.weight"));
    }
}
