using Rote.Networks.Plain;
using Rote.Tensors;
using static TorchSharp.torch;

namespace Rote.Studies.Arpit2017.Networks;

/// <summary>How a small network is trained: SGD of constant step size on the mean cross-entropy.</summary>
internal sealed record SmallRecipe
{
    /// <summary>Hidden units of each layer.</summary>
    public required IReadOnlyList<int> Hidden { get; init; }

    /// <summary>The step size.</summary>
    public required double Rate { get; init; }

    /// <summary>Examples a step, at least 1.</summary>
    public required int Batch { get; init; }

    /// <summary>The most epochs.</summary>
    public required int Epochs { get; init; }

    /// <summary>Draws a network's initial weights.</summary>
    /// <param name="inputs">The number of inputs.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="seeds">The randomness.</param>
    /// <returns>The network; the caller's.</returns>
    public PlainNetwork Create(int inputs, int classes, Seeds seeds) => new([inputs, .. Hidden, classes], seeds);
}

/// <summary>Trains small networks.</summary>
internal static class SmallTraining
{
    /// <summary>Trains for the recipe's epochs, or until a look says that it is enough.</summary>
    /// <param name="network">The network; changed.</param>
    /// <param name="set">The training examples.</param>
    /// <param name="recipe">The recipe.</param>
    /// <param name="seeds">The randomness of the orders.</param>
    /// <param name="enough">Looks at the network after an epoch, counted from 1; true: stop.</param>
    /// <param name="cancel">Stops between two steps.</param>
    /// <param name="step">Takes a step on rows [b, d] and targets [b, C]; null: plain SGD.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was called.</exception>
    public static void Train(
        PlainNetwork network,
        TrainingSet set,
        SmallRecipe recipe,
        Seeds seeds,
        Func<int, bool> enough,
        CancellationToken cancel,
        Action<Tensor, Tensor>? step = null
    )
    {
        using var scope = NewDisposeScope();
        PlainSgd.Epochs(
            set.Rows,
            set.Targets(),
            (recipe.Batch, recipe.Epochs),
            seeds,
            step ?? ((rows, targets) => network.Step(rows, targets, recipe.Rate)),
            enough,
            cancel
        );
    }

    /// <summary>The classes that a network predicts, [n] int64 in the caller's scope.</summary>
    /// <param name="network">The network.</param>
    /// <param name="rows">[n, d] float32.</param>
    public static Tensor Predicted(PlainNetwork network, Tensor rows)
    {
        using var scope = NewDisposeScope();
        return network.Scores(rows).argmax(1).MoveToOuterDisposeScope();
    }

    /// <summary>The share of the predictions that equal the labels.</summary>
    /// <param name="network">The network.</param>
    /// <param name="rows">[n, d] float32.</param>
    /// <param name="labels">[n] int64.</param>
    public static double Accuracy(PlainNetwork network, Tensor rows, Tensor labels)
    {
        using var scope = NewDisposeScope();
        return Share(Predicted(network, rows).eq(labels));
    }

    /// <summary>The share of true values.</summary>
    /// <param name="values">[n] bool, n at least 1.</param>
    public static double Share(Tensor values)
    {
        using var scope = NewDisposeScope();
        return values.sum([0L]).item<long>() / (double)values.shape[0];
    }
}
