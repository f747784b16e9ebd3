using System.Security.Cryptography;
using Rote.Data.Download;
using Rote.Data.Labels;
using Rote.Data.Splitting;
using static TorchSharp.torch;

namespace Rote.Data.Formats.Numpy;

/// <summary>Loads pictures or vectors and their labels from NumPy arrays.</summary>
internal static class ArrayData
{
    /// <summary>Loads the arrays of a store.</summary>
    /// <param name="store">The arrays; still the caller's.</param>
    /// <param name="name">A short name of the data.</param>
    /// <param name="progress">Receives sentences for the user; null for silence.</param>
    /// <param name="given">Labels from a separate file, for the only array of the store; null if the labels are among the arrays.</param>
    /// <param name="named">The array whose file the user named; null if the user named the whole store.</param>
    /// <returns>uint8 or float32 examples [N, H, W, 1 or 3] on the scale 0 to 255, or vectors [N, D] float32 or float64, which the caller
    /// owns.</returns>
    /// <exception cref="InputException">The arrays are not labelled pictures or vectors.</exception>
    /// <exception cref="MachineException">They do not fit into memory, or cannot be read.</exception>
    public static NamedData Load(
        ArrayStore store,
        string name,
        IProgress<DownloadProgress>? progress,
        LabelFile? given = null,
        string? named = null
    ) =>
        store.Guard(() =>
        {
            if (given is not null)
            {
                ReportSequences(store, store.Names is [var only] ? only : null, progress);
                return Labelled(store, name, given, progress);
            }

            var layout = ArrayLayout.Find(store, named);
            var unread = store.Names.Where(n => !layout.All.Contains(n, StringComparer.OrdinalIgnoreCase)).ToList();
            if (unread.Count > 0)
            {
                progress?.Report(
                    new DownloadProgress(
                        $"{store.Path}: read {string.Join(", ", layout.All)}; not read: "
                            + $"{string.Join(", ", unread.Take(10))}{(unread.Count > 10 ? ", …" : "")}."
                    )
                );
            }

            var labels = ArrayLabels.Read(store, layout);
            ReportSequences(store, layout.Images, progress);
            ReportSpellings(labels.Texts, progress);
            if (layout.Test is { } test)
            {
                return Given(store, name, layout, (test.Images, test.Labels, labels.Test!), labels, progress);
            }

            var source = $"the arrays {string.Join(", ", layout.All)}, {SplitOff.Words}";
            return Parted(
                store,
                layout.Images,
                (layout.Labels, $"{store.Path}: {layout.Labels}"),
                labels.Train,
                labels.ClassNames,
                isWide => Provenance(name, source, store.Hash(layout.All, Precision(isWide))),
                null,
                progress
            );
        });

    private static void ReportSpellings(LabelTexts? labels, IProgress<DownloadProgress>? progress)
    {
        foreach (var note in LabelSpellings.In(labels?.Distinct ?? []))
        {
            progress?.Report(new DownloadProgress(note));
        }
    }

    private static void ReportSequences(ArrayStore store, string? name, IProgress<DownloadProgress>? progress)
    {
        if (progress is null || name is null)
        {
            return;
        }

        using var array = store.Open(name);
        if (!array.Header.IsText && !ArrayVectors.IsIn(array) && ArrayImages.MayBeSequences(array) is { } note)
        {
            progress.Report(new DownloadProgress(note));
        }
    }

    /// <summary>Loads examples without labels.</summary>
    /// <param name="store">The arrays; still the caller's.</param>
    /// <param name="name">A short name of the data.</param>
    /// <param name="classNames">The classes that may be predicted.</param>
    /// <param name="progress">Receives sentences for the user; null for silence.</param>
    /// <returns>The examples in row order, with meaningless labels; the caller owns them.</returns>
    /// <exception cref="InputException">There is no array of examples, or the right one cannot be told.</exception>
    public static (DataSpec Spec, Dataset Examples) LoadUnlabelled(
        ArrayStore store,
        string name,
        IReadOnlyList<string> classNames,
        IProgress<DownloadProgress>? progress
    ) =>
        store.Guard(() =>
        {
            var array = ArrayLayout.Unlabelled(store);
            using var scope = NewDisposeScope();
            var (stored, isWhole) = Examples(store, array, null, isSplitLater: false);
            var pixels = Finish(progress, (stored, $"{store.Path}: {array}", isWhole))[0];
            var provenance = Provenance(name, $"the array {array}, without labels", store.Hash([array]));
            return (
                Spec(provenance),
                new Dataset(
                    pixels,
                    zeros(pixels.shape[0], int64),
                    classNames,
                    Split.Test,
                    provenance,
                    SourceRows.Of(store.FileOf(array), (int)pixels.shape[0])
                )
            );
        });

    /// <summary>Loads one array with labels from a separate file.</summary>
    private static NamedData Labelled(ArrayStore store, string name, LabelFile given, IProgress<DownloadProgress>? progress)
    {
        if (store.Names is not [var array])
        {
            throw new InputException(
                $"{store.Path} holds {store.Names.Count} arrays, expected one, whose labels are given with {Setting.Labels}."
            );
        }

        using (var head = store.Open(array))
        {
            if (head.Header.Shape is [var count, ..])
            {
                given.RequireCount(count, head.Label);
            }
        }

        ReportSpellings(given.Labels, progress);
        var classes = ClassList.Of(given.Labels.Distinct, given.Path);
        var source = $"the array {array}, labels from {given.Name}, {SplitOff.Words}";
        return Parted(
            store,
            array,
            (given.Name, given.Path),
            given.Labels.Numbers(classes, given.Path),
            classes.Names,
            isWide => Provenance(name, source, store.Hash([array], given.AddTo + Precision(isWide))),
            given.Column,
            progress
        );
    }

    private static NamedData Given(
        ArrayStore store,
        string name,
        ArrayLayout layout,
        (string Images, string Labels, long[] Values) test,
        ArrayLabels labels,
        IProgress<DownloadProgress>? progress
    )
    {
        using var scope = NewDisposeScope();
        var (trainPixels, isTrainWhole) = Examples(store, layout.Images, (layout.Labels, labels.Train.Length), isSplitLater: false);
        var (testPixels, isTestWhole) = Examples(store, test.Images, (test.Labels, test.Values.Length), isSplitLater: false);
        if (!trainPixels.shape.Skip(1).SequenceEqual(testPixels.shape.Skip(1)))
        {
            var (examples, sizes) =
                trainPixels.dim() == 4 && testPixels.dim() == 4 ? ("pictures", " (rows, columns, channels)") : ("examples", "");
            throw new InputException(
                $"{store.Path}: the {examples} of {layout.Images} are {Tensors.Shape.Text(trainPixels.shape.AsSpan(1))} and those of "
                    + $"{test.Images} {Tensors.Shape.Text(testPixels.shape.AsSpan(1))}{sizes}, expected the same."
            );
        }

        (trainPixels, testPixels) = trainPixels.dim() == 2 ? VectorPrecision.Alike(trainPixels, testPixels) : (trainPixels, testPixels);
        var provenance = Provenance(
            name,
            $"the arrays {string.Join(", ", layout.All)}",
            store.Hash(layout.All, Precision(trainPixels.dtype == float64))
        );
        var pixels = Finish(
            progress,
            (trainPixels, $"{store.Path}: {layout.Images}", isTrainWhole),
            (testPixels, $"{store.Path}: {test.Images}", isTestWhole)
        );
        if (pixels[0].dim() == 2)
        {
            VectorLeaks.Report(pixels[0], labels.Train, layout.Images, $"{store.Path}: {layout.Images}", progress);
        }

        return new NamedData(
            Spec(provenance),
            new DatasetSplits(
                new Dataset(pixels[0], tensor(labels.Train), labels.ClassNames, Split.Train, provenance, Rows(layout.Images, labels.Train)),
                new Dataset(pixels[1], tensor(test.Values), labels.ClassNames, Split.Test, provenance, Rows(test.Images, test.Values))
            )
        );

        SourceRows Rows(string array, long[] values) => SourceRows.Of(store.FileOf(array, isOneOfSeveral: true), values.Length);
    }

    private static NamedData Parted(
        ArrayStore store,
        string array,
        (string Name, string Label) labels,
        long[] values,
        IReadOnlyList<string> classNames,
        Func<bool, Provenance> provenanceOf,
        string? labelColumn,
        IProgress<DownloadProgress>? progress
    )
    {
        SplitOff.RequireTestable(values, classNames, labels.Label, progress);
        using var scope = NewDisposeScope();
        var (stored, isWhole) = Examples(store, array, (labels.Name, values.Length), isSplitLater: true);
        var pixels = Finish(progress, (stored, $"{store.Path}: {array}", isWhole))[0];
        if (pixels.dim() == 2)
        {
            VectorLeaks.Report(pixels, values, array, $"{store.Path}: {array}", progress);
        }

        var provenance = provenanceOf(pixels.dtype == float64);
        return new NamedData(
            Spec(provenance) with
            {
                LabelColumn = labelColumn,
            },
            SplitOff.Of(pixels, values, classNames, provenance, SourceRows.Of(store.FileOf(array), values.Length))
        );
    }

    private static (Tensor Examples, bool IsWhole) Examples(
        ArrayStore store,
        string name,
        (string Name, int Count)? labels,
        bool isSplitLater
    )
    {
        using var array = store.Open(name);
        if (array.Header.Shape is [var count, ..] && labels is { } given && count != given.Count)
        {
            throw new InputException(
                $"{store.Path}: {name} has {count} examples and {given.Name} has {given.Count} labels, expected as many of each."
            );
        }

        if (array.Header.IsText)
        {
            throw new InputException($"{array.Label} holds text, expected pictures or vectors of numbers.");
        }

        return (
            ArrayVectors.IsIn(array) ? ArrayVectors.Read(array, isSplitLater) : ArrayImages.Read(array, isSplitLater),
            array.Header.Kind != 'f'
        );
    }

    /// <summary>Brings pictures to one scale and onto white; leaves vectors as they are.</summary>
    private static Tensor[] Finish(IProgress<DownloadProgress>? progress, params (Tensor Examples, string Label, bool IsWhole)[] parts)
    {
        var images = parts.Where(p => p.Examples.dim() == 4).ToArray();
        ArrayScale.Apply(images, progress);
        return [.. parts.Select(p => p.Examples.dim() == 4 ? ArrayOpacity.OnWhite(p.Examples, p.Label, progress) : p.Examples)];
    }

    /// <summary>Marks the checksum of values that float32 would round, because the rounded values are other data.</summary>
    private static Action<ContentHash>? Precision(bool isWide) =>
        isWide ? hash => hash.Add(VectorPrecision.Mark, new byte[SHA256.HashSizeInBytes]) : null;

    private static Provenance Provenance(string name, string source, string sha256) => new(name, source, sha256);

    private static DataSpec Spec(Provenance provenance) => new() { Name = provenance.Name, Sha256 = provenance.Sha256 };
}
