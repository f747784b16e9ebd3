using Rote.Data.Labels;

namespace Rote.Data.Formats.Tables;

/// <summary>Reads a table of records whose columns are not all numbers, record by record.</summary>
internal static class RecordRows
{
    private const int RowsBetweenLooks = 1000;

    /// <summary>Reads a file as rows of features.</summary>
    /// <param name="file">The file, at its first record.</param>
    /// <param name="columns">The feature columns, in the order of the encoder, and the label's.</param>
    /// <param name="encoder">Encodes the features.</param>
    /// <param name="rows">Receives the features.</param>
    /// <param name="labels">Receives the labels; nothing if no column holds them.</param>
    /// <param name="token">Stops.</param>
    /// <exception cref="InputException">A record is ragged, a number or date is invalid, or a label is missing.</exception>
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
                // After the first fault the rest is only checked, so that all faults are reported at once.
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
    /// <param name="file">The file, at its first record.</param>
    /// <param name="columns">The column of the texts, and the label's.</param>
    /// <param name="rows">Counts the texts.</param>
    /// <param name="texts">Receives the texts.</param>
    /// <param name="labels">Receives the labels; nothing if no column holds them.</param>
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
                texts.Add(file[places[0]].Trim()); // a quoted field keeps its spaces
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
