using Rote.Complexity;
using Rote.Tests.Support;
using static TorchSharp.torch;

namespace Rote.Tests.Complexity;

/// <summary>What noise does to a network, and what does not change with the scale of its layers.</summary>
public sealed class FlatnessMeasuresTests
{
    [Fact, NoTensorLeaks]
    public void Magnitude_aware_measures_do_not_change_with_the_scale_of_a_layer_and_plain_ones_do()
    {
        using var scope = NewDisposeScope();
        var layers = SmallReluNetwork.Layers(biases: 0);
        var one = Without(layers);
        var other = Without([
            layers[0] with
            {
                Weight = layers[0].Weight.mul(16),
            },
            layers[1] with
            {
                Weight = layers[1].Weight.div(16),
            },
            layers[2],
        ]);
        Assert.Equal(FlatnessMeasures.MagnitudeAware(one), FlatnessMeasures.MagnitudeAware(other), 1e-9);
        Assert.Equal(FlatnessMeasures.WorstMagnitudeAware(one), FlatnessMeasures.WorstMagnitudeAware(other), 1e-3);
        Assert.NotEqual(FlatnessMeasures.Average(one), FlatnessMeasures.Average(other));
        Assert.NotEqual(FlatnessMeasures.Worst(one), FlatnessMeasures.Worst(other), 0.01);
    }

    [Fact, NoTensorLeaks]
    public void The_noise_is_where_a_tenth_is_wrong()
    {
        using var scope = NewDisposeScope();
        var subject = Without(SmallReluNetwork.Layers());
        var noise = FlatnessMeasures.NoiseOf(subject, isRelative: false);
        Assert.InRange(noise, 1e-3, 3.9); // neither end of what is looked between
        Assert.Equal(1 / (noise * noise), FlatnessMeasures.Average(subject), 1e-9);
        Assert.Equal(noise, subject.Noise);

        // One layer that is four times larger predicts the same, and bears four times the noise.
        var layer = SmallReluNetwork.Layers()[0];
        var larger = layer with { Weight = layer.Weight.mul(4), Bias = layer.Bias.mul(4) };
        var ratio = FlatnessMeasures.NoiseOf(Without([larger]), false) / FlatnessMeasures.NoiseOf(Without([layer]), false);
        Assert.Equal(4, ratio, 0.1); // halvings find it to 1.1 %
    }

    [Fact, NoTensorLeaks]
    public void Ascent_raises_the_loss_by_about_radius_times_gradient_where_the_radius_is_small()
    {
        using var scope = NewDisposeScope();
        var subject = SmallReluNetwork.Subject(SmallReluNetwork.Layers());
        var gradient = subject.Network.Gradient(subject.Inputs, subject.Labels);
        var length = Math.Sqrt(
            gradient.Sum(pair => pair.Weight.square().sum([0L, 1L]).item<float>() + pair.Bias.square().sum([0L]).item<float>())
        );
        var rise = FlatnessMeasures.Worst(subject);
        Assert.InRange(rise, 0.8 * FlatnessMeasures.Radius * length, 3 * FlatnessMeasures.Radius * length);
    }

    [Fact, NoTensorLeaks]
    public void The_bound_around_the_start_is_distance_over_noise()
    {
        using var scope = NewDisposeScope();
        var layers = SmallReluNetwork.Layers();
        var subject = SmallReluNetwork.Subject(layers);
        var distance = layers.Sum(layer =>
            layer.Weight.sub(layer.StartWeight).square().sum([0L, 1L]).item<float>()
            + layer.Bias.sub(layer.StartBias).square().sum([0L]).item<float>()
        );
        Assert.Equal(
            distance * FlatnessMeasures.Average(subject),
            FlatnessMeasures.PacBayes(subject),
            1e-3 * FlatnessMeasures.PacBayes(subject)
        );
    }

    /// <summary>A subject that is right on every example.</summary>
    private static ComplexitySubject Without(IReadOnlyList<ReluLayer> layers)
    {
        var some = SmallReluNetwork.Subject(layers);
        return new ComplexitySubject(layers, some.Inputs, some.Network.Forward(some.Inputs)[^1].argmax(1), some.Seeds);
    }
}
