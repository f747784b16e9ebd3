using Rote.Data;
using Rote.Measurement;
using Rote.Tensors;
using Rote.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Tests.Support;

/// <summary>A network that answers with given logits, whatever it is shown: example after example, from the first.</summary>
internal sealed class FixedLogits : Module<Tensor, Tensor>
{
    private readonly float[][] _rows;
    private int _next;

    public FixedLogits(float[][] rows)
        : base(nameof(FixedLogits)) => _rows = rows;

    public override Tensor forward(Tensor input)
    {
        var count = (int)input.shape[0];
        var rows = _rows.Skip(_next).Take(count).SelectMany(row => row).ToArray();
        _next += count;
        return tensor(rows, [count, _rows[0].Length]);
    }

    /// <summary>Predictions from logits and labels.</summary>
    public static Predictions Predict(float[][] logits, long[] labels, bool keepLogits = false)
    {
        using var scope = NewDisposeScope();
        using var network = new FixedLogits(logits);
        using var images = new Dataset(
            zeros([labels.Length, 1, 1, 1], uint8),
            tensor(labels, int64),
            [.. Enumerable.Range(0, logits[0].Length).Select(k => $"class {k}")],
            Split.Test,
            new Provenance("fixed", "made by the test", "")
        );
        using var data = PreparedData.From(images, Precision.Float32);
        return Predictions.Of(network, data, keepLogits);
    }
}
