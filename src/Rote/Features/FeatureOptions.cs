namespace Rote.Features;

/// <summary>How much is measured.</summary>
public sealed record FeatureOptions
{
    /// <summary>The most training examples, and the most test examples, from 40 to 20,000. Default 5,000.</summary>
    /// <exception cref="InputException">The value is out of range.</exception>
    public int Examples
    {
        get;
        init =>
            field = value is >= 40 and <= 20_000
                ? value
                : throw new InputException($"The number of examples is {value}, expected 40 to 20000; set {Setting.Examples}.");
    } = 5000;

    /// <summary>Threads to compute with, from 1 to 1024; null: as in training. Default null.</summary>
    /// <exception cref="InputException">The value is out of range.</exception>
    public int? Threads
    {
        get;
        init =>
            field = value is null or (>= 1 and <= 1024)
                ? value
                : throw new InputException($"The number of threads is {value}, expected 1 to 1024.");
    }

    /// <summary>Whether the code length of the labels is measured too, which costs the time of one training, and of one on random
    /// labels. Default
    /// false.</summary>
    public bool CodeLength { get; init; }
}

/// <summary>The progress of measuring.</summary>
/// <param name="Doing">The current measurement, in a few words.</param>
/// <param name="Done">Steps done.</param>
/// <param name="Total">Steps in all.</param>
public readonly record struct FeatureProgress(string Doing, int Done, int Total);
