using Rote.Data;
using Rote.Training.Augmentations;

namespace Rote.Training;

/// <summary>The sets that one run trains on, stops by and is tested on.</summary>
public sealed class TrainingData : IDisposable
{
    /// <summary>Takes ownership of the sets.</summary>
    /// <param name="train">What is trained on.</param>
    /// <param name="test">What is tested on; it never influences training.</param>
    /// <param name="heldOut">Training examples kept away from training; null: none.</param>
    public TrainingData(PreparedData train, PreparedData test, PreparedData? heldOut = null) =>
        (Train, Test, HeldOut) = (train, test, heldOut);

    /// <summary>What is trained on, as it is evaluated: without augmentation.</summary>
    public PreparedData Train { get; }

    /// <summary>What is tested on.</summary>
    public PreparedData Test { get; }

    /// <summary>Training examples kept away from training; null: none.</summary>
    public PreparedData? HeldOut { get; }

    /// <summary>[N] rows of <see cref="Train"/> in the whole training set, ascending; null: all of them.</summary>
    public IReadOnlyList<long>? Rows { get; private init; }

    /// <summary>Makes the batches of training where they are augmented; null where they are not.</summary>
    internal Augmenter? Augmenter { get; private init; }

    /// <summary>Makes augmented copies of the training examples, for a training method that asks for them; null: none.</summary>
    internal Augmenter? Nearby { get; private init; }

    /// <summary>Prepares an experiment's data.</summary>
    /// <param name="images">Cropped and corrupted images; still the caller's.</param>
    /// <param name="uncropped">The same training examples before the crop, which random windows are taken from; still the caller's; null:
    /// the cropped ones.</param>
    /// <param name="recipe">Augmentation, precision and device.</param>
    /// <param name="rows">Which examples are held out; null: none.</param>
    /// <param name="trueLabels">[N] labels of all training examples before the corruption, so that fitted labels can be counted by kind;
    /// null: those of the images.</param>
    /// <param name="nearby">The changes of augmented copies, where the training method asks for them; null: it does not, or the examples
    /// are vectors.</param>
    /// <returns>Copies that the caller owns.</returns>
    /// <exception cref="InputException">The augmentation does not fit the images.</exception>
    public static TrainingData From(
        DatasetSplits images,
        Dataset? uncropped,
        Recipe recipe,
        HeldOutRows? rows,
        IReadOnlyList<long>? trueLabels = null,
        Augmentation? nearby = null
    )
    {
        // First, because it may refuse. Windows are of whole pictures where the network sees the middle.
        var source = recipe.Augmentation is null || uncropped is null ? images.Train : uncropped;
        var augmenter = recipe.Augmentation is { } augmentation
            ? new Augmenter(source, images.Train.Height, images.Train.Width, augmentation, recipe.Precision, rows?.Kept, recipe.Device)
            : null;
        return new TrainingData(
            PreparedData.Of(
                images.Train,
                recipe.Precision,
                rows is null || trueLabels is null ? trueLabels : [.. rows.Kept.Select(row => trueLabels[(int)row])],
                rows?.Kept,
                device: recipe.Device
            ),
            PreparedData.From(images.Test, recipe.Precision, device: recipe.Device),
            rows is null or { HeldOut.Length: 0 }
                ? null
                : PreparedData.Of(images.Train, recipe.Precision, trueLabels: null, rows.HeldOut, device: recipe.Device)
        )
        {
            Rows = rows?.Kept,
            Augmenter = augmenter,
            Nearby =
                nearby is null || images.Train.IsVectors
                    ? null
                    : new Augmenter(
                        images.Train,
                        images.Train.Height,
                        images.Train.Width,
                        nearby,
                        recipe.Precision,
                        rows?.Kept,
                        recipe.Device
                    ),
        };
    }

    /// <summary>Prepares some examples of a set to be trained on, and none to be tested on but the first.</summary>
    /// <param name="examples">All of them, with the labels to train on; still the caller's.</param>
    /// <param name="recipe">Augmentation, precision and device.</param>
    /// <param name="rows">Which.</param>
    /// <returns>Copies that the caller owns.</returns>
    internal static TrainingData OfRows(Dataset examples, Recipe recipe, long[] rows)
    {
        using var first = examples.Take(1);
        var augmenter = recipe.Augmentation is { } augmentation
            ? new Augmenter(examples, examples.Height, examples.Width, augmentation, recipe.Precision, rows, recipe.Device)
            : null;
        return new TrainingData(
            PreparedData.Of(examples, recipe.Precision, trueLabels: null, rows, device: recipe.Device),
            PreparedData.From(first, recipe.Precision, device: recipe.Device)
        )
        {
            Augmenter = augmenter,
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Train.Dispose();
        Test.Dispose();
        HeldOut?.Dispose();
        Augmenter?.Dispose();
        Nearby?.Dispose();
    }
}
