using Rote.Data.Splitting;

namespace Rote.Data.Packing;

/// <summary>What is known of a source before any picture is opened: labels, names, and the place of each picture.</summary>
internal sealed record PackPlan
{
    /// <summary>The source, for messages and progress.</summary>
    public required string Name { get; init; }

    /// <summary>The source in words.</summary>
    public required string Source { get; init; }

    /// <summary>One name per class.</summary>
    public required IReadOnlyList<string> ClassNames { get; init; }

    /// <summary>[N] class numbers, in the order of the source.</summary>
    public required int[] Labels { get; init; }

    /// <summary>[N] the user's name of each picture.</summary>
    public required SourceRows Rows { get; init; }

    /// <summary>Training pictures, in the order in which they are stored.</summary>
    public required long[] Train { get; init; }

    /// <summary>Test pictures.</summary>
    public required long[] Test { get; init; }

    /// <summary>Whether the test pictures were split off here.</summary>
    public required bool TestIsSetAside { get; init; }

    /// <summary>Number of pictures.</summary>
    public int Count => Labels.Length;

    /// <summary>Puts pictures into the fixed random order: consecutive pictures of the file are then a fair sample, and reading the file
    /// part by part is nearly a full shuffle.</summary>
    /// <param name="labels">[N] class numbers.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="isTest">[N] which are test pictures; null: a fifth of each class is split off.</param>
    /// <returns>Training and test pictures.</returns>
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
