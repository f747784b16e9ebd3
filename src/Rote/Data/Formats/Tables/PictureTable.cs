using System.Security.Cryptography;
using Rote.Data.Download;
using Rote.Data.Formats.Parquet;
using Rote.Data.Formats.Pictures;
using Rote.Data.Labels;
using Rote.Data.Splitting;
using static TorchSharp.torch;

namespace Rote.Data.Formats.Tables;

/// <summary>Loads pictures with labels from Parquet files, by the rules of a folder of pictures.</summary>
/// <param name="files">The files.</param>
/// <param name="name">A short name of the data.</param>
/// <param name="options">The place of the labels, and how pictures are read.</param>
/// <param name="given">Labels in a file of their own; null: in a column.</param>
/// <param name="progress">Told sentences; null for silence.</param>
/// <param name="token">Stops.</param>
internal sealed class PictureTable(
    TableFiles files,
    string name,
    UserDataOptions options,
    LabelFile? given,
    IProgress<DownloadProgress>? progress,
    CancellationToken token
)
{
    private readonly List<(string File, int Count)> _read = [];

    /// <summary>The rows of all files that were read.</summary>
    private SourceRows Rows => SourceRows.OfFiles(_read);

    /// <summary>Loads pictures with labels.</summary>
    /// <param name="sha256">The checksum of the files.</param>
    /// <returns>uint8 examples [N, H, W, 1 or 3], which the caller owns.</returns>
    /// <exception cref="InputException">A file is damaged, a picture cannot be used, or labels are missing.</exception>
    /// <exception cref="MachineException">They do not fit into memory.</exception>
    public NamedData Load(string sha256)
    {
        string[] paths = [.. files.Train, .. files.Test];
        var columns = Choose(paths[0]);
        TableData.Report(files, options, columns.Label?.Name, progress);
        var labels = given?.Labels ?? new LabelTexts();
        IReadOnlyList<string>? order = null;
        var (trainCount, count) = (0, 0);
        foreach (var path in paths)
        {
            using var file = ParquetFile.Open(path);
            order ??= columns.Order(file);
            ParquetVectors.AddLabels(file, columns.In(file).Label, labels);
            count = checked(count + (int)Math.Min(file.Rows, int.MaxValue));
            trainCount += files.Train.Contains(path) ? (int)file.Rows : 0;
        }

        given?.RequireCount(count, paths[0]);
        using var scope = NewDisposeScope();
        var (pixels, good, pictures) = Pixels(paths, columns);
        sha256 = Hash(sha256, pictures);
        var classes = ClassList.Of(labels.Distinct, files.Root, order);
        var numbers = labels.Numbers(classes, files.Root);
        var source = TableData.Source(files, given is null ? $"the column {columns.Label!.Name}" : given.Name);
        var spec = Spec(sha256, pictures) with { LabelColumn = given is null ? columns.Label!.Name : given.Column };
        return new NamedData(
            spec,
            Split(pixels, numbers, classes, good, trainCount, Rows.Select(good), new Provenance(name, source, sha256))
        );
    }

    /// <summary>Loads pictures without labels.</summary>
    /// <param name="sha256">The checksum of the files.</param>
    /// <param name="classNames">The classes that may be predicted.</param>
    /// <returns>Pictures in the order of the rows, with labels that mean nothing; the caller owns them.</returns>
    /// <exception cref="InputException">A file is damaged, or a picture cannot be used.</exception>
    /// <exception cref="MachineException">They do not fit into memory.</exception>
    public (DataSpec Spec, Dataset Examples) LoadUnlabelled(string sha256, IReadOnlyList<string> classNames)
    {
        using var scope = NewDisposeScope();
        var (pixels, good, pictures) = Pixels([.. files.Train], Choose(files.Train[0]));
        sha256 = Hash(sha256, pictures);
        var examples = new Dataset(
            Kept(pixels, good),
            zeros(good.Length, int64),
            classNames,
            Rote.Data.Split.Test,
            new Provenance(name, TableData.SourceUnlabelled(files), sha256),
            Rows.Select(good)
        );
        return (Spec(sha256, pictures), examples);
    }

    private (Tensor Pixels, long[] Good, ParquetPictures Pictures) Pixels(string[] paths, ParquetColumns columns)
    {
        foreach (var path in paths)
        {
            using var file = ParquetFile.Open(path);
            _read.Add((TableFiles.NameOf(path), (int)Math.Min(file.Rows, int.MaxValue)));
        }

        var rows = Rows;
        var pictures = new ParquetPictures(paths, columns, options, token);
        var pixels = pictures.Decode(name);
        var good = PictureRows.Good(pictures.Tally.Problems, i => rows[i].Name, files.Root, options.SkipBad, progress);
        foreach (var note in pictures.Tally.Notes(good))
        {
            progress?.Report(new DownloadProgress(note));
        }

        return (pixels, good, pictures);
    }

    private DataSpec Spec(string sha256, ParquetPictures pictures) =>
        new()
        {
            Name = name,
            Sha256 = sha256,
            ImageSize = pictures.Size,
            Fit = pictures.Tally.Fit,
            SampleBits = pictures.Tally.Bits,
        };

    /// <summary>Returns the usable pictures as [n, H, W, 1 or 3].</summary>
    private static Tensor Kept(Tensor pixels, long[] good) =>
        (PictureRows.IsGrey(pixels, good) ? pixels.narrow(3, 0, 1) : pixels).index_select(0, tensor(good)).contiguous();

    /// <summary>Picture files beside the table, and pictures not read as stored, make other data than the table alone.</summary>
    private static string Hash(string tables, ParquetPictures pictures)
    {
        if (pictures.Files.Count == 0 && !pictures.Tally.IsReadAnew)
        {
            return tables;
        }

        using var hash = new ContentHash();
        hash.Add("tables", Convert.FromHexString(tables));
        foreach (var (name, sha256) in pictures.Files)
        {
            hash.Add(name, sha256);
        }

        if (pictures.Tally.IsReadAnew)
        {
            hash.Add("reading/2", SHA256.HashData([]));
        }

        return hash.Result();
    }

    private ParquetColumns Choose(string path)
    {
        using var file = ParquetFile.Open(path);
        var columns = ParquetColumns.Choose(file, options, given, progress);
        columns.Report(file, progress);
        return columns;
    }

    private DatasetSplits Split(
        Tensor pixels,
        long[] numbers,
        ClassList classes,
        long[] good,
        int trainCount,
        SourceRows rows,
        Provenance provenance
    )
    {
        var kept = Kept(pixels, good); // [n, H, W, 1 or 3]
        var labels = Array.ConvertAll(good, row => numbers[row]);
        if (files.Test.Count == 0)
        {
            SplitOff.RequireTestable(labels, classes.Names, files.Root, progress);
            return SplitOff.Of(kept, labels, classes.Names, provenance, rows);
        }

        var first = good.Count(row => row < trainCount);
        var missing = Enumerable.Range(0, classes.Names.Count).FirstOrDefault(c => !labels.Take(first).Contains(c), -1);
        if (missing >= 0 || first == labels.Length)
        {
            throw new InputException(
                missing >= 0
                    ? $"{files.Root} has no pictures of the class {classes.Names[missing]} to train on, expected at least one."
                    : $"{files.Root} has no pictures to test on that can be used, expected at least one."
            );
        }

        return new DatasetSplits(Part(0, first, Rote.Data.Split.Train), Part(first, labels.Length - first, Rote.Data.Split.Test));

        Dataset Part(int start, int count, Split split) =>
            new(
                kept.narrow(0, start, count).clone(),
                tensor(labels.AsSpan(start, count).ToArray()),
                classes.Names,
                split,
                provenance,
                rows.Select([.. Enumerable.Range(start, count).Select(row => (long)row)])
            );
    }
}
