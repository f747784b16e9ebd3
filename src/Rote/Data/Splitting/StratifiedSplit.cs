using Rote.Tensors;

namespace Rote.Data.Splitting;

/// <summary>Splits off a share of each class for testing, and puts rows into a fixed random order. The same examples give the same result
/// on every machine.</summary>
/// <remarks>The order makes "the first N examples" a fair sample, although a folder lists one class after another.</remarks>
internal static class StratifiedSplit
{
    /// <summary>The share of each class that is split off if the data has no test examples of its own.</summary>
    public const double TestShare = 0.2;

    /// <summary>The seed of the split and the order; part of their definition.</summary>
    public const long Seed = 0;

    /// <summary>Splits examples into training and test examples, each in the fixed random order.</summary>
    /// <param name="labels">[N] the class number of each example, in the order of the source.</param>
    /// <param name="classes">Number of classes.</param>
    /// <returns>Indices into <paramref name="labels"/>; of the n examples of a class, round(0.2 n) are for testing, at least 1; a single
    /// example is for training.</returns>
    public static (long[] Train, long[] Test) Draw(IReadOnlyList<long> labels, int classes)
    {
        var members = new List<long>[classes];
        for (var c = 0; c < classes; c++)
        {
            members[c] = [];
        }

        for (var i = 0; i < labels.Count; i++)
        {
            members[labels[i]].Add(i);
        }

        var seeds = new Seeds(Seed);
        var isTest = new bool[labels.Count];
        for (var c = 0; c < classes; c++)
        {
            var count =
                members[c].Count < 2 ? 0 : Math.Max(1, (int)Math.Round(TestShare * members[c].Count, MidpointRounding.AwayFromZero));
            foreach (var k in seeds.Permutation(SeedStreams.Split, c, members[c].Count).Take(count))
            {
                isTest[members[c][(int)k]] = true;
            }
        }

        return (Shuffle(Where(isTest, value: false), Split.Train), Shuffle(Where(isTest, value: true), Split.Test));
    }

    /// <summary>Puts the rows of one part into the fixed random order.</summary>
    /// <param name="rows">Changed in place.</param>
    /// <param name="split">Which part they are.</param>
    /// <returns><paramref name="rows"/>.</returns>
    public static long[] Shuffle(long[] rows, Split split)
    {
        new Seeds(Seed).Stream(SeedStreams.Rows, (int)split).Shuffle(rows.AsSpan());
        return rows;
    }

    /// <summary>The indices that have a value, ascending.</summary>
    public static long[] Where(IReadOnlyList<bool> flags, bool value) =>
        [.. Enumerable.Range(0, flags.Count).Where(i => flags[i] == value).Select(i => (long)i)];
}
