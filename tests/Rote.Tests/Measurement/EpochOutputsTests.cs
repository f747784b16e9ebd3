using Rote.Measurement;
using Rote.Tensors;
using Rote.Tests.Support;
using static TorchSharp.torch;

namespace Rote.Tests.Measurement;

[NoTensorLeaks]
public sealed class EpochOutputsTests
{
    [Fact]
    public void Rows_come_back_in_the_order_of_the_data()
    {
        using var scope = NewDisposeScope();

        // The first row is example 1: of two classes its label 0 leads by 3; example 0 has label 1 and is behind by 1.
        var outputs = EpochOutputs.Of(
            4,
            tensor(new long[] { 1, 0 }),
            tensor(new float[] { 3, 0, 1, 0 }, [2, 2]),
            tensor(new long[] { 1, 0 })
        );
        Assert.Equal([-1f, 3f], outputs.Margin);
        Assert.Equal((false, true, 4, 2), (outputs.IsRight(0), outputs.IsRight(1), outputs.Epoch, outputs.Count));
        Assert.Equal(1 / (1 + Math.Exp(1)), outputs.LabelProbability[0], 6);

        // Two classes: the error vector is (1 − p)·(1, −1).
        Assert.Equal((1 - outputs.LabelProbability[1]) * Math.Sqrt(2), outputs.ErrorNorm[1], 5);
    }

    [Fact]
    public void Parts_of_an_epoch_give_the_bits_of_the_whole()
    {
        using var scope = NewDisposeScope();
        var (random, count) = (new Seeds(1).Stream("test"), 40);
        var order = tensor(Enumerable.Range(0, count).Select(i => (long)((i * 7) % count)).ToArray());
        var labels = tensor(Enumerable.Range(0, count).Select(_ => (long)random.NextInt(5)).ToArray());
        var logits = tensor(Enumerable.Range(0, count * 5).Select(_ => ((float)random.NextDouble() - 0.5f) * 20).ToArray(), [count, 5]);
        var (whole, parts) = (EpochOutputs.Of(1, order, logits, labels), EpochOutputs.Blank(1, count));
        Assert.All(parts.Margin, value => Assert.Equal(float.NaN, value));
        foreach (var (start, size) in new[] { (0, 17), (17, 1), (18, 22) })
        {
            parts.Fill(order.narrow(0, start, size), logits.narrow(0, start, size), labels);
        }

        Assert.Equal(whole.Margin, parts.Margin);
        Assert.Equal(whole.LabelProbability, parts.LabelProbability);
        Assert.Equal(whole.ErrorNorm, parts.ErrorNorm);
    }

    [Fact]
    public void A_tie_is_no_right_prediction()
    {
        using var scope = NewDisposeScope();
        Assert.False(
            EpochOutputs.Of(1, tensor(new long[] { 0 }), tensor(new float[] { 2, 2 }, [1, 2]), tensor(new long[] { 0 })).IsRight(0)
        );
    }

    [Fact]
    public void Another_number_of_labels_is_refused()
    {
        using var scope = NewDisposeScope();
        Assert.Contains(
            "logits",
            Assert
                .Throws<ArgumentException>(() => EpochOutputs.Of(1, tensor(new long[] { 0 }), zeros(1, 2), tensor(new long[] { 0, 1 })))
                .Message,
            StringComparison.Ordinal
        );
    }
}
