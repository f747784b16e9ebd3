using Rote.Tensors;
using Rote.Tests.Support;
using Rote.Training.Losses;
using static TorchSharp.torch;

namespace Rote.Tests.Training.Losses;

/// <summary>Self-ensemble label correction against its algorithm, written as loops in float64.</summary>
[NoTensorLeaks]
public sealed class LabelCorrectionTests
{
    private const int Classes = 4;
    private const int Epochs = 10;
    private static readonly long[] Rows = [7, 3, 19, 0, 11];
    private static readonly long[] Labels = [1, 0, 3, 2, 1];

    [Theory]
    [InlineData(0.2, 0.9)]
    [InlineData(0.3, 0.5)]
    [InlineData(0, 0.9)]
    [InlineData(0, 0)]
    public void A_target_is_the_label_and_then_an_average_of_predictions(double start, double memory)
    {
        using var scope = NewDisposeScope();
        using var loss = Create(new SelfEnsembleLabelCorrection { Start = start, Memory = memory });
        var targets = Labels.Select(label => Enumerable.Range(0, Classes).Select(k => k == label ? 1.0 : 0).ToArray()).ToArray();
        for (var epoch = 1; epoch <= Epochs; epoch++)
        {
            var logits = Logits(epoch);
            var predicted = logits.Select(Softmax).ToArray();
            if (epoch > Math.Round(start * Epochs))
            {
                targets = [.. targets.Zip(predicted, (t, p) => t.Zip(p, (a, b) => (memory * a) + ((1 - memory) * b)).ToArray())];
            }

            var expected = targets.Zip(predicted, (t, p) => -t.Zip(p, (a, b) => a * Math.Log(b)).Sum()).Average();
            Assert.Equal(expected, Of(loss, logits), 1e-5);
        }

        var held = loss.Tensors.Single(named => named.Name == "targets").Value.data<float>().ToArray().Chunk(Classes).ToArray();
        Assert.All(Rows.Zip(targets), pair => Assert.Equal(pair.Second, held[pair.First].Select(value => (double)value), Near));
        Assert.All(held.Where((_, row) => !Rows.Contains(row)), row => Assert.All(row, value => Assert.Equal(0, value)));
    }

    [Theory]
    [InlineData(0.2, 1)]
    [InlineData(1, 0.9)]
    public void With_all_of_the_memory_or_all_of_the_epochs_plain_it_is_cross_entropy(double start, double memory)
    {
        using var scope = NewDisposeScope();
        using var loss = Create(new SelfEnsembleLabelCorrection { Start = start, Memory = memory });
        using var plain = Create(new CrossEntropy());
        for (var epoch = 1; epoch <= Epochs; epoch++)
        {
            Assert.Equal(Of(plain, Logits(epoch)), Of(loss, Logits(epoch)), 1e-6);
        }
    }

    // The gradient of cross-entropy against a target that is held fixed: (p − t) / B.
    [Fact]
    public void No_gradient_goes_through_the_target()
    {
        using var scope = NewDisposeScope();
        using var loss = Create(new SelfEnsembleLabelCorrection { Start = 0, Memory = 0.9 });
        var logits = Logits(1);
        var input = Tensor(logits).requires_grad_();
        loss.Of(input, tensor(Labels, int64), tensor(Rows, int64)).backward();
        var gradient = input.grad!.data<float>().ToArray().Chunk(Classes).ToArray();
        for (var i = 0; i < Rows.Length; i++)
        {
            var p = Softmax(logits[i]);
            var expected = p.Select((value, k) => (value - (0.1 * value) - (k == Labels[i] ? 0.9 : 0)) / Rows.Length);
            Assert.Equal(expected, gradient[i].Select(value => (double)value), Near);
        }
    }

    [Fact]
    public void Its_number_is_where_correction_begins()
    {
        Assert.Equal(new SelfEnsembleLabelCorrection(), LossCatalog.Find("selc"));
        Assert.Equal(new SelfEnsembleLabelCorrection { Start = 0.5 }, LossCatalog.Find("selc=0.5"));
        Assert.Throws<InputException>(() => LossCatalog.Find("selc=2"));
    }

    private static bool Near(double a, double b) => Math.Abs(a - b) < 1e-6;

    private static LossFunction Create(Loss loss) => loss.Create(new LossSetting(0, Epochs, 20, Classes, new Seeds(1)));

    private static double Of(LossFunction loss, float[][] logits) =>
        loss.Of(Tensor(logits), tensor(Labels, int64), tensor(Rows, int64)).item<float>();

    private static Tensor Tensor(float[][] logits) => tensor(logits.SelectMany(row => row).ToArray(), [logits.Length, Classes]);

    private static float[][] Logits(int epoch)
    {
        var stream = new Seeds(2).Stream("logits", epoch);
        return [.. Rows.Select(_ => Enumerable.Range(0, Classes).Select(_ => (float)(4 * stream.NextDouble())).ToArray())];
    }

    private static double[] Softmax(float[] logits)
    {
        var exponentials = logits.Select(value => Math.Exp(value)).ToArray();
        return [.. exponentials.Select(e => e / exponentials.Sum())];
    }
}
