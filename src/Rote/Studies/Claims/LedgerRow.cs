using Rote.Measurement;

namespace Rote.Studies.Claims;

/// <summary>A row of the ledger as it stands in a file.</summary>
/// <param name="Id">The claim's name.</param>
/// <param name="Source">Where in the paper.</param>
/// <param name="Statement">What it says.</param>
/// <param name="Paper">The paper's number or words.</param>
/// <param name="Unit">What the number is.</param>
/// <param name="Criterion">When it counts as reproduced; null where it was not looked at.</param>
/// <param name="Measured">Our number with its standard error and the number of runs or examples behind it; null where there is
/// none.</param>
/// <param name="Verdict">What came of it.</param>
/// <param name="Note">Why there is no number.</param>
/// <param name="Command">The command that looks at this claim alone.</param>
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
    /// <summary>A finding as a row.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="command">The command that looks at it alone.</param>
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

/// <summary>A number in a file: JSON has no infinity and no NaN, so those are absent.</summary>
/// <param name="Value">The number; null where it is infinite, as a time that was never reached.</param>
/// <param name="StandardError">Its standard error; null where one run gives none.</param>
/// <param name="Samples">Runs, or examples for the binomial error of one run.</param>
public sealed record LedgerNumber(double? Value, double? StandardError, int Samples)
{
    /// <summary>An estimate as it is written.</summary>
    /// <param name="estimate">The estimate.</param>
    /// <returns>The number.</returns>
    public static LedgerNumber Of(Estimate estimate) => new(Finite(estimate.Value), Finite(estimate.StandardError), estimate.Samples);

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
