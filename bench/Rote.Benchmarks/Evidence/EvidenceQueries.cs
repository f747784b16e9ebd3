using System.Globalization;

namespace Rote.Benchmarks.Evidence;

/// <summary>What a mark in a page may ask for.</summary>
/// <remarks>
/// Files are named without <c>.json</c>; <c>@2</c> behind a frontier's takes its second seed alone. <see cref="EvidenceGroups"/> has
/// names for several.
/// <list type="bullet">
/// <item><c>count FILE VERDICT</c>: claims of a ledger with a verdict, or <c>judged</c>, <c>all</c></item>
/// <item><c>claim FILE ID</c>: a claim's number</item>
/// <item><c>claims FILE</c>: a table whose first column names claims; <c>numbers FILE ID…</c>: one whose last column has numbers of
/// claims</item>
/// <item><c>table FILE ID</c>: a table of a study, one row a row of its own; the header names the columns that are shown</item>
/// <item><c>accuracies FILE TOOL…</c>, <c>leads FILE…</c>, <c>asked FILE…</c>, <c>parts FILE TOOL…</c>: a frontier's tables, one row a
/// tool or file</item>
/// <item><c>at FILE TOOL DEGREE</c>, <c>lead FILE DEGREE</c>, <c>holds FILE…</c>, <c>off FILE…</c>: its numbers</item>
/// <item><c>points FILE FILE</c>, <c>misses FILE…</c>: set-points of two networks on several data sets, and those that are missed</item>
/// <item><c>ranked SET…</c>, <c>counted SET…</c>: planted sets, one row a set; <c>audit SET FIELD</c>, <c>mean-ap METHOD SET…</c>,
/// <c>covers SET…</c>: numbers of them</item>
/// <item><c>quickstart</c>, a table; <c>quickstart ID test|epochs</c>, a number</item>
/// </list>
/// </remarks>
internal static class EvidenceQueries
{
    /// <summary>What belongs between the marks.</summary>
    /// <param name="query">A name and what it takes, with spaces between.</param>
    /// <param name="old">What stands there: a table keeps its words.</param>
    /// <param name="folder">The folder of the evidence.</param>
    /// <exception cref="InputException">The query is not known, or the evidence does not have it.</exception>
    public static string Answer(string query, string old, string folder)
    {
        string[] words = query.Split(' ');
        var given = EvidenceGroups.Expand(words[1..]);
        return (words[0], given.Length) switch
        {
            ("count", 2) => LedgerEvidence.Read(folder, given[0]).Count(given[1]),
            ("claim", 2) => LedgerEvidence.Read(folder, given[0]).Number(given[1]),
            ("claims", 1) => LedgerEvidence.Read(folder, given[0]).Table(old),
            ("numbers", > 1) => LedgerEvidence.Read(folder, given[0]).Numbers(given[1..], old),
            ("table", 2) => LedgerEvidence.Read(folder, given[0]).Rows(given[1], old),
            ("quickstart", 0) => QuickstartEvidence.Table(folder, old),
            ("quickstart", 2) => QuickstartEvidence.Number(folder, given[0], given[1]),
            ("accuracies", > 1) => FrontierTablesOfPages.Accuracies(FrontierEvidence.Read(folder, given[0]), given[1..], old),
            ("parts", > 1) => FrontierTablesOfPages.Parts(FrontierEvidence.Read(folder, given[0]), given[1..], old),
            ("leads", > 0) => FrontierTablesOfPages.Leads(Frontiers(), old),
            ("asked", > 0) => FrontierTablesOfPages.WrongLabels(Frontiers(), old),
            ("points", > 1) => FrontierTablesOfPages.SetPoints(Frontiers(), old),
            ("misses", > 0) => FrontierTablesOfPages.Misses(Frontiers(), old),
            ("at", 3) => FrontierEvidence.Read(folder, given[0]).AtInWords(given[1], Degree(given[2])),
            ("lead", 2) => FrontierEvidence.Read(folder, given[0]).LeadInWords(Degree(given[1])),
            ("holds", > 0) => FrontierNumbers.Holds(Frontiers()),
            ("off", > 0) => FrontierNumbers.Off(Frontiers()),
            ("ranked", > 0) => AuditEvidence.Ranked(folder, given, old),
            ("counted", > 0) => AuditEvidence.Counted(folder, given, old),
            ("mean-ap", > 1) => AuditEvidence.MeanPrecision(folder, given[0], given[1..]),
            ("covers", > 0) => AuditEvidence.Coverage(folder, given),
            ("audit", 2) => AuditEvidence.Number(folder, given[0], given[1]),
            _ => throw new InputException("there is no such query, or it takes another number of words; EvidenceQueries.cs lists them."),
        };

        FrontierEvidence[] Frontiers() => [.. given.Select(file => FrontierEvidence.Read(folder, file))];
    }

    private static double Degree(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var degree)
            ? degree
            : throw new InputException($"'{text}' is no degree of memorization, expected a number from 0 to 1.");
}
