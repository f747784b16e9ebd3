using System.Text.Json;
using Rote.Cli.Documents;
using Rote.Reports.Reproductions;
using Rote.Studies.Claims;

namespace Rote.Cli.Commands;

/// <summary>Output of <c>rote reproduce</c>.</summary>
internal static class ReproduceOutput
{
    /// <summary>The claims, without looking at them.</summary>
    public static int Listing(Screen screen, IReadOnlyList<Claim> claims)
    {
        screen.PeopleWriter.Write(ClaimTable.Create(claims).ToText(screen.Style));
        screen.Document(claims.Select(ClaimDocument.Of));
        return ExitCode.Done;
    }

    /// <summary>The ledger, on the screen and in files.</summary>
    /// <param name="screen">Where words go.</param>
    /// <param name="result">What was found.</param>
    /// <param name="page">The page's file; the ledger goes beside it.</param>
    public static void Print(Screen screen, Reproduction result, string page)
    {
        var document = new ReproduceDocument
        {
            Study = result.Study.Name,
            Scale = result.Plan.Name,
            Seeds = result.Plan.Seeds,
            Reproduced = result.Ledger.Count(ClaimVerdict.Reproduced),
            NotReproduced = result.Ledger.Count(ClaimVerdict.NotReproduced),
            NotRunAtThisScale = result.Ledger.Count(ClaimVerdict.NotRunAtThisScale),
            NotRun = result.Ledger.Count(ClaimVerdict.NotRun),
            Provenance = result.Provenance.ToDictionary(pair => pair.Name, pair => pair.Value),
            Claims = [.. result.Ledger.Findings.Select(finding => LedgerRow.Of(finding, result.Command(finding.Claim)))],
            Tables = result.Tables.Count > 0 ? [.. result.Tables.Select(StudyTableDocument.Of)] : null,
        };
        var ledger = Path.ChangeExtension(page, ".json");
        ReproductionReport.Write(result, page);
        AtomicFile.WriteText(ledger, JsonSerializer.Serialize(document, RoteJson.Options));
        screen.Line();
        screen.PeopleWriter.Write(ReproductionReport.ToText(result));
        screen.Line();
        screen.Line($"The page with figures: {page}");
        screen.Line($"The ledger for programs: {ledger}");
        screen.Document(document);
    }
}
