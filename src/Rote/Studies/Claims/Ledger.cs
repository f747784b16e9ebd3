namespace Rote.Studies.Claims;

/// <summary>All findings of a study at one scale; a claim never leaves it because it fails.</summary>
/// <param name="Findings">One a claim, in the study's order.</param>
public sealed record Ledger(IReadOnlyList<Finding> Findings)
{
    /// <summary>Whether every claim that was looked at is reproduced, and none came to nothing.</summary>
    public bool IsClean => Count(ClaimVerdict.NotReproduced) == 0 && Count(ClaimVerdict.NotRun) == 0;

    /// <summary>Claims that were looked at: reproduced or not.</summary>
    public int Judged => Count(ClaimVerdict.Reproduced) + Count(ClaimVerdict.NotReproduced);

    /// <summary>Judges claims by what came of their runs.</summary>
    /// <param name="claims">The claims asked for.</param>
    /// <param name="evidence">The runs.</param>
    /// <returns>One finding a claim, in their order.</returns>
    public static Ledger Of(IEnumerable<Claim> claims, Evidence evidence) => new([.. claims.Select(claim => Finding.Of(claim, evidence))]);

    /// <summary>Claims with a verdict.</summary>
    /// <param name="verdict">The verdict.</param>
    /// <returns>How many.</returns>
    public int Count(ClaimVerdict verdict) => Findings.Count(finding => finding.Verdict == verdict);
}
