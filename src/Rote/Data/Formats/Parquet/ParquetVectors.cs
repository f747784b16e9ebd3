using Rote.Data.Formats.Numpy;
using Rote.Data.Formats.Tables;
using Rote.Data.Labels;

namespace Rote.Data.Formats.Parquet;

/// <summary>Reads a Parquet file as vectors with labels, one row group at a time.</summary>
internal static class ParquetVectors
{
    /// <summary>Reads a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="name">The user's name for it.</param>
    /// <param name="columns">Its columns: columns of numbers, or one column of lists of numbers of equal length.</param>
    /// <param name="rows">Receives the features.</param>
    /// <param name="labels">Receives the labels, if the columns have any.</param>
    /// <param name="token">Cancels the reading.</param>
    /// <returns>False if a number in a plain column is missing or not finite; the rest is then not read.</returns>
    /// <exception cref="InputException">A label or a number of a list is missing, or lists differ in length.</exception>
    public static bool Read(
        ParquetFile file,
        string name,
        ParquetColumns columns,
        TableRows rows,
        LabelTexts labels,
        CancellationToken token
    )
    {
        var problems = new TableProblems(file.Path);
        var row = 0L;
        for (var group = 0; group < file.Groups; group++)
        {
            token.ThrowIfCancellationRequested();
            var features = columns.Features.Select(c => file.Numbers(group, c)).ToArray();
            if (group == 0)
            {
                rows.Begin(
                    name,
                    columns.Kind == ParquetKind.Numbers
                        ? LengthOf(file, columns.Features[0], features[0], rows.Features)
                        : columns.Features.Count
                );
            }

            var values = new double[features.Length];
            for (var i = 0; i < features[0].Length; i++, row++)
            {
                if (columns.Kind == ParquetKind.Numbers)
                {
                    AddList(file, columns.Features[0], features[0][i], rows, problems, row);
                    continue;
                }

                Fill(columns, features, i, values, problems, row);
                if (!problems.None)
                {
                    return false;
                }

                rows.Add(values);
            }
        }

        problems.Require();
        AddLabels(file, columns.Label, labels);
        return true;
    }

    /// <summary>Adds the labels of a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="column">The column of labels; null to add nothing.</param>
    /// <param name="labels">Receives the labels.</param>
    /// <exception cref="InputException">A label is missing or too long, or its number has no class name in the file.</exception>
    public static void AddLabels(ParquetFile file, ParquetColumn? column, LabelTexts labels)
    {
        if (column is null)
        {
            return;
        }

        var names = HuggingFace.ClassNames(file.Text(HuggingFace.Key), column.Name);
        var row = 0L;
        for (var group = 0; group < file.Groups; group++)
        {
            foreach (var text in file.Texts(group, column))
            {
                var label =
                    text is null || names is null || column.Kind == ParquetKind.Text ? text?.Trim()
                    : int.TryParse(text, out var number) && number >= 0 && number < names.Count ? names[number]
                    : throw new InputException(
                        $"{file.Path}: the label in row {row} is {text}, and the file names {names.Count} classes, 0 to "
                            + $"{names.Count - 1}; leave out examples without a class."
                    );
                if (label is null || TableProblems.IsNoLabel(label))
                {
                    throw new InputException(
                        $"{file.Path}: the label in row {row}, column {column.Name}, is missing; leave out examples without a class."
                    );
                }

                if (!labels.Add(label))
                {
                    throw new InputException(
                        $"{file.Path}: the label in row {row} has {label.Length} characters, expected at most {LabelTexts.Longest}; is "
                            + $"{column.Name} the column of labels?"
                    );
                }

                row++;
            }
        }
    }

    private static int LengthOf(ParquetFile file, ParquetColumn column, double[]?[] lists, int known)
    {
        var length =
            known > 0 ? known
            : lists.Length == 0 ? 0
            : lists[0]?.Length ?? 0;
        return length is > 0 and <= ArrayVectors.MostFeatures
            ? length
            : throw new InputException(
                $"{file.Path}: the list in row 0 of {column.Name} has {length} numbers, expected 1 to {ArrayVectors.MostFeatures}."
            );
    }

    private static void AddList(ParquetFile file, ParquetColumn column, double[]? list, TableRows rows, TableProblems problems, long row)
    {
        if (list is null)
        {
            problems.AddMissing(column.Name, "", $"row {row}");
            return;
        }

        if (list.Length != rows.Features)
        {
            throw new InputException(
                $"{file.Path}: the list in row {row} of {column.Name} has {list.Length} numbers and the first has {rows.Features}, "
                    + $"expected as many in each."
            );
        }

        var wrong = Array.FindIndex(list, v => !float.IsFinite((float)v));
        if (wrong >= 0)
        {
            problems.AddMissing($"{column.Name}[{wrong}]", $"{list[wrong]}", $"row {row}");
        }
        else if (problems.None)
        {
            rows.Add(list);
        }
    }

    private static void Fill(
        ParquetColumns columns,
        double[]?[][] features,
        int index,
        Span<double> target,
        TableProblems problems,
        long row
    )
    {
        for (var d = 0; d < target.Length; d++)
        {
            var value = features[d][index]?[0];
            if (value is { } number && float.IsFinite((float)number))
            {
                target[d] = number;
            }
            else
            {
                problems.AddMissing(columns.Features[d].Name, value is null ? "" : $"{value}", $"row {row}");
            }
        }
    }
}
