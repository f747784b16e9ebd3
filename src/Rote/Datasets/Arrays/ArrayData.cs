using Rote.Datasets.Own;

using static TorchSharp.torch;

namespace Rote.Datasets.Arrays;

/// <summary>Loads pictures and labels from NumPy arrays.</summary>
internal static class ArrayData
{
    /// <summary>Loads the arrays of a store.</summary>
    /// <param name="store">The arrays; still the caller's.</param>
    /// <param name="name">A short name of the data.</param>
    /// <param name="progress">Told sentences; null for silence.</param>
    /// <returns>uint8 or float32 examples [N, H, W, 1 or 3] on the scale 0 to 255, which the caller owns.</returns>
    /// <exception cref="InputException">The arrays are no labelled pictures.</exception>
    /// <exception cref="MachineException">They do not fit into memory, or cannot be read.</exception>
    public static NamedData Load(ArrayStore store, string name, IProgress<DownloadProgress>? progress) => store.Guard(() =>
    {
        var layout = ArrayLayout.Find(store);
        var unread = store.Names.Where(n => !layout.All.Contains(n, StringComparer.OrdinalIgnoreCase)).ToList();
        if (unread.Count > 0)
        {
            progress?.Report(new DownloadProgress($"{store.Path}: read {string.Join(", ", layout.All)}; not read: {string.Join(", ", unread.Take(10))}{(unread.Count > 10 ? ", …" : "")}."));
        }

        var labels = ArrayLabels.Read(store, layout);
        return layout.Test is { } test
            ? Given(store, name, layout, (test.Images, test.Labels, labels.Test!), labels)
            : SplitOff(store, name, layout, labels);
    });

    private static NamedData Given(ArrayStore store, string name, ArrayLayout layout, (string Images, string Labels, long[] Values) test, ArrayLabels labels)
    {
        using var scope = NewDisposeScope();
        var trainPixels = Images(store, layout.Images, (layout.Labels, labels.Train.Length), isSplitLater: false);
        var testPixels = Images(store, test.Images, (test.Labels, test.Values.Length), isSplitLater: false);
        if (!trainPixels.shape.Skip(1).SequenceEqual(testPixels.shape.Skip(1)))
        {
            throw new InputException(
                $"{store.Path}: the pictures of {layout.Images} are {Tensors.Shape.Text(trainPixels.shape.AsSpan(1))} and those of {test.Images} {Tensors.Shape.Text(testPixels.shape.AsSpan(1))} "
                + "(rows, columns, channels), expected the same.");
        }

        ArrayImages.Scale((trainPixels, $"{store.Path}: {layout.Images}"), (testPixels, $"{store.Path}: {test.Images}"));
        var provenance = new Provenance(name, $"the arrays {string.Join(", ", layout.All)}", store.Hash(layout.All));
        return new NamedData(Spec(provenance), new TrainTest(
            new LabeledImages(ArrayImages.OnWhite(trainPixels), tensor(labels.Train), labels.ClassNames, Split.Train, provenance),
            new LabeledImages(ArrayImages.OnWhite(testPixels), tensor(test.Values), labels.ClassNames, Split.Test, provenance)));
    }

    private static NamedData SplitOff(ArrayStore store, string name, ArrayLayout layout, ArrayLabels labels)
    {
        var small = labels.Train.CountBy(v => v).FirstOrDefault(c => c.Value < 2, new(-1, 0));
        if (small.Key >= 0)
        {
            throw new InputException($"{store.Path}: {layout.Labels} has the label {labels.ClassNames[(int)small.Key]} only once, expected at least twice: one to train on and one to test.");
        }

        using var scope = NewDisposeScope();
        var stored = Images(store, layout.Images, (layout.Labels, labels.Train.Length), isSplitLater: true);
        ArrayImages.Scale((stored, $"{store.Path}: {layout.Images}"));
        var pixels = ArrayImages.OnWhite(stored);
        var (train, test) = StratifiedSplit.Draw(labels.Train, labels.ClassNames.Count);
        var source = $"the arrays {string.Join(", ", layout.All)}, {StratifiedSplit.TestShare:P0} of each class set apart to test";
        var provenance = new Provenance(name, source, store.Hash(layout.All));
        return new NamedData(Spec(provenance), new TrainTest(Take(train, Split.Train), Take(test, Split.Test)));

        LabeledImages Take(long[] rows, Split split) => new(
            pixels.index_select(0, tensor(rows)),
            tensor(Array.ConvertAll(rows, r => labels.Train[r])),
            labels.ClassNames,
            split,
            provenance,
            [.. rows.Select(r => $"{layout.Images}[{r}]")]);
    }

    private static Tensor Images(ArrayStore store, string name, (string Name, int Count) labels, bool isSplitLater)
    {
        using var array = store.Open(name);
        if (array.Header.Shape is [var count, ..] && count != labels.Count)
        {
            throw new InputException($"{store.Path}: {name} has {count} examples and {labels.Name} has {labels.Count} labels, expected as many of each.");
        }

        return ArrayImages.Read(array, isSplitLater);
    }

    private static DataSpec Spec(Provenance provenance) => new() { Name = provenance.Name, Sha256 = provenance.Sha256 };
}
