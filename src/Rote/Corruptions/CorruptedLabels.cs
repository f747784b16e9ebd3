using Rote.Tensors;

namespace Rote.Corruptions;

/// <summary>Replaces every training label by a uniformly random class: labels can only be learned by rote.</summary>
/// <remarks>With two classes the labels are uniformly random signs: how well a network can fit them is its empirical Rademacher complexity
/// (Zhang et al. 2017, section 2.2). Test labels stay the true ones of all classes, so test accuracy then means nothing.</remarks>
public sealed record RandomLabels : Corruption
{
    /// <summary>The number of classes, from the first, that labels are drawn from; at least 2. Null, the default: all.</summary>
    /// <exception cref="InputException">The value is below 2.</exception>
    public int? Among
    {
        get;
        init =>
            field = value is null or >= 2
                ? value
                : throw new InputException($"Random labels among {value} classes are not random, expected at least 2.");
    }

    /// <inheritdoc/>
    protected override long[] CorruptLabels(long[] truth, int classes, Seeds seeds) =>
        Among is { } among && among > classes
            ? throw new InputException($"Random labels among {among} classes need as many, and the data has {classes}.")
            : PartiallyCorruptedLabels.Draw(truth, Among ?? classes, 1.0, seeds);
}

/// <summary>Replaces each training label, with a probability, by the next class, the last by the first.</summary>
/// <remarks>Label noise that depends on the class: the pair flip of Han et al. 2018 (arXiv:1804.06872), section 4. In CIFAR-10 airplanes
/// become automobiles, cats deer, and dogs frogs.</remarks>
public sealed record PairFlippedLabels : Corruption
{
    /// <summary>The probability p that a label is replaced, in [0, 1].</summary>
    /// <exception cref="InputException">The value is NaN or not in [0, 1].</exception>
    public required double Probability
    {
        get;
        init =>
            field = value is >= 0 and <= 1
                ? value
                : throw new InputException($"The probability of a flipped label is {value}, expected a number from 0 to 1.");
    }

    /// <inheritdoc/>
    protected override long[] CorruptLabels(long[] truth, int classes, Seeds seeds)
    {
        var stream = seeds.Stream(SeedStreams.Labels);
        return [.. truth.Select(label => stream.NextDouble() < Probability ? (label + 1) % classes : label)];
    }
}

/// <summary>Replaces each training label, with a probability, by a uniformly random class, which may be the true one.</summary>
/// <remarks>With K classes a share (1 − 1/K)·p of the labels changes: 0.9 p for ten classes.</remarks>
public sealed record PartiallyCorruptedLabels : Corruption
{
    /// <summary>The probability p that a label is replaced, in [0, 1].</summary>
    /// <exception cref="InputException">The value is NaN or not in [0, 1].</exception>
    public required double Probability
    {
        get;
        init =>
            field = value is >= 0 and <= 1
                ? value
                : throw new InputException($"The probability of a corrupted label is {value}, expected a number from 0 to 1.");
    }

    /// <inheritdoc/>
    protected override long[] CorruptLabels(long[] truth, int classes, Seeds seeds) => Draw(truth, classes, Probability, seeds);

    /// <summary>Draws both numbers for every example, so a larger p corrupts the same examples and more, with the same labels.</summary>
    internal static long[] Draw(long[] truth, int classes, double probability, Seeds seeds)
    {
        var stream = seeds.Stream(SeedStreams.Labels);
        var given = new long[truth.Length];
        for (var i = 0; i < truth.Length; i++)
        {
            var replace = stream.NextDouble() < probability;
            var random = stream.NextInt(classes);
            given[i] = replace ? random : truth[i];
        }

        return given;
    }
}
