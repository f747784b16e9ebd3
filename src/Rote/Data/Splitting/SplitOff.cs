using static TorchSharp.torch;

namespace Rote.Data.Splitting;

/// <summary>Sets test examples apart where the data brings none of its own.</summary>
internal static class SplitOff
{
    /// <summary>How the split is described to people; programs read <see cref="DatasetSplits.Origin"/>.</summary>
    public static string Words => $"{StratifiedSplit.TestShare:P0} of each class set apart to test";

    /// <summary>Demands that each class can be learned and tested.</summary>
    /// <param name="labels">[N] class numbers.</param>
    /// <param name="classNames">One name a class.</param>
    /// <param name="name">Where the labels are, for the message.</param>
    /// <exception cref="InputException">A class has one example only.</exception>
    public static void RequireTwoOfEach(long[] labels, IReadOnlyList<string> classNames, string name)
    {
        var small = labels.CountBy(v => v).FirstOrDefault(c => c.Value < 2, new(-1, 0));
        if (small.Key >= 0)
        {
            throw new InputException($"{name} has the label {classNames[(int)small.Key]} only once, expected at least twice: one to train on and one to test.");
        }
    }

    /// <summary>Draws the split.</summary>
    /// <param name="pixels">[N, …] examples; still the caller's.</param>
    /// <param name="labels">[N] class numbers, each at least twice.</param>
    /// <param name="classNames">One name a class.</param>
    /// <param name="provenance">Where they come from.</param>
    /// <param name="rows">[N] where each example stands in its source.</param>
    /// <param name="featureNames">Names of a vector's features, if it has some.</param>
    /// <returns>Copies in the fixed random order, which the caller owns.</returns>
    public static DatasetSplits Of(
        Tensor pixels, long[] labels, IReadOnlyList<string> classNames, Provenance provenance, SourceRows rows, IReadOnlyList<string>? featureNames = null)
    {
        var (train, test) = StratifiedSplit.Draw(labels, classNames.Count);
        return new DatasetSplits(Take(train, Split.Train), Take(test, Split.Test)) { Origin = SplitOrigin.SetAside };

        Dataset Take(long[] taken, Split split)
        {
            using var scope = NewDisposeScope();
            return new Dataset(
                pixels.index_select(0, tensor(taken)).contiguous(),
                tensor(Array.ConvertAll(taken, row => labels[row])),
                classNames,
                split,
                provenance,
                rows.Select(taken),
                featureNames);
        }
    }
}
