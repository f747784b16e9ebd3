namespace Rote.Data;

/// <summary>Where the test examples of a data set come from.</summary>
public enum SplitOrigin
{
    /// <summary>The data brings test examples of its own.</summary>
    Given,

    /// <summary>The data has none, and the reader set a share of its examples aside.</summary>
    SetAside,
}

/// <summary>A data set: what is trained on, and what is kept apart to test.</summary>
/// <param name="Train">Training examples.</param>
/// <param name="Test">Test examples of the same shape and classes.</param>
public sealed record DatasetSplits(Dataset Train, Dataset Test) : IDisposable
{
    /// <summary>Where the test examples come from. Default: the data brings them.</summary>
    public SplitOrigin Origin { get; init; }

    /// <summary>The same data with both parts changed alike.</summary>
    /// <param name="change">Makes a part anew; what it is given stays this set's.</param>
    /// <returns>New parts of the same origin, which the caller owns.</returns>
    public DatasetSplits Map(Func<Dataset, Dataset> change) => this with { Train = change(Train), Test = change(Test) };

    /// <summary>Training examples, then test examples, as one set.</summary>
    /// <param name="split">What the set is called.</param>
    /// <returns>A copy that the caller owns; row identities and names of features are kept.</returns>
    public Dataset Joined(Split split) => Dataset.Concat(Train, Test, split);

    /// <inheritdoc/>
    public void Dispose()
    {
        Train.Dispose();
        Test.Dispose();
    }
}
