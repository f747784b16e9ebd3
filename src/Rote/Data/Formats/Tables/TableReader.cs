using Rote.Data.Download;
using Rote.Data.Formats.Parquet;
using Rote.Data.Labels;

namespace Rote.Data.Formats.Tables;

/// <summary>Reads the files of a table of any format as vectors or texts. The first part determines the columns; all other parts must have
/// them too.</summary>
/// <param name="options">The place of the labels.</param>
/// <param name="given">Labels in a file of their own; null: in a column.</param>
/// <param name="token">Stops.</param>
/// <remarks>A table of numbers is read once. A table with other values is read twice: to profile its columns, and for the values.</remarks>
internal sealed class TableReader(UserDataOptions options, LabelFile? given, CancellationToken token)
{
    private TableColumns? _records;
    private ParquetColumns? _parquet;
    private ColumnReading? _reading;

    /// <summary>Reads a part.</summary>
    /// <param name="files">The table.</param>
    /// <param name="paths">The files of the part, at least one.</param>
    /// <param name="progress">Told which columns are not read; null for silence.</param>
    /// <exception cref="InputException">The files are not a readable table with labels.</exception>
    /// <exception cref="MachineException">The files do not fit into memory, or cannot be read.</exception>
    public TablePart Read(TableFiles files, IReadOnlyList<string> paths, IProgress<DownloadProgress>? progress)
    {
        Choose(files, paths[0], progress);
        var part = (MayBePlain ? Plain(paths) : null) ?? ByColumns(paths, progress);
        return part.Rows.Count > 0 ? part : throw new InputException($"{paths[0]} has columns and no rows, expected a row an example.");
    }

    /// <summary>Whether a file has the column that the labels of the first part were taken from.</summary>
    /// <param name="path">A file of another part.</param>
    /// <exception cref="InputException">The file is damaged.</exception>
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

    /// <summary>Whether the table may still consist of numbers only.</summary>
    private bool MayBePlain =>
        _reading is null
        && options is { Text: null, Categorical: null, Columns: null }
        && (_parquet is null || _parquet.Features.All(c => c.Kind is ParquetKind.Number or ParquetKind.Numbers));

    private void Choose(TableFiles files, string path, IProgress<DownloadProgress>? progress)
    {
        if (files.Kind != TableKind.Parquet)
        {
            _records ??= RecordColumns.Choose(path, options, given, progress, token);
        }
        else if (_parquet is null)
        {
            using var file = ParquetFile.Open(path);
            _parquet = ParquetColumns.Choose(file, options, given, progress);
            _parquet.Report(file, progress);
        }
    }

    /// <summary>Reads numbers; null if there is something else.</summary>
    private TablePart? Plain(IReadOnlyList<string> paths)
    {
        var (rows, labels) = (new TableRows(paths[0]), given?.Labels ?? new LabelTexts());
        IReadOnlyList<string>? order = null;
        foreach (var path in paths)
        {
            if (_records is not null)
            {
                using var file = TableRecords.Open(path, options.LabelColumn);
                if (!RecordVectors.Read(file, TableFiles.NameOf(path), _records, rows, labels, token))
                {
                    return null;
                }
            }
            else
            {
                using var file = ParquetFile.Open(path);
                order ??= _parquet!.Order(file);
                if (!ParquetVectors.Read(file, TableFiles.NameOf(path), _parquet!.In(file), rows, labels, token))
                {
                    return null;
                }
            }
        }

        return _records is not null
            ? new TablePart(rows, labels, _records.Label, _records.IsList ? null : _records.Features, order, _records.LeftOut)
            : new TablePart(
                rows,
                labels,
                _parquet!.Label?.Name,
                _parquet.Kind == ParquetKind.Numbers ? null : [.. _parquet.Features.Select(f => f.Name)],
                order,
                _parquet.LeftOut
            );
    }

    /// <summary>Reads numbers, categories, dates and gaps, or a text.</summary>
    private TablePart ByColumns(IReadOnlyList<string> paths, IProgress<DownloadProgress>? progress)
    {
        var columns = _records ?? new TableColumns([.. _parquet!.Features.Select(f => f.Name)], null, _parquet.LeftOut);
        _reading ??= options.Columns is { } trained
            ? ColumnReading.AsTrained(paths[0], columns.Features, trained)
            : ColumnReading.Of(paths[0], Profiles(columns, paths), options, progress);
        var (rows, labels) = (new TableRows(paths[0]), given?.Labels ?? new LabelTexts());
        var (encoder, texts) = (new RowEncoder(_reading.Columns), _reading.Text is null ? null : new List<string>());
        IReadOnlyList<string>? order = null;
        var read = columns with
        {
            Features = [.. _reading.Columns.Select(c => c.Name)],
            LeftOut = LeftOut(paths[0], columns.LeftOut, _reading.LeftOut),
        };
        foreach (var path in paths)
        {
            using var file = Open(path);
            if (texts is not null)
            {
                RecordRows.ReadTexts(file, read, rows, texts, labels, token);
            }
            else
            {
                RecordRows.Read(file, read, encoder, rows, labels, token);
                encoder.Report(path, progress);
            }

            if (_parquet?.Label is { } label)
            {
                using var parquet = ParquetFile.Open(path);
                order ??= _parquet.Order(parquet);
                ParquetVectors.AddLabels(parquet, _parquet.In(parquet).Label ?? label, labels);
            }
        }

        return new TablePart(
            rows,
            labels,
            _records is null ? _parquet!.Label?.Name : _records.Label,
            texts is null ? [.. _reading.Columns.SelectMany(c => c.FeatureNames())] : null,
            order,
            read.LeftOut
        )
        {
            Columns = _reading.IsPlain ? null : _reading.Columns,
            Texts = texts,
            Marks = _reading.Marks,
        };
    }

    /// <summary>Returns all columns that are not read, in the same order as with a network's own columns, so that the same data has one
    /// checksum.</summary>
    private IReadOnlyList<string> LeftOut(string path, IReadOnlyList<string> bySieve, IReadOnlyList<string> byReading)
    {
        if (byReading.Count == 0)
        {
            return bySieve;
        }

        var all = bySieve.Concat(byReading).ToHashSet(StringComparer.Ordinal);
        if (_parquet is null)
        {
            using var records = Open(path);
            return [.. records.Columns.Where(all.Contains)];
        }

        using var file = ParquetFile.Open(path);
        return [.. file.Columns.Select(c => c.Name).Where(all.Contains).OrderBy(name => ParquetFacts.IsIndex(file, name) ? 0 : 1)];
    }

    private ColumnProfile[] Profiles(TableColumns columns, IReadOnlyList<string> paths)
    {
        ColumnProfile[] profiles = [.. columns.Features.Select(name => new ColumnProfile(name))];
        foreach (var path in paths)
        {
            using var file = Open(path);
            var places = columns.Places(path, file.Columns);
            while (file.Next())
            {
                if (file.Row % 1000 == 0)
                {
                    token.ThrowIfCancellationRequested();
                }

                for (var i = 0; i < profiles.Length; i++)
                {
                    profiles[i].Add(file, places[i]);
                }
            }
        }

        return profiles;
    }

    private TableRecords Open(string path) =>
        _parquet is null ? TableRecords.Open(path, options.LabelColumn) : ParquetRecords.Open(path, _parquet);
}
