namespace Rote.Data;

/// <summary>Where the test examples of a data set come from.</summary>
public enum SplitOrigin
{
    /// <summary>The data has test examples of its own.</summary>
    Given,

    /// <summary>The data has none; the reader split off a share of its examples.</summary>
    SetAside,
}

/// <summary>A data set: training examples and test examples.</summary>
/// <param name="Train">Training examples.</param>
/// <param name="Test">Test examples of the same shape and classes.</param>
public sealed record DatasetSplits(Dataset Train, Dataset Test) : IDisposable
{
    /// <summary>Where the test examples come from. Default: the data has its own.</summary>
    public SplitOrigin Origin { get; init; }

    /// <summary>The same data with both parts changed alike.</summary>
    /// <param name="change">Makes a new part; this set keeps ownership of the part it is given.</param>
    /// <returns>New parts of the same origin, which the caller owns.</returns>
    public DatasetSplits Map(Func<Dataset, Dataset> change) => this with { Train = change(Train), Test = change(Test) };

    /// <summary>Training examples, then test examples, as one set.</summary>
    /// <param name="split">Which part of a data set the result is.</param>
    /// <returns>A copy that the caller owns; row identities and names of features are kept.</returns>
    public Dataset Joined(Split split) => Dataset.Concat(Train, Test, split);

    /// <inheritdoc/>
    public void Dispose()
    {
        Train.Dispose();
        Test.Dispose();
    }
}
