using Rote.Features;
using Rote.Tensors;
using static TorchSharp.torch;

namespace Rote.Complexity;

/// <summary>What the hidden layers make of the training examples.</summary>
internal static class RepresentationMeasures
{
    /// <summary>The Davies-Bouldin index of the given classes in the last hidden layer: spread within over distance between, of each class
    /// and the one it is worst told from (Davies and Bouldin 1979).</summary>
    /// <returns>At least 0; small where classes are far apart.</returns>
    public static double DaviesBouldin(ComplexitySubject subject)
    {
        using var scope = NewDisposeScope();
        var values = subject.Values[^2];
        var labels = subject.Labels.data<long>().ToArray();
        var classes = labels.Distinct().Order().ToArray();
        var (centres, spreads) = (new Tensor[classes.Length], new double[classes.Length]);
        for (var k = 0; k < classes.Length; k++)
        {
            var own = values.index_select(0, subject.Labels.eq(classes[k]).nonzero().squeeze(1));
            centres[k] = own.mean([0L]);
            spreads[k] = own.sub(centres[k]).norm(1, keepdim: false, p: 2f).mean().item<float>();
        }

        return Enumerable
            .Range(0, classes.Length)
            .Average(i => Enumerable.Range(0, classes.Length).Where(j => j != i).Max(j => (spreads[i] + spreads[j]) / Between(i, j)));

        double Between(int i, int j)
        {
            using var inner = NewDisposeScope();
            return Math.Max(centres[i].sub(centres[j]).norm().item<float>(), 1e-12);
        }
    }

    /// <summary>The mean cross-entropy of mixtures, half and half, of two training examples with one given label.</summary>
    public static double Mixup(ComplexitySubject subject)
    {
        using var scope = NewDisposeScope();
        var partners = Partners(subject.Labels.data<long>().ToArray(), subject.Seeds);
        var mixed = subject.Inputs.add(subject.Inputs.index_select(0, tensor(partners, int64))).mul(0.5);
        return subject.Network.Loss(mixed, subject.Labels);
    }

    /// <summary><see cref="DaviesBouldin"/> × <see cref="Mixup"/> (Natekar and Sharma 2020, arXiv:2012.02775).</summary>
    public static double DaviesBouldinMixup(ComplexitySubject subject) => DaviesBouldin(subject) * Mixup(subject);

    /// <summary>The mean prediction depth of the training examples over the number of layers.</summary>
    /// <returns>In [0, 1]: 0 where the neighbours of the input already tell every given label.</returns>
    public static double PredictionDepth(ComplexitySubject subject)
    {
        var labels = subject.Labels.data<long>().ToArray();
        var classes = (int)subject.Values[^1].shape[1];
        var probes = subject
            .Values.SkipLast(1)
            .Select(values => Neighbours.Classes(values, labels, classes, values, Features.PredictionDepth.Neighbours, isSame: true))
            .ToArray();
        using var final = subject.Values[^1].argmax(1);
        return Features.PredictionDepth.Of(probes, final.data<long>().ToArray()).Average() / probes.Length;
    }

    /// <summary>A random cycle through the examples of each label: each is mixed with the next one.</summary>
    internal static long[] Partners(long[] labels, Seeds seeds)
    {
        var partners = new long[labels.Length];
        var order = seeds.Permutation(SeedStreams.ComplexityPairs, 0, labels.Length);
        foreach (var own in order.GroupBy(i => labels[i]).Select(group => group.ToArray()))
        {
            for (var i = 0; i < own.Length; i++)
            {
                partners[own[i]] = own[(i + 1) % own.Length];
            }
        }

        return partners;
    }
}
