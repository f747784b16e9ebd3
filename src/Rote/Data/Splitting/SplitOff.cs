using Rote.Data.Download;
using static TorchSharp.torch;

namespace Rote.Data.Splitting;

/// <summary>Splits off test examples if the data has none of its own.</summary>
internal static class SplitOff
{
    /// <summary>How the split is described to people; programs read <see cref="DatasetSplits.Origin"/>.</summary>
    public static string Words => $"{StratifiedSplit.TestShare:P0} of each class set apart to test";

    /// <summary>Throws if nothing can be tested. Reports the classes with a single example, which is a training example.</summary>
    /// <exception cref="InputException">No class has two examples.</exception>
    public static void RequireTestable(long[] labels, IReadOnlyList<string> classNames, string name, IProgress<DownloadProgress>? progress)
    {
        var single = labels.CountBy(v => v).Where(c => c.Value == 1).Select(c => classNames[(int)c.Key]).ToArray();
        if (single.Length == labels.Length)
        {
            throw new InputException(
                $"{name} has every label only once, expected one of them at least twice: one example to train on and one to test; is "
                    + $"this the column of labels?"
            );
        }

        if (single.Length > 0)
        {
            progress?.Report(
                new DownloadProgress(
                    $"{name}: {(single.Length == 1 ? "the label" : $"{single.Length:N0} labels,")} "
                        + $"{string.Join(", ", single.Take(5))}{(single.Length > 5 ? ", …," : "")} "
                        + $"{(single.Length == 1 ? "has" : "have")} one example only: it is trained on, and none is left to test."
                )
            );
        }
    }

    /// <summary>Draws the split.</summary>
    /// <param name="pixels">[N, …] examples; the caller keeps ownership.</param>
    /// <param name="labels">[N] class numbers.</param>
    /// <param name="classNames">One name per class.</param>
    /// <param name="provenance">Where they come from.</param>
    /// <param name="rows">[N] where each example stands in its source.</param>
    /// <param name="featureNames">Names of a vector's features, if it has some.</param>
    /// <param name="columns">Columns that features were made from, if any.</param>
    /// <param name="texts">[N] the text of each example, if they are texts.</param>
    /// <returns>Copies in the fixed random order, which the caller owns.</returns>
    public static DatasetSplits Of(
        Tensor pixels,
        long[] labels,
        IReadOnlyList<string> classNames,
        Provenance provenance,
        SourceRows rows,
        IReadOnlyList<string>? featureNames = null,
        IReadOnlyList<DataColumn>? columns = null,
        IReadOnlyList<string>? texts = null
    )
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
                featureNames,
                columns,
                texts is null ? null : [.. taken.Select(row => texts[(int)row])]
            );
        }
    }
}
