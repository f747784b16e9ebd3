namespace Rote.Data;

/// <summary>A data set: what is trained on, and what is kept apart to test.</summary>
/// <param name="Train">Training examples.</param>
/// <param name="Test">Test examples of the same shape and classes.</param>
public sealed record DatasetSplits(Dataset Train, Dataset Test) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose()
    {
        Train.Dispose();
        Test.Dispose();
    }
}
