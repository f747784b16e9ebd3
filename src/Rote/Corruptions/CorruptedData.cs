using Rote.Data;
using static TorchSharp.torch;

namespace Rote.Corruptions;

/// <summary>A data set after a corruption, with the true labels beside the given ones.</summary>
/// <param name="Images">The data that the network is given; test labels are always the true ones.</param>
/// <param name="TrueLabels">[N] the training examples' labels before the corruption.</param>
/// <param name="LabelChanged">[N] whether the given training label differs from the true one.</param>
public sealed record CorruptedData(DatasetSplits Images, IReadOnlyList<long> TrueLabels, IReadOnlyList<bool> LabelChanged) : IDisposable
{
    /// <summary>The canaries planted in it; null: none.</summary>
    public PlantedCanaries? Canaries { get; init; }

    /// <summary>Plants canaries.</summary>
    /// <param name="canaries">Rows of the training set and their new labels.</param>
    /// <returns>The same examples, which the caller owns; <see cref="LabelChanged"/> still refers to the corruption.</returns>
    public CorruptedData With(PlantedCanaries canaries)
    {
        using var scope = NewDisposeScope();
        var labels = Images.Train.Labels.data<long>().ToArray();
        foreach (var canary in canaries.Planted)
        {
            labels[canary.Row] = canary.Label;
        }

        return this with
        {
            Images = Images with { Train = Images.Train.With(labels: tensor(labels, int64)), Test = Images.Test.With() },
            Canaries = canaries,
        };
    }

    /// <summary>Returns the true labels, for comparison with the given ones.</summary>
    /// <returns>[N]; <see cref="PlantedCanaries.NoTruth"/> for canaries.</returns>
    public IReadOnlyList<long> Truth()
    {
        if (Canaries is null)
        {
            return TrueLabels;
        }

        long[] truth = [.. TrueLabels];
        foreach (var canary in Canaries.Planted)
        {
            truth[canary.Row] = PlantedCanaries.NoTruth;
        }

        return truth;
    }

    /// <inheritdoc/>
    public void Dispose() => Images.Dispose();
}
