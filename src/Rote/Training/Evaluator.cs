using Rote.Tensors;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Training;

/// <summary>A pass over a set with fixed weights, in inference mode.</summary>
public static class Evaluator
{
    /// <summary>Large enough that matrix products run at full rate: 250 took the MLP 40 % longer.</summary>
    private const int OfVectors = 500;

    /// <summary>What networks with convolutions are trained on at a time. They are as fast with 500, but those activations are four times
    /// as large as in training and did not fit where these had been: the heap grew from 1.9 to 2.7 GB in the fifth evaluation of a residual
    /// network.</summary>
    private const int OfPictures = 128;

    /// <summary>The batch size at which a network predicts fastest.</summary>
    /// <param name="network">Any network; with a convolution or without.</param>
    internal static int BatchSize(Module network) => network.parameters().Any(parameter => parameter.dim() == 4) ? OfPictures : OfVectors;

    /// <summary>Counts right predictions.</summary>
    /// <param name="network">From inputs to logits; left in evaluation mode.</param>
    /// <param name="data">What to predict.</param>
    /// <param name="cancel">Stops between two batches.</param>
    /// <returns>How many examples' largest logit is that of their label, in [0, data.Count].</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was called.</exception>
    public static long CountCorrect(Module<Tensor, Tensor> network, PreparedData data, CancellationToken cancel = default) =>
        Count(network, data, cancel).Correct;

    /// <summary>Counts predictions of the labels given and, where they are partly wrong, of the true ones, in one pass.</summary>
    /// <param name="network">From inputs to logits; left in evaluation mode.</param>
    /// <param name="data">What to predict.</param>
    /// <param name="cancel">Stops between two batches: a pass over a large set takes minutes on a busy machine.</param>
    /// <returns>The counts; only the first where <see cref="PreparedData.TrueLabels"/> is null.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was called.</exception>
    public static FitCounts Count(Module<Tensor, Tensor> network, PreparedData data, CancellationToken cancel = default) =>
        Count(network, data, withLoss: false, cancel);

    /// <summary>The same, and the loss in the same pass if it is asked for.</summary>
    /// <param name="network">From inputs to logits; left in evaluation mode.</param>
    /// <param name="data">What to predict.</param>
    /// <param name="withLoss">Whether the loss is computed too; it is NaN or infinite where a logit is.</param>
    /// <param name="cancel">Stops between two batches.</param>
    /// <returns>The counts, with the loss.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was called.</exception>
    public static FitCounts Count(Module<Tensor, Tensor> network, PreparedData data, bool withLoss, CancellationToken cancel)
    {
        using var scope = NewDisposeScope();
        var (counts, loss) = (zeros([4], int64, data.Device), 0.0);
        Pass(network, data, null, Take, cancel);
        var known = counts.OnCpu().data<long>().ToArray();
        return new FitCounts(known[0], known[1], known[2], known[3]) { Loss = withLoss ? loss / data.Count : null };

        void Take(int start, Tensor logits, Tensor given)
        {
            Add(counts, logits.argmax(1), given, data.TrueLabels?.narrow(0, start, given.shape[0]));
            if (withLoss)
            {
                loss += functional.cross_entropy(logits, given, reduction: Reduction.Sum).item<float>();
            }
        }
    }

    /// <summary>Shows a network examples, a batch at a time, in inference mode. Hooks of its layers are called.</summary>
    /// <param name="network">From inputs to logits; left in evaluation mode.</param>
    /// <param name="data">The examples.</param>
    /// <param name="rows">[C] int64 which of them, where the data is; null: all.</param>
    /// <param name="take">Takes the place of a batch's first example among those shown, its logits [B, K] and its given labels [B]; both
    /// are disposed of afterwards.</param>
    /// <param name="cancel">Stops between two batches.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was called.</exception>
    internal static void Pass(
        Module<Tensor, Tensor> network,
        PreparedData data,
        Tensor? rows,
        Action<int, Tensor, Tensor> take,
        CancellationToken cancel = default
    )
    {
        SignalStack.Ensure();
        using var noGrad = no_grad();
        network.eval();
        var (size, all) = (BatchSize(network), (int)(rows?.shape[0] ?? data.Count));
        for (var start = 0; start < all; start += size)
        {
            cancel.ThrowIfCancellationRequested();
            using var batch = NewDisposeScope();
            var count = Math.Min(size, all - start);
            if (rows?.narrow(0, start, count) is { } some)
            {
                take(start, network.call(data.At(some)), data.Labels.index_select(0, some));
            }
            else
            {
                take(start, network.call(data.Part(start, count)), data.Labels.narrow(0, start, count));
            }
        }
    }

    /// <summary>Which examples' given labels a network predicts.</summary>
    /// <param name="network">From inputs to logits; left in evaluation mode.</param>
    /// <param name="data">The examples.</param>
    /// <param name="rows">[C] int64 which of them, where the data is; null: all.</param>
    /// <param name="cancel">Stops between two batches.</param>
    /// <returns>[C] int64, 0 or 1, in the order of the rows; in the caller's dispose scope.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was called.</exception>
    internal static Tensor Fitted(
        Module<Tensor, Tensor> network,
        PreparedData data,
        Tensor? rows = null,
        CancellationToken cancel = default
    )
    {
        var fitted = zeros([rows?.shape[0] ?? data.Count], int64, data.Device);
        Pass(network, data, rows, Take, cancel);
        return fitted;

        void Take(int start, Tensor logits, Tensor labels) => fitted.narrow(0, start, labels.shape[0]).copy_(logits.argmax(1).eq(labels));
    }

    /// <summary>The cross-entropy of every example's given label.</summary>
    /// <param name="network">From inputs to logits; left in evaluation mode.</param>
    /// <param name="data">The examples.</param>
    /// <returns>[N] float32 nats, in the caller's dispose scope.</returns>
    internal static Tensor Losses(Module<Tensor, Tensor> network, PreparedData data)
    {
        var losses = zeros([data.Count], float32, data.Device);
        Pass(network, data, null, Take);
        return losses;

        void Take(int start, Tensor logits, Tensor labels) =>
            losses.narrow(0, start, labels.shape[0]).copy_(functional.cross_entropy(logits, labels, reduction: Reduction.None));
    }

    /// <summary>Right predictions in a batch, on the device.</summary>
    /// <param name="logits">[B, K].</param>
    /// <param name="labels">[B] int64.</param>
    /// <returns>[] int64, in the caller's dispose scope.</returns>
    internal static Tensor CorrectIn(Tensor logits, Tensor labels) => logits.argmax(1).eq(labels).sum(0L);

    /// <summary>Adds a batch to the counts, on the device.</summary>
    /// <param name="counts">[4] int64, as in <see cref="FitCounts"/>.</param>
    /// <param name="predicted">[B] int64.</param>
    /// <param name="given">[B] int64.</param>
    /// <param name="truth">[B] int64; null: all labels given are taken for true.</param>
    private static void Add(Tensor counts, Tensor predicted, Tensor given, Tensor? truth)
    {
        var fitted = predicted.eq(given); // [B]
        counts.narrow(0, 0, 1).add_(fitted.sum(0L));
        if (truth is not null)
        {
            var unchanged = given.eq(truth); // [B]
            var changed = unchanged.logical_or(truth.lt(0)).logical_not(); // [B]: what was planted is neither
            counts.narrow(0, 1, 1).add_(fitted.logical_and(unchanged).sum(0L));
            counts.narrow(0, 2, 1).add_(fitted.logical_and(changed).sum(0L));
            counts.narrow(0, 3, 1).add_(predicted.eq(truth).logical_and(changed).sum(0L));
        }
    }
}
