using Rote.Measurement;
using Rote.Networks;
using Rote.Tensors;
using Rote.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Memorization;

/// <summary>The logits of two networks for the same examples.</summary>
/// <param name="labels">[N] class numbers.</param>
/// <param name="low">[N·K] logits of the network that memorizes little, example after example.</param>
/// <param name="high">[N·K] the same of the network that memorizes all.</param>
/// <param name="sure">[N] how sure the latter is: the largest of its softmax probabilities, as the gated network computes it.</param>
internal sealed class LogitPairs(int[] labels, float[] low, float[] high, float[] sure)
{
    private readonly int _classes = labels.Length == 0 ? 0 : low.Length / labels.Length;
    private readonly bool[] _isRightByLow = AreRight(labels, low); // [N]
    private readonly bool[] _isRightByHigh = AreRight(labels, high); // [N]

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
        var which = rows is null ? arange(data.Count, int64, data.Device) : tensor(rows.ToArray(), int64, data.Device);
        var ofHigh = Logits(high, data, which);
        return new LogitPairs(
            [.. data.Labels.index_select(0, which).OnCpu().data<long>().ToArray().Select(label => (int)label)],
            Logits(low, data, which),
            ofHigh,
            Sure(ofHigh, (int)which.shape[0])
        );
    }

    /// <summary>[N] the largest softmax probabilities of logits [N·K].</summary>
    internal static float[] Sure(float[] logits, int count)
    {
        using var scope = NewDisposeScope();
        return count == 0
            ? []
            : GatedNetwork.Sure(tensor(logits, [count, logits.Length / count], float32, CPU)).OnCpu().data<float>().ToArray();
    }

    /// <summary>Counts the labels that the two networks together predict; of equal logits the lowest class counts, as in <see
    /// cref="Predictions"/>.</summary>
    /// <param name="opening">As <see cref="GatedNetwork.Opening"/>.</param>
    /// <returns>From 0 to <see cref="Count"/>.</returns>
    public int Right(double opening)
    {
        var surest = GatedNetwork.Surest(opening);
        return Enumerable
            .Range(0, Count)
            .Count(example =>
                opening < 0 ? IsRightMovedAway(example, opening)
                : sure[example] >= surest ? _isRightByHigh[example]
                : _isRightByLow[example]
            );
    }

    /// <summary>How many labels are predicted at an opening: where the number changes.</summary>
    /// <returns>Openings, ascending and each once, from −∞ to 1, and the number of labels that are predicted from each on; below the first
    /// none is.</returns>
    public IReadOnlyList<(double Opening, int Right)> Changes()
    {
        var changes = new List<(double Opening, int Step)>();
        for (var example = 0; example < Count; example++)
        {
            var (from, until) = MovedAway(example);
            Add(from, until);
            Add(0, _isRightByLow[example] ? 1 - sure[example] : 0);
            Add(1 - sure[example], _isRightByHigh[example] ? double.PositiveInfinity : 0);
        }

        var right = 0;
        return
        [
            .. changes
                .GroupBy(change => change.Opening, (opening, some) => (Opening: opening, Step: some.Sum(change => change.Step)))
                .Where(change => change.Step != 0)
                .OrderBy(change => change.Opening)
                .Select(change => (change.Opening, right += change.Step)),
        ];

        void Add(double from, double until)
        {
            if (from < until)
            {
                changes.AddRange(double.IsPositiveInfinity(until) ? [(from, 1)] : [(from, 1), (until, -1)]);
            }
        }
    }

    /// <summary>[N·K] the logits of some examples.</summary>
    private static float[] Logits(Module<Tensor, Tensor> network, PreparedData data, Tensor rows)
    {
        var logits = Array.Empty<float>();
        Evaluator.Pass(network, data, rows, Take);
        return logits;

        void Take(int start, Tensor batch, Tensor labels)
        {
            var classes = (int)batch.shape[1];
            logits = start == 0 ? new float[rows.shape[0] * classes] : logits;
            batch.OnCpu().data<float>().ToArray().CopyTo(logits, start * classes);
        }
    }

    /// <summary>The openings below 0 at which a label is predicted: its lead over each class is linear in the opening.</summary>
    /// <returns>From the first up to, not with, the second, which is at most 0; not a range where there are none.</returns>
    private (double From, double Until) MovedAway(int example)
    {
        var (start, own) = (example * _classes, (example * _classes) + labels[example]);
        var (from, until) = (double.NegativeInfinity, 0.0);
        for (var at = start; at < start + _classes; at++)
        {
            var (leadLow, leadHigh) = ((double)low[own] - low[at], (double)high[own] - high[at]);
            if (at == own)
            {
                continue;
            }

            if (leadHigh > leadLow)
            {
                from = Math.Max(from, leadLow / (leadLow - leadHigh));
            }
            else if (leadHigh < leadLow)
            {
                until = Math.Min(until, leadLow / (leadLow - leadHigh));
            }
            else if (leadLow < 0 || (leadLow == 0 && at < own)) // of equal logits the lowest class is predicted
            {
                return (0, 0);
            }
        }

        return (from, until);
    }

    /// <summary>Whether the label is predicted where the first network is moved away from the second.</summary>
    private bool IsRightMovedAway(int example, double opening)
    {
        var (ofLow, ofHigh, start) = ((float)(1 - opening), (float)opening, example * _classes); // as the gated network computes it
        var mixed = new float[_classes];
        for (var k = 0; k < _classes; k++)
        {
            mixed[k] = (ofLow * low[start + k]) + (ofHigh * high[start + k]);
        }

        return ArgMax.Of(mixed) == labels[example];
    }

    private static bool[] AreRight(int[] labels, float[] logits)
    {
        var classes = labels.Length == 0 ? 0 : logits.Length / labels.Length;
        return [.. labels.Select((label, example) => ArgMax.Of(logits.AsSpan(example * classes, classes)) == label)];
    }
}
