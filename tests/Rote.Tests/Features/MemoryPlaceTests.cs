using Rote.Features;
using Rote.Networks;
using Rote.Tensors;
using Rote.Tests.Support;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Tests.Features;

/// <summary>Networks made by hand, of which it is known where their labels are held.</summary>
[NoTensorLeaks]
public sealed class MemoryPlaceTests
{
    private static readonly TaskShape Shape = new(1, 4, 1, 2) { IsVector = true };

    [Fact]
    public void Silencing_one_channel_is_enough_where_one_holds_the_label()
    {
        using var scope = NewDisposeScope();
        using var network = OfTwoKinds(holders: 1);
        var found = KnockOut.Of(network, TwoKinds(30), Ones(30), new bool[30]);
        var clean = Assert.Single(found);
        Assert.Equal((DepthKind.Clean, 0), (clean.Kind, clean.Held));
        Assert.Equal(1, clean.Channels.Value);
        Assert.Equal([1.0], clean.Shares);
    }

    [Fact]
    public void Where_three_hold_it_three_must_be_silenced_and_kinds_are_told_apart()
    {
        using var scope = NewDisposeScope();
        using var network = OfTwoKinds(holders: 3);
        var found = KnockOut.Of(network, TwoKinds(30), Ones(30), [.. Enumerable.Range(0, 30).Select(i => i < 10)]);
        Assert.Equal([DepthKind.Clean, DepthKind.Wrong], found.Select(known => known.Kind));
        Assert.All(found, known => Assert.Equal(3, known.Channels.Value));
    }

    [Fact]
    public void A_network_of_one_layer_has_no_channels_between_layers()
    {
        using var scope = NewDisposeScope();
        using var linear = new Mlp { Hidden = [] }.Build(Shape, Precision.Float32, new Seeds(1));
        Assert.Empty(KnockOut.Of(linear, Inputs(30), Given(30), new bool[30]));
    }

    [Fact]
    public void A_layer_put_back_costs_what_it_knew_and_the_network_is_as_before()
    {
        using var scope = NewDisposeScope();
        using var network = Network(holders: 3);
        using var start = Network(holders: 0);
        var before = network.state_dict().ToDictionary(entry => entry.Key, entry => entry.Value.clone());
        var found = LayerReset.Of(network, start, Inputs(40), Given(40), new bool[40]);
        Assert.Equal(["layers.0", "layers.1"], found.Select(reset => reset.Layer));
        Assert.Equal([0.0, 0.5], found.Select(reset => reset.Clean.Value)); // the first is the same in both; without the second it says 0
        Assert.True(double.IsNaN(found[0].Wrong.Value));
        Assert.All(network.state_dict(), entry => Assert.True(entry.Value.eq(before[entry.Key]).all().item<bool>()));
    }

    [Fact]
    public void A_fall_counts_those_lost_less_those_won()
    {
        var fall = LayerReset.FallOf([true, true, false, true], [false, true, true, false], [0, 1, 2, 3]);
        Assert.Equal(0.25, fall.Value); // two lost, one won, of four
        Assert.Equal(Math.Sqrt(((0.75 * 0.75 * 2) + (0.25 * 0.25) + (1.25 * 1.25)) / 3 / 4), fall.StandardError, 9);
    }

    [Fact]
    public void Weights_of_zero_can_be_cut_and_all_are_there_again()
    {
        using var scope = NewDisposeScope();
        using var network = Network(holders: 1); // 1 of 16 + 1 of 8 weights is not 0
        var before = network.state_dict().ToDictionary(entry => entry.Key, entry => entry.Value.clone());
        var found = PruningSummary.Of(network, Inputs(40), Given(40));
        Assert.InRange(found.Share.Value, 0.7, 1);
        Assert.Equal((1.0, 1.0), (found.Before.Value, found.After.Value));
        Assert.All(network.state_dict(), entry => Assert.True(entry.Value.eq(before[entry.Key]).all().item<bool>()));
    }

    /// <summary>Four units that see the first feature; class 1 is said where those that hold it add up to more than 0.1.</summary>
    private static Module<Tensor, Tensor> Network(int holders)
    {
        var network = new Mlp { Hidden = [4] }.Build(Shape, Precision.Float32, new Seeds(1));
        using var noGrad = no_grad();
        foreach (var parameter in network.parameters())
        {
            parameter.zero_();
        }

        network.get_parameter("layers.0.weight")!.narrow(1, 0, 1).fill_(1);
        if (holders > 0)
        {
            network.get_parameter("layers.1.weight")!.narrow(0, 1, 1).narrow(1, 0, holders).fill_(1);
        }

        network.get_parameter("layers.1.bias")!.narrow(0, 0, 1).fill_(0.1f);
        network.eval();
        return network;
    }

    /// <summary>So many units that see the first feature, and so many that see the second; all of them say class 1.</summary>
    private static Module<Tensor, Tensor> OfTwoKinds(int holders)
    {
        var network = new Mlp { Hidden = [2 * holders] }.Build(Shape, Precision.Float32, new Seeds(1));
        using var noGrad = no_grad();
        foreach (var parameter in network.parameters())
        {
            parameter.zero_();
        }

        network.get_parameter("layers.0.weight")!.narrow(0, 0, holders).narrow(1, 0, 1).fill_(1);
        network.get_parameter("layers.0.weight")!.narrow(0, holders, holders).narrow(1, 1, 1).fill_(1);
        network.get_parameter("layers.1.weight")!.narrow(0, 1, 1).fill_(1);
        network.get_parameter("layers.1.bias")!.narrow(0, 0, 1).fill_(0.1f);
        network.eval();
        return network;
    }

    /// <summary>The first feature is 1 in one half of the examples, the second in the other.</summary>
    private static Tensor TwoKinds(int count)
    {
        var inputs = zeros(count, 4);
        inputs.narrow(1, 0, 1).copy_(tensor(Given(count), float32).unsqueeze(1));
        inputs.narrow(1, 1, 1).copy_(1 - inputs.narrow(1, 0, 1));
        return inputs;
    }

    /// <summary>The first feature is 1 for every other example.</summary>
    private static Tensor Inputs(int count)
    {
        var inputs = zeros(count, 4);
        inputs.narrow(1, 0, 1).copy_(tensor(Given(count), float32).unsqueeze(1));
        return inputs;
    }

    private static long[] Ones(int count) => [.. Enumerable.Repeat(1L, count)];

    private static long[] Given(int count) => [.. Enumerable.Range(0, count).Select(i => (long)(i % 2))];
}
