using Rote.Data.Splitting;

namespace Rote.Data.Packing;

/// <summary>What is known of a source before a picture of it is opened: labels, names, and where each picture will stand.</summary>
internal sealed record PackPlan
{
    /// <summary>The source, for messages and progress.</summary>
    public required string Name { get; init; }

    /// <summary>The source in words.</summary>
    public required string Source { get; init; }

    /// <summary>A name a class.</summary>
    public required IReadOnlyList<string> ClassNames { get; init; }

    /// <summary>[N] class numbers, in the order of the source.</summary>
    public required int[] Labels { get; init; }

    /// <summary>[N] what the user calls each picture.</summary>
    public required SourceRows Rows { get; init; }

    /// <summary>Pictures to train on, in the order in which they are stored.</summary>
    public required long[] Train { get; init; }

    /// <summary>Pictures to test on.</summary>
    public required long[] Test { get; init; }

    /// <summary>Whether the test pictures were set apart here.</summary>
    public required bool TestIsSetAside { get; init; }

    /// <summary>Number of pictures.</summary>
    public int Count => Labels.Length;

    /// <summary>Stores pictures in the fixed random order: what follows each other in the file is then a fair sample, and reading a part of
    /// it at a time is nearly a shuffle of all.</summary>
    /// <param name="labels">[N] class numbers.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="isTest">[N] which are tested; null: a fifth of each class is set apart.</param>
    /// <returns>Pictures to train on and to test on.</returns>
    public static (long[] Train, long[] Test) Order(int[] labels, int classes, IReadOnlyList<bool>? isTest)
    {
        if (isTest is null)
        {
            return StratifiedSplit.Draw(Array.ConvertAll(labels, label => (long)label), classes);
        }

        return (
            StratifiedSplit.Shuffle(StratifiedSplit.Where(isTest, value: false), Split.Train),
            StratifiedSplit.Shuffle(StratifiedSplit.Where(isTest, value: true), Split.Test)
        );
    }
}
