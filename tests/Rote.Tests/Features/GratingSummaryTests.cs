using Rote.Features;
using Rote.Networks;
using Rote.Tensors;
using Rote.Tests.Support;
using static TorchSharp.torch;

namespace Rote.Tests.Features;

[NoTensorLeaks]
public sealed class GratingSummaryTests
{
    private const int O = GratingSummary.Orientations;

    [Fact]
    public void Selectivity_is_one_minus_the_circular_variance()
    {
        var one = new float[O];
        one[5] = 3;
        Assert.Equal(1, GratingSummary.SelectivityOf(one), 6);
        Assert.Equal(0, GratingSummary.SelectivityOf([.. Enumerable.Repeat(2f, O)]), 6);

        // r = 1 + cos 2θ has the resultant 1/2 of its sum.
        Assert.Equal(0.5, GratingSummary.SelectivityOf([.. Curve(place => 1 + Math.Cos(2 * Math.PI * place / O))]), 6);
    }

    [Fact]
    public void Bandwidth_is_half_the_width_at_half_the_height()
    {
        // A triangle that falls to 0 within three steps of 15°: half of it after a step and a half.
        Assert.Equal(22.5, GratingSummary.BandwidthOf([.. Curve(place => Math.Max(0, 1 - (Math.Abs(place - 6) / 3.0)))], 6), 5);
        Assert.Equal(22.5, GratingSummary.BandwidthOf([.. Curve(place => Math.Max(0, 1 - (Math.Min(place, O - place) / 3.0)))], 0), 5);
        Assert.Equal(90, GratingSummary.BandwidthOf([.. Enumerable.Repeat(1f, O)], 0));
    }

    [Fact]
    public void Units_that_are_gratings_prefer_their_own_orientation_and_frequency()
    {
        using var scope = NewDisposeScope();
        var shape = new TaskShape(16, 16, 1, 2);
        var gratings = GratingSummary.Gratings(shape);
        Assert.Equal([O * 64L, 16, 16, 1], gratings.shape);
        using var network = new Mlp { Hidden = [O] }.Build(shape, Precision.Float32, new Seeds(1));
        using (no_grad())
        {
            // Unit o is the grating of orientation o and of the fifth frequency.
            var weight = network.get_parameter("layers.0.weight")!;
            weight.copy_(stack([.. Enumerable.Range(0, O).Select(o => gratings[((o * 8) + 4) * 8].flatten())], 0));
            network.get_parameter("layers.0.bias")!.zero_();
        }

        var found = GratingSummary.Of(network, shape, Precision.Float32);
        Assert.Equal((O, O, O), (found.Units, found.Responding, found.Coverage));
        Assert.All(found.Preferred, units => Assert.Equal(1, units));
        Assert.Equal(O, found.PreferredFrequency[4]);
        Assert.True(found.Selectivity.Value > 0.5);
    }

    [Fact]
    public void Units_that_never_answer_are_left_out()
    {
        var found = GratingSummary.From(new float[2 * 8 * O], 2);
        Assert.Equal((2, 0, 0), (found.Units, found.Responding, found.Coverage));
        Assert.True(double.IsNaN(found.Selectivity.Value));
    }

    private static IEnumerable<float> Curve(Func<int, double> value) => Enumerable.Range(0, O).Select(place => (float)value(place));
}
