using System.Globalization;
using Rote.Measurement;
using Rote.Studies.Claims;

namespace Rote.Reports.Reproductions;

/// <summary>Writes a claim's numbers in words.</summary>
internal static class ClaimNumbers
{
    /// <summary>Our number with its error.</summary>
    public static TableCell Measured(Finding finding) =>
        finding.Measured is { } measured
            ? Cell(measured, finding.Claim.Unit, finding.Claim.Criterion is AtLeast { Bound: var bound } ? bound : double.NaN)
            : TableCell.Missing("none");

    /// <summary>A number with its error, in its unit.</summary>
    /// <param name="number">The number.</param>
    /// <param name="unit">Its unit.</param>
    /// <param name="bound">A bound that a share's digits must tell it from; NaN for none.</param>
    public static TableCell Cell(Estimate number, Unit unit, double bound = double.NaN) =>
        unit switch
        {
            Unit.Share => Numbers.PercentCell(number, bound),
            Unit.Ratio => Ratio(number),
            _ when double.IsNaN(number.Value) => TableCell.Missing("not measured"),
            Unit.Points => Points(number),
            _ => Plain(number),
        };

    /// <summary>The criterion, as "at least 99.95 %".</summary>
    public static string Criterion(Claim claim)
    {
        return claim.Criterion switch
        {
            AtLeast(var bound, _) => $"at least {Show(bound)}",
            AtMost(var bound, _) => $"at most {Show(bound)}",
            Within(var center, 0, _) => $"exactly {Show(center)}",
            Within(var center, var tolerance, _) => $"{Show(center)} ± {Show(tolerance)}",
            Above(var bound, var errors, _) => $"above {Show(bound)} by {errors:0.#} standard errors",
            _ => throw new ArgumentException($"There are no words for a {claim.Criterion.GetType().Name}.", nameof(claim)),
        };

        string Show(double number) =>
            claim.Unit switch
            {
                Unit.Share => Numbers.Level(number),
                Unit.Points => $"{100 * number:0.##} points",
                Unit.Ratio => $"{number:0.##}×",
                _ => number.ToString("#,0.####", CultureInfo.InvariantCulture),
            };
    }

    /// <summary>The verdict in words, with a mark that can be told apart without colour.</summary>
    public static string Verdict(ClaimVerdict verdict) =>
        verdict switch
        {
            ClaimVerdict.Reproduced => "✓ reproduced",
            ClaimVerdict.NotReproduced => "✗ not reproduced",
            ClaimVerdict.NotRunAtThisScale => "– not run at this scale",
            _ => "! not run",
        };

    private static TableCell Points(Estimate measured) =>
        new(
            $"{(100 * measured.Value).ToString("+0.0;−0.0;0.0", CultureInfo.InvariantCulture)} points",
            Error(100 * measured.StandardError, "0.0")
        );

    private static TableCell Ratio(Estimate measured) =>
        double.IsFinite(measured.Value)
            ? new TableCell($"{measured.Value:0.00}×", Error(measured.StandardError, "0.00"))
            : TableCell.Missing(double.IsNaN(measured.Value) ? "reference never reached" : "never reached");

    private static TableCell Plain(Estimate measured) =>
        new(
            double.IsInteger(measured.Value) ? $"{measured.Value:N0}" : measured.Value.ToString("0.0000", CultureInfo.InvariantCulture),
            double.IsInteger(measured.Value) ? "" : Error(measured.StandardError, "0.0000")
        );

    private static string Error(double error, string form) =>
        error switch
        {
            double.NaN => "± n/a",
            0 => "",
            _ => $"± {error.ToString(form, CultureInfo.InvariantCulture)}",
        };
}
