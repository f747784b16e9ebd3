using Rote.Data.Labels;

namespace Rote.Data.Formats.Tables;

/// <summary>Reads a table of records as vectors with labels, record by record.</summary>
internal static class RecordVectors
{
    private const int RowsBetweenLooks = 1000;

    /// <summary>Reads a file.</summary>
    /// <param name="file">The file, at its first record.</param>
    /// <param name="name">The user's name for it.</param>
    /// <param name="columns">The feature columns and the label's.</param>
    /// <param name="rows">Receives the features.</param>
    /// <param name="labels">Receives the labels; nothing if no column holds them.</param>
    /// <param name="token">Stops.</param>
    /// <returns>False if a feature is missing or not a number, or a label is missing: then the rest is not read.</returns>
    /// <exception cref="InputException">A record is ragged; or there is such a fault, and the features are the items of lists.</exception>
    public static bool Read(
        TableRecords file,
        string name,
        TableColumns columns,
        TableRows rows,
        LabelTexts labels,
        CancellationToken token
    )
    {
        var places = columns.Places(file.Path, file.Columns);
        var problems = new TableProblems(file.Path);
        rows.Begin(name, columns.Features.Count);
        var features = new double[columns.Features.Count];
        while (file.Next())
        {
            if (file.Row % RowsBetweenLooks == 0)
            {
                token.ThrowIfCancellationRequested();
            }

            if (columns.Label is not null)
            {
                AddLabel(file, columns.Label, file[places[^1]], labels, problems);
            }

            Fill(file, columns, places, features, problems);
            if (problems.None)
            {
                rows.Add(features);
            }
            else if (!columns.IsList)
            {
                return false;
            }
        }

        problems.Require();
        return true;
    }

    private static void Fill(TableRecords file, TableColumns columns, int[] places, Span<double> features, TableProblems problems)
    {
        for (var i = 0; i < features.Length; i++)
        {
            if (!file.TryNumber(places[i], out features[i]))
            {
                problems.Add(columns.Features[i], file[places[i]], file.Place);
            }
            else if (!float.IsFinite((float)features[i]))
            {
                problems.AddMissing(columns.Features[i], file[places[i]], file.Place);
            }
        }
    }

    /// <summary>Adds the label of a record.</summary>
    /// <param name="file">The file, at the record.</param>
    /// <param name="column">The column's name.</param>
    /// <param name="text">The text of the field.</param>
    /// <param name="labels">Receives the label.</param>
    /// <param name="problems">Receives the fault if there is no label.</param>
    /// <exception cref="InputException">The label is too long.</exception>
    public static void AddLabel(TableRecords file, string column, string text, LabelTexts labels, TableProblems problems)
    {
        if (TableProblems.IsNoLabel(text))
        {
            problems.AddMissing(column, text, file.Place);
        }
        else if (!labels.Add(text))
        {
            throw new InputException(
                $"{file.Path}: the label in {file.Place} has {text.Length} characters, expected at most {LabelTexts.Longest}; is "
                    + $"{column} the column of labels?"
            );
        }
    }
}
