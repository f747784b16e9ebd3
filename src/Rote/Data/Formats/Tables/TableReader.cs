using Rote.Data.Download;
using Rote.Data.Formats.Parquet;
using Rote.Data.Labels;

namespace Rote.Data.Formats.Tables;

/// <summary>Reads the files of a table as vectors, whichever format they have. The columns are chosen in the first file; all others must
/// have them too.</summary>
/// <param name="options">Where the labels are.</param>
/// <param name="given">Labels in a file of their own; null: in a column.</param>
/// <param name="token">Stops.</param>
internal sealed class TableReader(UserDataOptions options, LabelFile? given, CancellationToken token)
{
    private TableColumns? _records;
    private ParquetColumns? _parquet;

    /// <summary>Reads a part.</summary>
    /// <param name="files">The table.</param>
    /// <param name="paths">The files of the part, at least one.</param>
    /// <param name="progress">Told which columns are not read; null for silence.</param>
    /// <exception cref="InputException">They are no table of numbers with labels.</exception>
    /// <exception cref="MachineException">They do not fit into memory, or cannot be read.</exception>
    public TablePart Read(TableFiles files, IReadOnlyList<string> paths, IProgress<DownloadProgress>? progress)
    {
        var part = files.Kind == TableKind.Parquet ? Parquet(paths, progress) : Records(paths, progress);
        return part.Rows.Count > 0 ? part : throw new InputException($"{paths[0]} has columns and no rows, expected a row an example.");
    }

    /// <summary>Whether a file has the column that the labels of the first part were taken from.</summary>
    /// <param name="path">A file of another part.</param>
    /// <exception cref="InputException">It is not sound.</exception>
    public bool HasLabels(string path)
    {
        if (_parquet is not null)
        {
            using var file = ParquetFile.Open(path);
            return _parquet.Label is null || file.Columns.Any(c => c.Name == _parquet.Label.Name);
        }

        using var records = TableRecords.Open(path, options.LabelColumn);
        return _records?.Label is not { } label || records.Columns.Contains(label);
    }

    private TablePart Records(IReadOnlyList<string> paths, IProgress<DownloadProgress>? progress)
    {
        var (rows, labels) = (new TableRows(paths[0]), given?.Labels ?? new LabelTexts());
        foreach (var path in paths)
        {
            _records ??= RecordColumns.Choose(path, options, given, progress, token);
            using var file = TableRecords.Open(path, options.LabelColumn);
            RecordVectors.Read(file, TableFiles.NameOf(path), _records, rows, labels, token);
        }

        return new TablePart(rows, labels, _records!.Label, _records.IsList ? null : _records.Features, null, _records.LeftOut);
    }

    private TablePart Parquet(IReadOnlyList<string> paths, IProgress<DownloadProgress>? progress)
    {
        var (rows, labels) = (new TableRows(paths[0]), given?.Labels ?? new LabelTexts());
        IReadOnlyList<string>? order = null;
        foreach (var path in paths)
        {
            using var file = ParquetFile.Open(path);
            if (_parquet is null)
            {
                _parquet = ParquetColumns.Choose(file, options, given, progress);
                _parquet.Tell(file, progress);
            }

            order ??= _parquet.Order(file);
            ParquetVectors.Read(file, TableFiles.NameOf(path), _parquet.In(file), rows, labels, token);
        }

        return new TablePart(
            rows,
            labels,
            _parquet!.Label?.Name,
            _parquet.Kind == ParquetKind.Numbers ? null : [.. _parquet.Features.Select(f => f.Name)],
            order,
            _parquet.LeftOut
        );
    }
}
