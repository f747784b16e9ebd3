using Rote.Tests.Complexity;
using Rote.Tests.Support;
using static TorchSharp.torch;

namespace Rote.Tests.Networks.Plain;

/// <summary>Forward and backward passes against plain loops and autograd.</summary>
public sealed class ReluNetworkTests
{
    [Fact, NoTensorLeaks]
    public void Logits_are_those_of_plain_loops()
    {
        using var scope = NewDisposeScope();
        var layers = SmallReluNetwork.Layers();
        var subject = SmallReluNetwork.Subject(layers);
        var logits = SmallReluNetwork.Rows(subject.Values[^1]);
        var inputs = SmallReluNetwork.Rows(subject.Inputs);
        for (var i = 0; i < inputs.Length; i++)
        {
            var naive = SmallReluNetwork.Naive(layers, inputs[i]);
            Assert.All(naive.Zip(logits[i]), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
        }
    }

    [Fact, NoTensorLeaks]
    public void The_gradient_is_that_of_autograd()
    {
        using var scope = NewDisposeScope();
        var layers = SmallReluNetwork.Layers();
        var subject = SmallReluNetwork.Subject(layers);
        var gradient = subject.Network.Gradient(subject.Inputs, subject.Labels);
        var weights = layers.Select(layer => layer.Weight.clone().requires_grad_()).ToArray();
        var biases = layers.Select(layer => layer.Bias.clone().requires_grad_()).ToArray();
        var values = subject.Inputs;
        for (var l = 0; l < weights.Length; l++)
        {
            values = values.mm(weights[l].t()).add(biases[l]);
            values = l == weights.Length - 1 ? values : values.relu();
        }

        nn.functional.cross_entropy(values, subject.Labels).backward();
        for (var l = 0; l < weights.Length; l++)
        {
            Assert.True(gradient[l].Weight.allclose(weights[l].grad!, 1e-4, 1e-5));
            Assert.True(gradient[l].Bias.allclose(biases[l].grad!, 1e-4, 1e-5));
        }
    }

    [Fact, NoTensorLeaks]
    public void Error_and_loss_are_those_of_the_examples()
    {
        using var scope = NewDisposeScope();
        var subject = SmallReluNetwork.Subject(SmallReluNetwork.Layers());
        Assert.Equal(1.0 / SmallReluNetwork.Count, subject.Network.Error(subject.Inputs, subject.Labels), 1e-12);
        var labels = subject.Labels.data<long>().ToArray();
        var naive = SmallReluNetwork
            .Rows(subject.Values[^1])
            .Zip(labels, (row, label) => Math.Log(row.Sum(Math.Exp)) - row[label])
            .Average();
        Assert.Equal(naive, subject.Network.Loss(subject.Inputs, subject.Labels), 1e-5);
    }
}
