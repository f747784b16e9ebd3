using System.Security.Cryptography;

using Rote.Datasets.Own;

using static TorchSharp.torch;

namespace Rote.Datasets.Tables;

/// <summary>Loads vectors and labels from tables: each file once, record by record, and the split.</summary>
internal sealed class TableData
{
    private readonly TableFiles _files;
    private readonly OwnDataOptions _options;
    private readonly LabelFile? _given;
    private readonly CancellationToken _token;
    private TableColumns? _columns;

    private TableData(TableFiles files, OwnDataOptions options, CancellationToken token)
    {
        (_files, _options, _token) = (files, options, token);
        _given = options.Labels is { } labels ? LabelFile.Read(labels, options.LabelColumn) : null;
        if (_given is not null && files.Test.Count > 0)
        {
            throw new InputException($"--labels gives the labels of one table, and {files.Root} has files to train and to test; put the labels into a column of both.");
        }
    }

    /// <summary>Loads a table.</summary>
    /// <param name="path">A file or a folder of files (<see cref="TableFiles"/>).</param>
    /// <param name="name">A short name of the data.</param>
    /// <param name="options">Where the labels are.</param>
    /// <param name="progress">Told sentences; null for silence.</param>
    /// <param name="token">Stops.</param>
    /// <returns>Vectors [N, D], which the caller owns.</returns>
    /// <exception cref="InputException">The files are no table of numbers with labels.</exception>
    /// <exception cref="MachineException">They do not fit into memory, or cannot be read.</exception>
    public static NamedData Load(string path, string name, OwnDataOptions options, IProgress<DownloadProgress>? progress, CancellationToken token)
    {
        var files = TableFiles.Find(path);
        foreach (var note in files.Notes)
        {
            progress?.Report(new DownloadProgress(note));
        }

        var work = new TableData(files, options, token);
        return work.Assemble(name, progress);
    }

    private NamedData Assemble(string name, IProgress<DownloadProgress>? progress)
    {
        using var scope = NewDisposeScope();
        var train = Read(_files.Train);
        Tell(progress);
        var where = $"{_files.Root}{(_files.Train.Count == 1 ? $"{Path.DirectorySeparatorChar}{TableFiles.NameOf(_files.Train[0])}" : "")}";
        _given?.RequireCount(train.Rows.Count, where);
        var labelsName = _given?.Path ?? where;
        var classes = ClassList.Of(train.Labels.Distinct, labelsName);
        var numbers = train.Labels.Numbers(classes, labelsName);
        var label = _given is null ? _columns!.Label : _given.Column;
        var source = $"{(_files.All.Count() == 1 ? "the table" : $"{_files.All.Count()} tables:")} {string.Join(", ", _files.All.Take(5).Select(TableFiles.NameOf))}{(_files.All.Count() > 5 ? ", …" : "")}, "
            + $"labels from {(_given is null ? $"the column {label}" : _given.Name)}, {(_files.Test.Count > 0 ? "with its own test files" : SplitOff.Words)}";
        var provenance = new Provenance(name, source, Hash());
        var spec = new DataSpec { Name = name, Sha256 = provenance.Sha256, LabelColumn = label };
        var names = _columns!.Features;
        if (_files.Test.Count == 0)
        {
            SplitOff.RequireTwoOfEach(numbers, classes.Names, labelsName);
            return new NamedData(spec, SplitOff.Of(train.Rows.ToTensor(), numbers, classes.Names, provenance, train.Rows.NameOf, names));
        }

        var test = Read(_files.Test);
        var testNumbers = test.Labels.Numbers(classes, string.Join(", ", _files.Test));
        return new NamedData(spec, new TrainTest(Given(train.Rows, numbers, Split.Train), Given(test.Rows, testNumbers, Split.Test)));

        LabeledImages Given(TableRows rows, long[] labels, Split split) =>
            new(rows.ToTensor(), tensor(labels), classes.Names, split, provenance, [.. Enumerable.Range(0, rows.Count).Select(i => rows.NameOf(i))], names);
    }

    private (TableRows Rows, LabelTexts Labels) Read(IReadOnlyList<string> paths)
    {
        var (rows, labels) = (new TableRows(paths[0]), _given?.Labels ?? new LabelTexts());
        foreach (var path in paths)
        {
            using var file = CsvFile.Read(path, _options.LabelColumn);
            _columns ??= TableColumns.Choose(path, file.Columns, _options.LabelColumn, _given is not null);
            CsvVectors.Read(file, TableFiles.NameOf(path), _columns, rows, labels, _token);
        }

        return rows.Count > 0 ? (rows, labels) : throw new InputException($"{paths[0]} has a line of names and no rows, expected a row an example.");
    }

    private void Tell(IProgress<DownloadProgress>? progress)
    {
        if (_given is null && _options.LabelColumn is null)
        {
            progress?.Report(new DownloadProgress($"The labels are in the column {_columns!.Label} of {TableFiles.NameOf(_files.Train[0])}; --label-column takes another."));
        }
    }

    private string Hash()
    {
        using var hash = new ContentHash();
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        foreach (var path in _files.All)
        {
            ContentHash.OfFile(path, digest);
            hash.Add(TableFiles.NameOf(path), digest);
        }

        _given?.AddTo(hash);
        return hash.Result();
    }
}
