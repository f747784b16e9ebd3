using Rote.Measurement;
using Rote.Tensors;
using Rote.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Memorization;

/// <summary>The logits of two networks for the same examples.</summary>
/// <param name="labels">[N] class numbers.</param>
/// <param name="low">[N·K] logits of the network that memorizes little, example after example.</param>
/// <param name="high">[N·K] the same of the network that memorizes all.</param>
internal sealed class LogitPairs(int[] labels, float[] low, float[] high)
{
    private readonly int _classes = labels.Length == 0 ? 0 : low.Length / labels.Length;

    /// <summary>Number of examples N.</summary>
    public int Count => labels.Length;

    /// <summary>Asks two networks about examples.</summary>
    /// <param name="low">The network that memorizes little, to float32 logits; left in evaluation mode.</param>
    /// <param name="high">The network that memorizes all.</param>
    /// <param name="data">The examples.</param>
    /// <param name="rows">Which of them; null: all.</param>
    public static LogitPairs Of(
        Module<Tensor, Tensor> low,
        Module<Tensor, Tensor> high,
        PreparedData data,
        IReadOnlyList<long>? rows = null
    )
    {
        using var scope = NewDisposeScope();
        long[] which = rows is null ? [.. Enumerable.Range(0, data.Count).Select(row => (long)row)] : [.. rows];
        var labels = data.Labels.index_select(0, tensor(which, int64, data.Device)).OnCpu();
        return new LogitPairs(
            [.. labels.data<long>().ToArray().Select(label => (int)label)],
            Logits(low, data, which),
            Logits(high, data, which)
        );
    }

    /// <summary>Counts the labels that the mixture predicts; of equal logits the lowest class counts, as in <see
    /// cref="Predictions"/>.</summary>
    /// <param name="share">a, the share of the second network.</param>
    /// <returns>From 0 to <see cref="Count"/>.</returns>
    public int Right(double share) => Enumerable.Range(0, Count).Count(example => Argmax(example, share) == labels[example]);

    /// <summary>The share from which on the mixture predicts each label, up to 1.</summary>
    /// <returns>[N] thresholds; −∞: it does at every share below 1 as well; +∞: it does not at 1.</returns>
    public double[] Thresholds()
    {
        var thresholds = new double[Count];
        for (var example = 0; example < Count; example++)
        {
            thresholds[example] = Threshold(example);
        }

        return thresholds;
    }

    /// <summary>[N·K] the logits of some examples, a batch at a time.</summary>
    private static float[] Logits(Module<Tensor, Tensor> network, PreparedData data, long[] rows)
    {
        using var noGrad = no_grad();
        network.eval();
        var parts = new List<float[]>();
        foreach (var some in rows.Chunk(Evaluator.BatchSize(network)))
        {
            using var batch = NewDisposeScope();
            parts.Add(network.forward(data.At(tensor(some, int64, data.Device))).OnCpu().data<float>().ToArray());
        }

        return [.. parts.SelectMany(part => part)];
    }

    private double Threshold(int example)
    {
        var (start, own) = (example * _classes, (example * _classes) + labels[example]);
        if (Argmax(example, 1) != labels[example])
        {
            return double.PositiveInfinity;
        }

        // The label's lead over each class is linear in the share and above 0 at 1; it is 0 below where it is smaller at 0
        var threshold = double.NegativeInfinity;
        for (var at = start; at < start + _classes; at++)
        {
            var (leadLow, leadHigh) = ((double)low[own] - low[at], (double)high[own] - high[at]);
            if (at != own && leadHigh > leadLow)
            {
                threshold = Math.Max(threshold, leadLow / (leadLow - leadHigh));
            }
        }

        return threshold;
    }

    private int Argmax(int example, double share)
    {
        var (ofLow, ofHigh) = ((float)(1 - share), (float)share); // as the mixed network computes it
        var (start, best, most) = (example * _classes, 0, float.NegativeInfinity);
        for (var k = 0; k < _classes; k++)
        {
            var logit = (ofLow * low[start + k]) + (ofHigh * high[start + k]);
            if (logit > most)
            {
                (best, most) = (k, logit);
            }
        }

        return best;
    }
}
