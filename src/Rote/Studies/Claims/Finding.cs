using Rote.Measurement;

namespace Rote.Studies.Claims;

/// <summary>A claim and what came of it: a row of the ledger.</summary>
/// <param name="Claim">What was claimed.</param>
/// <param name="Verdict">What came of it.</param>
/// <param name="Measured">The number with its error; null where there is none.</param>
/// <param name="Note">Why there is no number, in a sentence; null where there is one.</param>
public sealed record Finding(Claim Claim, ClaimVerdict Verdict, Estimate? Measured, string? Note)
{
    /// <summary>Looks at a claim.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="evidence">The runs.</param>
    /// <returns>The finding. A training that failed is one: the claim is not reproduced.</returns>
    public static Finding Of(Claim claim, Evidence evidence)
    {
        if (claim.NotAtThisScale is { } reason)
        {
            return new Finding(claim, ClaimVerdict.NotRunAtThisScale, null, reason);
        }

        try
        {
            var measured = claim.Measure(evidence);
            return new Finding(
                claim,
                claim.Criterion.Holds(measured) ? ClaimVerdict.Reproduced : ClaimVerdict.NotReproduced,
                measured,
                null
            );
        }
        catch (NoEvidenceException error)
        {
            var verdict =
                !error.IsOfTheNetwork ? ClaimVerdict.NotRun
                : claim.HoldsIfTrainingFails ? ClaimVerdict.Reproduced
                : ClaimVerdict.NotReproduced;
            return new Finding(claim, verdict, null, error.Message);
        }
    }
}
