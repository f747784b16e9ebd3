using Rote.Measurement;
using Rote.Tensors;
using static TorchSharp.torch;

namespace Rote.Tests.Support;

/// <summary>Random logits of some epochs, kept whole, and what a measure and a naive loop make of them.</summary>
internal sealed class Dynamics
{
    public const int Examples = 40;
    public const int Classes = 3;
    public const int Epochs = 7;

    private readonly float[][] _logits; // [epoch][example * Classes + class]
    private readonly int[] _labels;
    private readonly long[][] _orders;

    public Dynamics(long seed)
    {
        var stream = new Seeds(seed).Stream("dynamics");
        _labels = [.. Enumerable.Range(0, Examples).Select(_ => stream.NextInt(Classes))];
        _logits =
        [
            .. Enumerable
                .Range(0, Epochs)
                .Select(_ =>
                {
                    var values = new float[Examples * Classes];
                    stream.FillGaussian(values);
                    return values;
                }),
        ];
        _orders = [.. Enumerable.Range(0, Epochs).Select(e => new Seeds(seed).Permutation("order", e, Examples))];
    }

    /// <summary>What a measure keeps after all epochs, each given in an order of its own.</summary>
    public float[] Measure(IExampleMeasure measure, string name)
    {
        using var scope = NewDisposeScope();
        var labels = tensor(Array.ConvertAll(_labels, l => (long)l));
        for (var e = 0; e < Epochs; e++)
        {
            var inOrder = _orders[e].SelectMany(i => _logits[e].Skip((int)i * Classes).Take(Classes)).ToArray();
            measure.Add(EpochOutputs.Of(e + 1, tensor(_orders[e]), tensor(inOrder, [Examples, Classes]), labels));
        }

        return measure.Results.Single(r => r.Name == name).Values;
    }

    /// <summary>Demands that a measure's numbers are those of a loop over an example's epochs.</summary>
    /// <param name="found">[N].</param>
    /// <param name="naive">From an example's margins, label probabilities and error vectors' lengths, epoch by epoch.</param>
    public void Check(float[] found, Func<double[], double[], double[], double> naive)
    {
        for (var i = 0; i < Examples; i++)
        {
            var (margins, probabilities, errors) = (new double[Epochs], new double[Epochs], new double[Epochs]);
            for (var e = 0; e < Epochs; e++)
            {
                var logits = Enumerable.Range(0, Classes).Select(k => (double)_logits[e][(i * Classes) + k]).ToArray();
                var sum = logits.Sum(Math.Exp);
                margins[e] = logits[_labels[i]] - logits.Where((_, k) => k != _labels[i]).Max();
                probabilities[e] = Math.Exp(logits[_labels[i]]) / sum;
                errors[e] = Math.Sqrt(logits.Select((z, k) => Math.Pow((Math.Exp(z) / sum) - (k == _labels[i] ? 1 : 0), 2)).Sum());
            }

            Assert.Equal(naive(margins, probabilities, errors), found[i], 1e-5);
        }
    }
}
