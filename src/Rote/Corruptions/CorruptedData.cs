using Rote.Datasets;

namespace Rote.Corruptions;

/// <summary>A data set after a corruption, with the truth beside the lie.</summary>
/// <param name="Images">What the network is given; test labels are always the true ones.</param>
/// <param name="TrueLabels">[N] the training examples' labels before the corruption.</param>
/// <param name="LabelChanged">[N] whether the given training label differs from the true one.</param>
public sealed record CorruptedData(TrainTest Images, IReadOnlyList<long> TrueLabels, IReadOnlyList<bool> LabelChanged) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => Images.Dispose();
}
