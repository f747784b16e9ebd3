using Rote.Tensors;
using static TorchSharp.torch;

namespace Rote.Networks.Plain;

/// <summary>How a plain network is trained: SGD of constant step size until it fits.</summary>
internal sealed record PlainRecipe
{
    /// <summary>Hidden units of each layer.</summary>
    public required IReadOnlyList<int> Hidden { get; init; }

    /// <summary>The step size.</summary>
    public required double Rate { get; init; }

    /// <summary>Examples a step, at least 1.</summary>
    public required int Batch { get; init; }

    /// <summary>The margin that counts as fitted: the label's score minus the largest other one, in logits.</summary>
    public required double Margin { get; init; }

    /// <summary>The share of the training examples that must have more than this margin.</summary>
    public required double Share { get; init; }

    /// <summary>The most epochs.</summary>
    public required int MostEpochs { get; init; }
}

/// <summary>Trains plain networks.</summary>
internal static class PlainSgd
{
    private const int RowsAtOnce = 1024;

    /// <summary>Trains until the share of the margins is reached after an epoch, or the epochs are over.</summary>
    /// <param name="network">The network; changed.</param>
    /// <param name="rows">[n, in] float32.</param>
    /// <param name="labels">[n] int64.</param>
    /// <param name="recipe">The recipe.</param>
    /// <param name="seeds">The randomness of the orders.</param>
    /// <param name="cancel">Stops between two steps.</param>
    /// <returns>The epochs; null if the share was not reached.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was called.</exception>
    public static int? Train(PlainNetwork network, Tensor rows, Tensor labels, PlainRecipe recipe, Seeds seeds, CancellationToken cancel)
    {
        using var scope = NewDisposeScope();
        var targets = nn.functional.one_hot(labels, network.Biases[^1].shape[0]).to(float32);
        return Epochs(
            rows,
            targets,
            (recipe.Batch, recipe.MostEpochs),
            seeds,
            (some, theirs) => network.Step(some, theirs, recipe.Rate),
            _ => ShareAbove(network, rows, labels, recipe.Margin) >= recipe.Share,
            cancel
        );
    }

    /// <summary>Takes steps on all examples, epoch by epoch in orders of its own, until a look says that it is enough.</summary>
    /// <param name="rows">[n, in] float32.</param>
    /// <param name="targets">[n, C] float32.</param>
    /// <param name="size">Examples a step, and the most epochs.</param>
    /// <param name="seeds">The randomness of the orders.</param>
    /// <param name="step">Takes a step on rows [b, in] and targets [b, C]; tensors that it makes are freed after it.</param>
    /// <param name="enough">Looks after an epoch, counted from 1; true: stop.</param>
    /// <param name="cancel">Stops between two steps.</param>
    /// <returns>The epochs after which it was enough; null if it never was.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was called.</exception>
    public static int? Epochs(
        Tensor rows,
        Tensor targets,
        (int Batch, int Most) size,
        Seeds seeds,
        Action<Tensor, Tensor> step,
        Func<int, bool> enough,
        CancellationToken cancel
    )
    {
        var count = (int)rows.shape[0];
        for (var epoch = 1; epoch <= size.Most; epoch++)
        {
            using (NewDisposeScope())
            {
                var order = tensor(seeds.Permutation(SeedStreams.PlainOrder, epoch - 1, count), int64);
                var (own, wanted) = (rows.index_select(0, order), targets.index_select(0, order));
                for (var start = 0; start < count; start += size.Batch)
                {
                    cancel.ThrowIfCancellationRequested();
                    using var inner = NewDisposeScope();
                    var examples = Math.Min(size.Batch, count - start);
                    step(own.narrow(0, start, examples), wanted.narrow(0, start, examples));
                }
            }

            if (enough(epoch))
            {
                return epoch;
            }
        }

        return null;
    }

    /// <summary>The share of examples whose margin is above a bound.</summary>
    /// <param name="network">The network.</param>
    /// <param name="rows">[n, in] float32.</param>
    /// <param name="labels">[n] int64.</param>
    /// <param name="margin">The bound in logits; 0: the share that is right.</param>
    /// <returns>A share in [0, 1].</returns>
    public static double ShareAbove(PlainNetwork network, Tensor rows, Tensor labels, double margin)
    {
        var above = 0L;
        for (var start = 0L; start < rows.shape[0]; start += RowsAtOnce)
        {
            using var scope = NewDisposeScope();
            var size = Math.Min(RowsAtOnce, rows.shape[0] - start);
            var scores = network.Scores(rows.narrow(0, start, size));
            var column = labels.narrow(0, start, size).unsqueeze(1);
            var own = scores.gather(1, column).squeeze(1);
            var rival = scores.scatter(1, column, full_like(column, float.NegativeInfinity, float32)).amax([1L]);
            above += own.sub(rival).gt(margin).sum([0L]).item<long>();
        }

        return (double)above / rows.shape[0];
    }
}
