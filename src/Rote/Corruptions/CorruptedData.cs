using Rote.Data;
using static TorchSharp.torch;

namespace Rote.Corruptions;

/// <summary>A data set after a corruption, with the truth beside the lie.</summary>
/// <param name="Images">What the network is given; test labels are always the true ones.</param>
/// <param name="TrueLabels">[N] the training examples' labels before the corruption.</param>
/// <param name="LabelChanged">[N] whether the given training label differs from the true one.</param>
public sealed record CorruptedData(DatasetSplits Images, IReadOnlyList<long> TrueLabels, IReadOnlyList<bool> LabelChanged) : IDisposable
{
    /// <summary>What is planted in it; null: nothing.</summary>
    public PlantedCanaries? Canaries { get; init; }

    /// <summary>Gives canaries their labels.</summary>
    /// <param name="canaries">Rows of the training set, and labels.</param>
    /// <returns>The same examples, which the caller owns; <see cref="LabelChanged"/> still says what the corruption did.</returns>
    public CorruptedData With(PlantedCanaries canaries)
    {
        using var scope = NewDisposeScope();
        var labels = Images.Train.Labels.data<long>().ToArray();
        foreach (var canary in canaries.All.Concat(canaries.LeftOut))
        {
            labels[canary.Row] = canary.Label;
        }

        return this with
        {
            Images = Images with { Train = Images.Train.With(labels: tensor(labels, int64)), Test = Images.Test.With() },
            Canaries = canaries,
        };
    }

    /// <summary>The true labels to compare given ones with.</summary>
    /// <returns>[N]; <see cref="PlantedCanaries.NoTruth"/> for canaries.</returns>
    public IReadOnlyList<long> Truth()
    {
        if (Canaries is null)
        {
            return TrueLabels;
        }

        long[] truth = [.. TrueLabels];
        foreach (var canary in Canaries.All.Concat(Canaries.LeftOut))
        {
            truth[canary.Row] = PlantedCanaries.NoTruth;
        }

        return truth;
    }

    /// <inheritdoc/>
    public void Dispose() => Images.Dispose();
}
