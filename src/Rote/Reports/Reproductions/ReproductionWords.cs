using Rote.Studies.Claims;

namespace Rote.Reports.Reproductions;

/// <summary>The study's sentences; its numbers choose them.</summary>
internal static class ReproductionWords
{
    /// <summary>Says how many claims are reproduced, of how many, and at which scale.</summary>
    public static string Count(Reproduction result)
    {
        var ledger = result.Ledger;
        var sentence =
            $"{ledger.Count(ClaimVerdict.Reproduced)} of the {ledger.Judged} claims that were looked at are reproduced at the scale "
            + $"'{result.Plan.Name}' with {Numbers.Count(result.Plan.Seeds, "seed")}";
        var left = ledger.Count(ClaimVerdict.NotRunAtThisScale);
        var failed = ledger.Count(ClaimVerdict.NotRun);
        return $"{sentence}; {ledger.Count(ClaimVerdict.NotReproduced)} are not"
            + (left > 0 ? $"; {left} more need another scale or other data" : "")
            + (failed > 0 ? $"; {failed} came to nothing because a run failed" : "")
            + ".";
    }

    /// <summary>Says what the scale omits.</summary>
    public static string Caution(Reproduction result) =>
        result.Plan.IsRehearsal
            ? "This scale exists to run every path of the code. Its verdicts say nothing about the paper: the data is drawn by Rote, and "
                + "the networks are small."
            : result.Plan.Purpose;

    /// <summary>The claims with a verdict that stands for a failure, each with its sentence.</summary>
    /// <param name="result">What the study found.</param>
    /// <param name="verdict">Not reproduced, or not known because a run failed.</param>
    public static IEnumerable<(string Id, string Sentence)> Failures(Reproduction result, ClaimVerdict verdict) =>
        result
            .Ledger.Findings.Where(finding => finding.Verdict == verdict)
            .Select(finding =>
                (
                    finding.Claim.Id,
                    finding.Note
                        ?? $"{finding.Claim.Statement}: {Text(ClaimNumbers.Measured(finding))}, expected "
                            + $"{ClaimNumbers.Criterion(finding.Claim)}. {finding.Claim.Criterion.Why}"
                )
            );

    private static string Text(TableCell cell) => cell.Error.Length > 0 ? $"{cell.Text} {cell.Error}" : cell.Text;
}
