using Rote.Corruptions;
using Rote.Data;
using Rote.Tensors;
using Rote.Training;
using Rote.Training.Augmentations;

namespace Rote.Experiments;

/// <summary>The inputs of one experiment's network, made by one rule for everything that uses them: training, evaluation, stripping,
/// measures, pictures of a report.</summary>
public sealed class RunInputs : IDisposable
{
    private readonly Experiment _experiment;
    private readonly DatasetSplits _whole;

    private RunInputs(
        Experiment experiment,
        DatasetSplits whole,
        Seeds seeds,
        HeldOutRows? rows,
        VectorFeatures? features,
        CorruptedData data
    ) => (_experiment, _whole, Seeds, Rows, Features, Data) = (experiment, whole, seeds, rows, features, data);

    /// <summary>The run's randomness.</summary>
    public Seeds Seeds { get; }

    /// <summary>Which training examples are held out; null: none.</summary>
    public HeldOutRows? Rows { get; }

    /// <summary>What vectors are standardized by, measured over the examples that are trained on; null for images, which are whitened one
    /// by one.</summary>
    public VectorFeatures? Features { get; }

    /// <summary>All training examples and the test examples as the network is given them, before whitening: cropped or standardized, then
    /// corrupted, canaries among them.</summary>
    public CorruptedData Data { get; }

    /// <summary>Prepares an experiment's inputs.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="load">Gives the whole data set (<see cref="DataSpec.Whole()"/>); it stays the giver's, and must outlive the
    /// inputs.</param>
    /// <returns>The inputs, which the caller owns. Equal experiments have equal bits.</returns>
    /// <exception cref="RoteException">The data cannot be read, nothing is left to train on or to hold out, or there are too few examples
    /// for the canaries.</exception>
    public static RunInputs Prepare(Experiment experiment, Func<DataSpec, DatasetSplits> load)
    {
        var whole = load(experiment.Data.Whole());
        var seeds = new Seeds(experiment.Seed);
        var drawn = experiment.Half?.Drawn ?? seeds;
        using var cut = experiment.Data.Cut(whole);
        var rows = HeldOutRows.Draw(cut.Train.Count, experiment.Recipe.HoldOut, drawn);
        var features = cut.Train.IsVectors ? Measure(cut.Train, rows) : null;

        // Vectors are standardized before a corruption: it may mix features, whatever their units.
        using var scaled = cut.Map(part => features?.Standardize(part) ?? part.With());
        var corrupted = Corrupt(experiment, scaled, rows, drawn);
        var (data, left) = Subset.Of(experiment, corrupted, rows);
        return new RunInputs(experiment, whole, seeds, left, features, data);
    }

    /// <summary>The sets that a training works on.</summary>
    /// <param name="recipe">Augmentation, precision and device; it holds out what the experiment's recipe does.</param>
    /// <param name="nearby">What changes an example into one near it, where the method of training asks for that; null: it does
    /// not.</param>
    /// <returns>Copies that the caller owns.</returns>
    /// <exception cref="InputException">The augmentation does not fit the images.</exception>
    public TrainingData Sets(Recipe recipe, Augmentation? nearby = null)
    {
        using var uncropped = recipe.Augmentation?.CropPadding == 0 ? Uncropped() : null;
        return TrainingData.From(Data.Images, uncropped?.Images.Train, recipe, Rows, Data.Truth(), nearby);
    }

    /// <summary>The canaries that were left out of training, with their planted labels.</summary>
    /// <returns>A set that the caller owns; null where none were.</returns>
    public PreparedData? LeftOut() =>
        Data.Canaries is { LeftOut: { Count: > 0 } some } ? Prepared([.. some.Select(canary => canary.Row)]) : null;

    /// <inheritdoc/>
    public void Dispose() => Data.Dispose();

    private PreparedData Prepared(long[] rows)
    {
        using var some = Data.Images.Train.Select(rows);
        return PreparedData.From(some, _experiment.Recipe.Precision, device: _experiment.Recipe.Device);
    }

    private static VectorFeatures Measure(Dataset train, HeldOutRows? rows)
    {
        using var kept = rows is null ? train.With() : train.Select(rows.Kept);
        return VectorFeatures.Of(kept);
    }

    private static CorruptedData Corrupt(Experiment experiment, DatasetSplits data, HeldOutRows? rows, Seeds seeds)
    {
        var corrupted = experiment.Corruption.Apply(data, seeds);
        if (experiment.Canaries is not { } plan)
        {
            return corrupted;
        }

        using (corrupted)
        {
            var train = corrupted.Images.Train;
            var kept = rows?.Kept ?? [.. Enumerable.Range(0, train.Count).Select(row => (long)row)];
            return corrupted.With(plan.Plant(train.Labels.data<long>().ToArray(), kept, train.Classes, seeds));
        }
    }

    /// <summary>Whole images, from which random windows are taken.</summary>
    private CorruptedData Uncropped()
    {
        using var cut = (_experiment.Data with { CropSide = null }).Cut(_whole);
        return _experiment.Corruption.Apply(cut, _experiment.Half?.Drawn ?? Seeds);
    }
}
