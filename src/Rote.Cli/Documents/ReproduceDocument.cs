using Rote.Studies.Claims;

namespace Rote.Cli.Documents;

/// <summary>The ledger of a study: every claim with its verdict.</summary>
internal sealed record ReproduceDocument
{
    /// <summary>Layout, 1.</summary>
    public int Schema { get; } = 1;

    /// <summary>The study's name.</summary>
    public required string Study { get; init; }

    /// <summary>The scale's name.</summary>
    public required string Scale { get; init; }

    /// <summary>Seeds of every experiment.</summary>
    public required int Seeds { get; init; }

    /// <summary>Claims that are reproduced.</summary>
    public required int Reproduced { get; init; }

    /// <summary>Claims that are not.</summary>
    public required int NotReproduced { get; init; }

    /// <summary>Claims that nobody looks at on this scale.</summary>
    public required int NotRunAtThisScale { get; init; }

    /// <summary>Claims that were looked at and for which a run or a measure failed.</summary>
    public required int NotRun { get; init; }

    /// <summary>Everything that makes the result reproducible, by name: command, scale, seeds, data, precision, versions,
    /// machine.</summary>
    public required IReadOnlyDictionary<string, string> Provenance { get; init; }

    /// <summary>The claims, in the order of the study.</summary>
    public required IReadOnlyList<LedgerRow> Claims { get; init; }

    /// <summary>Tables of numbers beside the claims; null where the study has none.</summary>
    public IReadOnlyList<StudyTableDocument>? Tables { get; init; }
}

/// <summary>A table of numbers beside the claims.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Title">What it shows, in a few words.</param>
/// <param name="Caption">What is seen, and what the errors are.</param>
/// <param name="Columns">The columns of numbers.</param>
/// <param name="Rows">The rows.</param>
internal sealed record StudyTableDocument(
    string Id,
    string Title,
    string Caption,
    IReadOnlyList<StudyColumn> Columns,
    IReadOnlyList<StudyRowDocument> Rows
)
{
    public static StudyTableDocument Of(StudyTable table) =>
        new(
            table.Id,
            table.Title,
            table.Caption,
            table.Columns,
            [.. table.Rows.Select(row => new StudyRowDocument(row.Name, [.. row.Values.Select(LedgerNumber.Of)]))]
        );
}

/// <summary>A row of such a table.</summary>
/// <param name="Name">What it is of.</param>
/// <param name="Values">One number a column.</param>
internal sealed record StudyRowDocument(string Name, IReadOnlyList<LedgerNumber> Values);

/// <summary>A claim that was not looked at, as <c>--list</c> shows it.</summary>
/// <param name="Id">The claim's name, from the general to the particular.</param>
/// <param name="Source">Where in the paper.</param>
/// <param name="Statement">What is claimed, in one sentence.</param>
/// <param name="Paper">The paper's own number or words.</param>
/// <param name="Unit">What the number is.</param>
/// <param name="Criterion">When it counts as reproduced.</param>
/// <param name="Extra">Why it is left out unless everything is asked for, in a sentence; null where it is of the core.</param>
/// <param name="NotAtThisScale">Why nobody looks at it at this scale, in a sentence; null where it is looked at.</param>
/// <param name="Runs">Identities of the runs it rests on, the first twelve digits; empty for what needs no training.</param>
internal sealed record ClaimDocument(
    string Id,
    string Source,
    string Statement,
    string Paper,
    Unit Unit,
    Criterion Criterion,
    string? Extra,
    string? NotAtThisScale,
    IReadOnlyList<string> Runs
)
{
    public static ClaimDocument Of(Claim claim) =>
        new(
            claim.Id,
            claim.Source,
            claim.Statement,
            claim.Paper,
            claim.Unit,
            claim.Criterion,
            claim.Extra,
            claim.NotAtThisScale,
            [.. claim.Needs.Select(experiment => experiment.Identity[..12])]
        );
}
