namespace Rote.Studies.Claims;

/// <summary>All findings of a study at one scale, including the claims that failed.</summary>
/// <param name="Findings">One per claim, in the study's order.</param>
public sealed record Ledger(IReadOnlyList<Finding> Findings)
{
    /// <summary>Whether every checked claim is reproduced, and none lacks a run.</summary>
    public bool IsClean => Count(ClaimVerdict.NotReproduced) == 0 && Count(ClaimVerdict.NotRun) == 0;

    /// <summary>Number of claims that are reproduced or not reproduced.</summary>
    public int Judged => Count(ClaimVerdict.Reproduced) + Count(ClaimVerdict.NotReproduced);

    /// <summary>Judges claims by the outcomes of their runs.</summary>
    /// <param name="claims">The selected claims.</param>
    /// <param name="evidence">The runs.</param>
    /// <returns>One finding per claim, in their order.</returns>
    public static Ledger Of(IEnumerable<Claim> claims, Evidence evidence) => new([.. claims.Select(claim => Finding.Of(claim, evidence))]);

    /// <summary>Counts the claims with a verdict.</summary>
    /// <param name="verdict">The verdict.</param>
    /// <returns>Their number.</returns>
    public int Count(ClaimVerdict verdict) => Findings.Count(finding => finding.Verdict == verdict);
}
