using Rote.Measurement;

namespace Rote.Studies.Claims;

/// <summary>A row of the ledger as it is written to a file.</summary>
/// <param name="Id">The claim's name.</param>
/// <param name="Source">Its place in the paper.</param>
/// <param name="Statement">The claim in one sentence.</param>
/// <param name="Paper">The paper's number or words.</param>
/// <param name="Unit">The unit of the number.</param>
/// <param name="Criterion">When it counts as reproduced; null if it was not checked.</param>
/// <param name="Measured">Our number with its standard error and the number of runs or examples behind it; null if there is none.</param>
/// <param name="Verdict">The verdict.</param>
/// <param name="Note">Why there is no number; null if there is one.</param>
/// <param name="Command">The command that checks only this claim.</param>
public sealed record LedgerRow(
    string Id,
    string Source,
    string Statement,
    string Paper,
    Unit Unit,
    Criterion? Criterion,
    LedgerNumber? Measured,
    ClaimVerdict Verdict,
    string? Note,
    string Command
)
{
    /// <summary>Converts a finding to a row.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="command">The command that checks only its claim.</param>
    /// <returns>The row.</returns>
    public static LedgerRow Of(Finding finding, string command) =>
        new(
            finding.Claim.Id,
            finding.Claim.Source,
            finding.Claim.Statement,
            finding.Claim.Paper,
            finding.Claim.Unit,
            finding.Claim.NotAtThisScale is null ? finding.Claim.Criterion : null,
            finding.Measured is { } measured ? LedgerNumber.Of(measured) : null,
            finding.Verdict,
            finding.Note,
            command
        );
}

/// <summary>A number in a file. JSON has no infinity and no NaN, so these become null.</summary>
/// <param name="Value">The number; null if it is not finite, as a time that was never reached.</param>
/// <param name="StandardError">Its standard error; null if unknown, as with one run.</param>
/// <param name="Samples">The number of runs, or of examples for the binomial error of one run.</param>
public sealed record LedgerNumber(double? Value, double? StandardError, int Samples)
{
    /// <summary>Converts an estimate.</summary>
    /// <param name="estimate">The estimate.</param>
    /// <returns>The number.</returns>
    public static LedgerNumber Of(Estimate estimate) => new(Finite(estimate.Value), Finite(estimate.StandardError), estimate.Samples);

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
