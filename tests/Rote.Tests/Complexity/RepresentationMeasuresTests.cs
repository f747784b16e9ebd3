using Rote.Complexity;
using Rote.Tensors;
using Rote.Tests.Support;
using static TorchSharp.torch;

namespace Rote.Tests.Complexity;

/// <summary>Measures of hidden layers against plain loops.</summary>
public sealed class RepresentationMeasuresTests
{
    [Fact, NoTensorLeaks]
    public void The_Davies_Bouldin_index_is_that_of_plain_loops()
    {
        using var scope = NewDisposeScope();
        var subject = SmallReluNetwork.Subject(SmallReluNetwork.Layers());
        var values = SmallReluNetwork.Rows(subject.Values[^2]);
        var classes = values
            .Zip(subject.Labels.data<long>().ToArray())
            .GroupBy(pair => pair.Second, pair => pair.First)
            .Select(g => g.ToArray())
            .ToArray();
        Assert.True(classes.Length > 1);
        var centres = classes.Select(own => Enumerable.Range(0, own[0].Length).Select(d => own.Average(v => v[d])).ToArray()).ToArray();
        var spreads = classes.Zip(centres, (own, centre) => own.Average(v => Distance(v, centre))).ToArray();
        var naive = Enumerable
            .Range(0, classes.Length)
            .Average(i =>
                Enumerable
                    .Range(0, classes.Length)
                    .Where(j => j != i)
                    .Max(j => (spreads[i] + spreads[j]) / Distance(centres[i], centres[j]))
            );
        Assert.Equal(naive, RepresentationMeasures.DaviesBouldin(subject), 1e-4);
    }

    [Fact]
    public void Partners_are_others_of_the_same_label_each_once()
    {
        long[] labels = [0, 1, 0, 0, 1, 2, 1, 0];
        var partners = RepresentationMeasures.Partners(labels, new Seeds(1));
        Assert.Equal(Enumerable.Range(0, labels.Length).Select(i => (long)i), partners.Order());
        Assert.All(partners.Select((partner, i) => (partner, i)), pair => Assert.Equal(labels[pair.i], labels[pair.partner]));
        Assert.Equal([5L], partners.Where((partner, i) => partner == i)); // alone in its class
    }

    [Fact, NoTensorLeaks]
    public void The_loss_on_mixtures_is_that_of_each_pair()
    {
        using var scope = NewDisposeScope();
        var layers = SmallReluNetwork.Layers();
        var subject = SmallReluNetwork.Subject(layers);
        var (inputs, labels) = (SmallReluNetwork.Rows(subject.Inputs), subject.Labels.data<long>().ToArray());
        var partners = RepresentationMeasures.Partners(labels, subject.Seeds);
        var naive = Enumerable
            .Range(0, inputs.Length)
            .Average(i =>
            {
                var logits = SmallReluNetwork.Naive(layers, [.. inputs[i].Zip(inputs[partners[i]], (a, b) => (a + b) / 2)]);
                return Math.Log(logits.Sum(Math.Exp)) - logits[labels[i]];
            });
        Assert.Equal(naive, RepresentationMeasures.Mixup(subject), 1e-4);
        Assert.Equal(RepresentationMeasures.DaviesBouldin(subject) * naive, RepresentationMeasures.DaviesBouldinMixup(subject), 1e-3);
    }

    [Fact, NoTensorLeaks]
    public void Examples_whose_neighbours_in_the_input_have_their_label_have_depth_0()
    {
        using var scope = NewDisposeScope();
        ReluLayer[] layers = [new(eye(2), zeros(2), eye(2), zeros(2)), new(eye(2), zeros(2), eye(2), zeros(2))];
        var rows = Enumerable
            .Range(0, 80)
            .Select(i => i < 40 ? new[] { 9f + (i * 0.01f), 0f } : [0f, 9f + (i * 0.01f)])
            .SelectMany(row => row);
        var labels = Enumerable.Range(0, 80).Select(i => i < 40 ? 0L : 1).ToArray();
        var inputs = tensor(rows.ToArray(), [80, 2], float32);
        Assert.Equal(0, RepresentationMeasures.PredictionDepth(new ComplexitySubject(layers, inputs, tensor(labels), new Seeds(1))));

        // With the labels exchanged no layer's neighbours agree with the network.
        var wrong = tensor(labels.Select(label => 1 - label).ToArray());
        Assert.Equal(1, RepresentationMeasures.PredictionDepth(new ComplexitySubject(layers, inputs, wrong, new Seeds(1))));
    }

    private static double Distance(double[] one, double[] other) => Math.Sqrt(one.Zip(other, (a, b) => (a - b) * (a - b)).Sum());
}
