using Rote.Complexity;
using Rote.Tests.Support;
using static TorchSharp.torch;

namespace Rote.Tests.Complexity;

/// <summary>Gradients of single examples against one pass an example.</summary>
public sealed class GradientMeasuresTests
{
    [Fact, NoTensorLeaks]
    public void Noise_and_mean_square_are_those_of_one_gradient_an_example()
    {
        using var scope = NewDisposeScope();
        var subject = SmallReluNetwork.Subject(SmallReluNetwork.Layers());
        var gradients = Enumerable.Range(0, SmallReluNetwork.Count).Select(i => Flat(Gradient(subject, i))).ToArray();
        var mean = Enumerable.Range(0, gradients[0].Length).Select(p => gradients.Average(gradient => gradient[p])).ToArray();
        var square = gradients.Average(gradient => gradient.Sum(value => value * value));
        Assert.Equal(square, GradientMeasures.MeanSquare(subject), 1e-4 * square);
        var noise = gradients.Average(gradient => gradient.Zip(mean, (value, middle) => (value - middle) * (value - middle)).Sum());
        Assert.Equal(noise, GradientMeasures.Noise(subject), 1e-4 * square);
    }

    [Fact, NoTensorLeaks]
    public void The_Fisher_Rao_norm_is_the_square_of_parameters_times_gradient()
    {
        using var scope = NewDisposeScope();
        var layers = SmallReluNetwork.Layers();
        var subject = SmallReluNetwork.Subject(layers);
        var parameters = Flat([.. layers.Select(layer => (layer.Weight, layer.Bias))]);
        var naive = Enumerable
            .Range(0, SmallReluNetwork.Count)
            .Select(i => Flat(Gradient(subject, i)).Zip(parameters, (g, w) => g * w).Sum())
            .Average(product => product * product);
        Assert.Equal(naive, GradientMeasures.FisherRao(subject), 1e-4 * naive);
    }

    [Fact, NoTensorLeaks]
    public void The_Jacobian_is_that_of_small_steps()
    {
        using var scope = NewDisposeScope();
        var layers = SmallReluNetwork.Layers();
        var subject = SmallReluNetwork.Subject(layers);
        const double Step = 1e-6;
        var naive = SmallReluNetwork
            .Rows(subject.Inputs)
            .Average(input =>
                Enumerable
                    .Range(0, input.Length)
                    .Sum(place =>
                    {
                        var moved = input.Select((value, i) => i == place ? value + Step : value).ToArray();
                        return SmallReluNetwork
                            .Naive(layers, moved)
                            .Zip(SmallReluNetwork.Naive(layers, input), (after, before) => Math.Pow((after - before) / Step, 2))
                            .Sum();
                    })
            );
        Assert.Equal(naive, GradientMeasures.InputJacobian(subject), 1e-3 * naive);
    }

    private static (Tensor Weight, Tensor Bias)[] Gradient(ComplexitySubject subject, int example) =>
        subject.Network.Gradient(subject.Inputs.narrow(0, example, 1), subject.Labels.narrow(0, example, 1));

    private static double[] Flat((Tensor Weight, Tensor Bias)[] parameters) =>
        [.. parameters.SelectMany(pair => Values(pair.Weight).Concat(Values(pair.Bias)))];

    private static IEnumerable<double> Values(Tensor values) => values.contiguous().data<float>().ToArray().Select(value => (double)value);
}
