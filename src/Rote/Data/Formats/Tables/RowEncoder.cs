using Rote.Data.Download;

namespace Rote.Data.Formats.Tables;

/// <summary>Encodes the columns of a table as features, record by record.</summary>
/// <param name="columns">The columns, in the order of the features.</param>
internal sealed class RowEncoder(IReadOnlyList<DataColumn> columns)
{
    private const int ShownValues = 5;

    private readonly Dictionary<string, int>[] _places =
    [
        .. columns.Select(c =>
            c.Values.Select((value, place) => (value, place)).ToDictionary(v => v.value, v => v.place, StringComparer.Ordinal)
        ),
    ];

    private readonly long[] _gaps = new long[columns.Count]; // missing values in columns that had none when measured
    private readonly long[] _strangers = new long[columns.Count];
    private readonly List<string>[] _strange = [.. columns.Select(_ => new List<string>())];

    /// <summary>The number of features of an example.</summary>
    public int Features { get; } = columns.Sum(c => c.Features);

    /// <summary>Encodes the current record.</summary>
    /// <param name="file">The file, at the record.</param>
    /// <param name="places">The index of each column in the file.</param>
    /// <param name="target">[D] receives the features; NaN if there is no value.</param>
    /// <param name="problems">Collects the faulty fields.</param>
    public void Fill(TableRecords file, IReadOnlyList<int> places, Span<double> target, TableProblems problems)
    {
        var start = 0;
        for (var i = 0; i < columns.Count; i++)
        {
            var features = target.Slice(start, columns[i].Features);
            start += features.Length;
            var own = columns[i].HasGaps ? features[..^1] : features;
            var isGap = columns[i].Kind switch
            {
                DataColumnKind.Category => !FillCategory(i, file[places[i]], own),
                DataColumnKind.Date => !FillDate(i, file, places[i], own),
                _ => !FillNumber(i, file, places[i], own, problems),
            };
            if (columns[i].HasGaps)
            {
                features[^1] = isGap ? 1 : 0;
            }
            else if (isGap)
            {
                _gaps[i]++;
            }
        }
    }

    /// <summary>Reports what the features do not show: unknown values, and gaps in columns that had none.</summary>
    /// <param name="path">The file, for the sentences.</param>
    /// <param name="progress">Told the sentences; null for silence.</param>
    public void Report(string path, IProgress<DownloadProgress>? progress)
    {
        for (var i = 0; i < columns.Count; i++)
        {
            if (_strangers[i] > 0 && columns[i].Values.Count < DataColumn.MostValues)
            {
                progress?.Report(
                    new DownloadProgress(
                        $"{path}: {_strangers[i]:N0} {(_strangers[i] == 1 ? "row has a value" : "rows have values")} in "
                            + $"{columns[i].Name} that "
                            + $"the rows trained on lack ({string.Join(", ", _strange[i])}); no feature stands for it."
                    )
                );
            }

            if (_gaps[i] > 0)
            {
                progress?.Report(
                    new DownloadProgress(
                        $"{path}: {_gaps[i]:N0} {(_gaps[i] == 1 ? "row has" : "rows have")} no value in {columns[i].Name}, and no row "
                            + $"trained on lacked one; it counts as "
                            + $"{(columns[i].Kind == DataColumnKind.Category ? "none of the known" : "the mean")}."
                    )
                );
            }

            (_strangers[i], _gaps[i]) = (0, 0);
            _strange[i].Clear();
        }
    }

    private bool FillCategory(int column, string text, Span<double> target)
    {
        target.Clear();
        if (TableProblems.IsNoLabel(text))
        {
            return false;
        }

        var value = ColumnProfile.Category(text);
        if (_places[column].TryGetValue(value, out var place))
        {
            target[place] = 1;
        }
        else
        {
            _strangers[column]++;
            if (_strange[column].Count < ShownValues && !_strange[column].Contains(TableProblems.Short(value)))
            {
                _strange[column].Add(TableProblems.Short(value));
            }
        }

        return true;
    }

    private bool FillNumber(int column, TableRecords file, int place, Span<double> target, TableProblems problems)
    {
        target[0] = double.NaN;
        if (!file.TryNumber(place, out var number))
        {
            if (!TableProblems.IsNoNumber(file[place]))
            {
                problems.Add(columns[column].Name, file[place], file.Place);
            }

            return false;
        }

        if (double.IsNaN(number))
        {
            return false;
        }

        if (!float.IsFinite((float)number))
        {
            problems.AddMissing(columns[column].Name, file[place], file.Place);
        }

        target[0] = number;
        return true;
    }

    private bool FillDate(int column, TableRecords file, int place, Span<double> target)
    {
        target.Fill(double.NaN);
        var text = file[place];
        if (DateParts.TryRead(text, out var days))
        {
            DateParts.Fill(days, target);
            return true;
        }

        return TableProblems.IsNoNumber(text)
            ? false
            : throw new InputException(
                $"{file.Path}: \"{TableProblems.Short(text)}\" in {file.Place}, column {columns[column].Name}, is no date, and the other "
                    + $"values are; write it as 2024-01-31, or leave the column out."
            );
    }
}
