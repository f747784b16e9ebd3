using System.Security.Cryptography;
using System.Text;
using Rote.Data.Download;
using Rote.Data.Formats.Parquet;
using Rote.Data.Labels;
using Rote.Data.Splitting;
using static TorchSharp.torch;

namespace Rote.Data.Formats.Tables;

/// <summary>Loads vectors or pictures and labels from tables, and splits them.</summary>
internal sealed class TableData
{
    private TableFiles _files;
    private readonly string _name;
    private readonly UserDataOptions _options;
    private readonly IProgress<DownloadProgress>? _progress;
    private readonly CancellationToken _token;
    private readonly LabelFile? _given;

    private TableData(
        TableFiles files,
        string name,
        UserDataOptions options,
        IProgress<DownloadProgress>? progress,
        CancellationToken token
    )
    {
        (_files, _name, _options, _progress, _token) = (files, name, options, progress, token);
        _given = options.Labels is { } labels ? LabelFile.Read(labels, options.LabelColumn) : null;
        if (_given is not null && files.Test.Count > 0)
        {
            throw new InputException(
                $"{Setting.Labels} gives the labels of one table, and {files.Root} has files to train and to test; put "
                    + $"the labels into a column of both."
            );
        }
    }

    /// <summary>The file, or the folder if there are several, for messages.</summary>
    private string Where => _files.Train.Count == 1 && _files.Test.Count == 0 ? _files.Train[0] : _files.Root;

    /// <summary>Loads a table.</summary>
    /// <param name="request">The request, with the path of a file or a folder of files (<see cref="TableFiles"/>).</param>
    /// <returns>Vectors [N, D], or images [N, H, W, 1 or 3], which the caller owns.</returns>
    /// <exception cref="InputException">The files are not a table of numbers or pictures with labels.</exception>
    /// <exception cref="MachineException">The files do not fit into memory, or cannot be read.</exception>
    public static NamedData Load(DataRequest request)
    {
        var files = TableFiles.Find(request.Path);
        foreach (var note in files.Notes)
        {
            request.Report(note);
        }

        var work = new TableData(files, request.Name, request.Options, request.Progress, request.Token);
        if (request.Options.Text is null && HasPictures(files))
        {
            return new PictureTable(files, request.Name, request.Options, work._given, request.Progress, request.Token).Load(
                work.Hash(ParquetColumns.Ignored(request.Options))
            );
        }

        using var scope = NewDisposeScope();
        return work.Vectors();
    }

    /// <summary>Loads examples without labels; all columns are features, or those that the options name.</summary>
    /// <param name="path">A file or a folder of files (<see cref="TableFiles"/>).</param>
    /// <param name="name">A short name of the data.</param>
    /// <param name="classNames">The classes that may be predicted.</param>
    /// <param name="options">The options; they may name the columns.</param>
    /// <param name="progress">Told sentences; null for silence.</param>
    /// <param name="token">Stops.</param>
    /// <returns>Examples in the order of the rows, with labels that mean nothing; the caller owns them.</returns>
    /// <exception cref="InputException">The files are not a table of numbers or pictures.</exception>
    /// <exception cref="MachineException">The files do not fit into memory, or cannot be read.</exception>
    public static (DataSpec Spec, Dataset Examples) LoadUnlabelled(
        string path,
        string name,
        IReadOnlyList<string> classNames,
        UserDataOptions options,
        IProgress<DownloadProgress>? progress,
        CancellationToken token
    )
    {
        var files = TableFiles.Find(path) is var found && found.Test.Count > 0 ? found with { Train = [.. found.All], Test = [] } : found;
        var work = new TableData(files, name, options with { Labels = null, LabelColumn = null }, progress, token);
        var none = new LabelFile(files.Train[0], new LabelTexts(), null);
        using var scope = NewDisposeScope();
        if (options.Text is null && HasPictures(files))
        {
            return new PictureTable(files, name, options, none, progress, token).LoadUnlabelled(
                work.Hash(ParquetColumns.Ignored(options)),
                classNames
            );
        }

        DatasetLoader.RequireTaken(path, options, ReaderOptions.Labels | ReaderOptions.Columns | ReaderOptions.Ignore);
        var part = new TableReader(options, none, token).Read(files, files.Train, progress);
        var provenance = new Provenance(name, SourceUnlabelled(files), work.Hash(part.LeftOut, marks: part.Marks));
        var count = part.Rows.Count;
        var examples = new Dataset(
            part.ToTensor(token),
            zeros(count, int64),
            classNames,
            Split.Test,
            provenance,
            part.Rows.Identities(),
            part.FeatureNames,
            part.Columns,
            part.Texts
        );
        return (new DataSpec { Name = name, Sha256 = provenance.Sha256 }, examples);
    }

    /// <summary>Whether a path leads to tables with a column of pictures.</summary>
    public static bool HasPictures(string path) => TableFiles.AreAt(path) && HasPictures(TableFiles.Find(path));

    /// <summary>Reports the column of labels if the user did not name it.</summary>
    public static void Report(TableFiles files, UserDataOptions options, string? column, IProgress<DownloadProgress>? progress)
    {
        if (column is not null && options.LabelColumn is null)
        {
            progress?.Report(
                new DownloadProgress(
                    $"The labels are in the column {column} of {TableFiles.NameOf(files.Train[0])}; another is chosen with "
                        + $"{Setting.LabelColumn}."
                )
            );
        }
    }

    /// <summary>Describes the source of tables.</summary>
    public static string Source(TableFiles files, string labels) =>
        $"{List(files)}, labels from {labels}, {(files.Test.Count > 0 ? "with its own test files" : SplitOff.Words)}";

    /// <summary>Describes the source of examples without labels.</summary>
    public static string SourceUnlabelled(TableFiles files) => $"{List(files)}, without labels";

    private static string List(TableFiles files)
    {
        var names = files.All.Select(TableFiles.NameOf).ToArray();
        return names.Length == 1
            ? $"the table {names[0]}"
            : $"{names.Length} tables ({string.Join(", ", names.Take(5))}{(names.Length > 5 ? ", …" : "")})";
    }

    private static bool HasPictures(TableFiles files)
    {
        if (files.Kind != TableKind.Parquet)
        {
            return false;
        }

        using var file = ParquetFile.Open(files.Train[0]);
        return file.Columns.Any(c => c.Kind == ParquetKind.Picture);
    }

    private NamedData Vectors()
    {
        var reader = new TableReader(_options, _given, _token);
        var train = reader.Read(_files, _files.Train, _progress);
        Report(_files, _options, _given is null ? train.LabelColumn : null, _progress);
        foreach (var note in LabelSpellings.In(train.Labels.Distinct))
        {
            _progress?.Report(new DownloadProgress(note));
        }

        LeaveOutUnlabelled(reader);
        _given?.RequireCount(train.Rows.Count, Where);
        var labelsName = _given?.Path ?? Where;
        var classes = ClassList.Of(train.Labels.Distinct, labelsName, train.Order);
        var numbers = train.Labels.Numbers(classes, labelsName);
        var label = _given is null ? train.LabelColumn : _given.Column;
        var source = Source(_files, _given is null ? $"the column {label}" : _given.Name);
        var spec = new DataSpec { Name = _name, LabelColumn = label };
        return _files.Test.Count == 0
            ? SetAside(train, numbers, classes, spec, source)
            : WithTest(reader, train, numbers, classes, spec, source);
    }

    private NamedData SetAside(TablePart train, long[] numbers, ClassList classes, DataSpec spec, string source)
    {
        var provenance = new Provenance(_name, source, Hash(train.LeftOut, train.Rows.IsWide, train.Marks));
        SplitOff.RequireTestable(numbers, classes.Names, _given?.Path ?? Where, _progress);
        return new NamedData(
            spec with
            {
                Sha256 = provenance.Sha256,
            },
            SplitOff.Of(
                train.ToTensor(_token),
                numbers,
                classes.Names,
                provenance,
                train.Rows.Identities(),
                train.FeatureNames,
                train.Columns,
                train.Texts
            )
        );
    }

    private NamedData WithTest(TableReader reader, TablePart train, long[] numbers, ClassList classes, DataSpec spec, string source)
    {
        var test = reader.Read(_files, _files.Test, _progress);
        var testNumbers = test.Labels.Numbers(classes, $"{_files.Test[0]}{(_files.Test.Count > 1 ? " and others" : "")}");
        if (test.Features != train.Features)
        {
            throw new InputException(
                $"{_files.Root}: the vectors to test on have {test.Features} features and those to train on {train.Features}, "
                    + $"expected as many."
            );
        }

        var (trainExamples, testExamples) = VectorPrecision.Alike(train.ToTensor(_token), test.ToTensor(_token));
        var given = new Provenance(_name, source, Hash(train.LeftOut, trainExamples.dtype == float64, train.Marks));
        return new NamedData(
            spec with
            {
                Sha256 = given.Sha256,
            },
            new DatasetSplits(Given(trainExamples, train, numbers, Split.Train), Given(testExamples, test, testNumbers, Split.Test))
        );

        Dataset Given(Tensor examples, TablePart part, long[] labels, Split split) =>
            new(
                examples,
                tensor(labels),
                classes.Names,
                split,
                given,
                part.Rows.Identities(),
                train.FeatureNames,
                train.Columns,
                part.Texts
            );
    }

    /// <summary>Drops test files without labels, such as a competition's: the rest is then split like any other data.</summary>
    private void LeaveOutUnlabelled(TableReader reader)
    {
        if (_files.Test.Count > 0 && !_files.Test.Any(reader.HasLabels))
        {
            var names = _files.Test.Select(TableFiles.NameOf).ToArray();
            _progress?.Report(
                new DownloadProgress(
                    $"{string.Join(", ", names.Take(5))}{(names.Length > 5 ? ", …" : "")} {(names.Length == 1 ? "has" : "have")} no "
                        + $"column of labels and {(names.Length == 1 ? "is" : "are")} not read; {SplitOff.Words}."
                )
            );
            _files = _files with { Test = [] };
        }
    }

    private string Hash(IReadOnlyList<string> leftOut, bool isWide = false, IReadOnlyList<string>? marks = null)
    {
        using var hash = new ContentHash();
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        foreach (var path in _files.All)
        {
            ContentHash.OfFile(path, digest);
            hash.Add(TableFiles.NameOf(path), digest);
        }

        _given?.AddTo(hash);
        foreach (var column in leftOut)
        {
            // Other columns make other data; if none is left out, the checksum is that of the files.
            SHA256.HashData(Encoding.UTF8.GetBytes(column), digest);
            hash.Add($"without/{column}", digest);
        }

        foreach (var mark in marks ?? [])
        {
            hash.Add(mark, new byte[SHA256.HashSizeInBytes]);
        }

        if (isWide)
        {
            hash.Add(VectorPrecision.Mark, new byte[SHA256.HashSizeInBytes]);
        }

        return hash.Result();
    }
}
