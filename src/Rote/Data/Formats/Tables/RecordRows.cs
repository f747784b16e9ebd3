using Rote.Data.Labels;

namespace Rote.Data.Formats.Tables;

/// <summary>Reads a table of records whose columns are not all numbers, record by record.</summary>
internal static class RecordRows
{
    private const int RowsBetweenLooks = 1000;

    /// <summary>Reads a file as rows of features.</summary>
    /// <param name="file">At its first record.</param>
    /// <param name="columns">Which columns are features, in the order of the encoder, and which is the label.</param>
    /// <param name="encoder">Makes the features.</param>
    /// <param name="rows">Takes them.</param>
    /// <param name="labels">Takes the labels; nothing where the columns have none.</param>
    /// <param name="token">Stops.</param>
    /// <exception cref="InputException">A record is ragged, a number or a date is none, or a label is missing.</exception>
    public static void Read(
        TableRecords file,
        TableColumns columns,
        RowEncoder encoder,
        TableRows rows,
        LabelTexts labels,
        CancellationToken token
    )
    {
        var features = new double[encoder.Features];
        rows.Begin(TableFiles.NameOf(file.Path), features.Length);
        Each(
            file,
            columns,
            labels,
            (places, problems) =>
            {
                // Once something is wrong the rest is only looked at, to tell all of it at once.
                encoder.Fill(file, places, features, problems);
                if (problems.None)
                {
                    rows.Add(features);
                }
            },
            token
        );
    }

    /// <summary>Reads a file as texts.</summary>
    /// <param name="file">At its first record.</param>
    /// <param name="columns">The column of the texts, and which is the label.</param>
    /// <param name="rows">Counts them.</param>
    /// <param name="texts">Takes them.</param>
    /// <param name="labels">Takes the labels; nothing where the columns have none.</param>
    /// <param name="token">Stops.</param>
    /// <exception cref="InputException">A record is ragged, or a label is missing.</exception>
    public static void ReadTexts(
        TableRecords file,
        TableColumns columns,
        TableRows rows,
        List<string> texts,
        LabelTexts labels,
        CancellationToken token
    )
    {
        rows.Begin(TableFiles.NameOf(file.Path), 0);
        Each(
            file,
            columns,
            labels,
            (places, _) =>
            {
                texts.Add(file[places[0]].Trim()); // a field in quotes keeps its space
                rows.AddEmpty();
            },
            token
        );
    }

    private static void Each(
        TableRecords file,
        TableColumns columns,
        LabelTexts labels,
        Action<int[], TableProblems> add,
        CancellationToken token
    )
    {
        var places = columns.Places(file.Path, file.Columns);
        var problems = new TableProblems(file.Path);
        while (file.Next())
        {
            if (file.Row % RowsBetweenLooks == 0)
            {
                token.ThrowIfCancellationRequested();
            }

            if (columns.Label is not null)
            {
                RecordVectors.AddLabel(file, columns.Label, file[places[^1]], labels, problems);
            }

            add(places, problems);
        }

        problems.Require();
    }
}
