using Rote.Data;
using Rote.Measurement;

namespace Rote.Audits.Checks;

/// <summary>What the checks say of a data set.</summary>
public sealed record DataChecks
{
    /// <summary>Number of examples that were looked at.</summary>
    public required int Count { get; init; }

    /// <summary>Findings in the order of <see cref="DataCheckCatalog.All"/>; none where there is nothing to say.</summary>
    public required IReadOnlyList<CheckFinding> Findings { get; init; }

    /// <summary>Numbers of every picture; null where the examples are no pictures.</summary>
    public PictureStatistics? Pictures { get; init; }

    /// <summary>Looks with every check.</summary>
    /// <param name="input">The data, and what is known of it.</param>
    /// <param name="cancel">Stops.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was called.</exception>
    public static DataChecks Of(CheckInput input, CancellationToken cancel = default)
    {
        var findings = new List<CheckFinding>();
        foreach (var check in DataCheckCatalog.All)
        {
            cancel.ThrowIfCancellationRequested();
            if (check.Look(input, cancel) is not { } finding)
            {
                continue;
            }

            findings.Add(finding);
        }

        return new DataChecks
        {
            Count = input.Examples.Count,
            Findings = findings,
            Pictures = input.Pictures,
        };
    }

    /// <summary>One row an example, by file and row of the user's data; docs/reference/formats.md.</summary>
    /// <param name="examples">The data.</param>
    /// <returns>Columns of one length in the order of the user's data.</returns>
    public IReadOnlyList<Column> Columns(Dataset examples)
    {
        var found = Enumerable.Range(0, Count).Select(_ => new List<string>()).ToArray();
        foreach (var finding in Findings)
        {
            foreach (var example in finding.Examples)
            {
                found[example].Add(finding.Check);
            }
        }

        var labels = examples.Labels.data<long>().ToArray();
        List<Column> columns =
        [
            .. RowColumns.Of(examples.Rows),
            new("label", Array.ConvertAll(labels, label => examples.ClassNames[(int)label])),
            new("found", Array.ConvertAll(found, names => string.Join(' ', names))),
        ];
        if (examples.Rows.Sizes is { } sizes)
        {
            columns.Add(new Column("height", sizes.Select(size => size.Height).ToArray()));
            columns.Add(new Column("width", sizes.Select(size => size.Width).ToArray()));
        }

        if (Pictures is { } pictures)
        {
            columns.Add(new Column("brightest", Array.ConvertAll(pictures.Brightest, value => (float)value)));
            columns.Add(new Column("darkest", Array.ConvertAll(pictures.Darkest, value => (float)value)));
            columns.Add(new Column("spread", Array.ConvertAll(pictures.Spread, value => (float)value)));
            columns.Add(new Column("sharpness", Array.ConvertAll(pictures.Sharpness, value => (float)value)));
        }

        return RowColumns.InOrder(columns, examples.Rows);
    }
}
