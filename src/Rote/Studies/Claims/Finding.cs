using Rote.Measurement;

namespace Rote.Studies.Claims;

/// <summary>A claim and its verdict: a row of the ledger.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="Verdict">The verdict.</param>
/// <param name="Measured">The number with its error; null if it could not be measured.</param>
/// <param name="Note">Why there is no number, in a sentence; null if there is one.</param>
public sealed record Finding(Claim Claim, ClaimVerdict Verdict, Estimate? Measured, string? Note)
{
    /// <summary>Checks a claim.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="evidence">The runs.</param>
    /// <returns>The finding. Failed training counts as not reproduced, unless the claim says that training fails.</returns>
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
