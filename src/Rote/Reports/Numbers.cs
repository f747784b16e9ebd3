using Rote.Measurement;

namespace Rote.Reports;

/// <summary>How numbers are written in every report. The space before a unit is U+00A0, so that no line breaks there.</summary>
public static class Numbers
{
    /// <summary>Shares below this are never shown as "100 %".</summary>
    private const double Whole = 0.9995;

    private const char Space = '\u00A0';

    /// <summary>A degree of memorization, with as many digits as it was asked for with: 0.1, 0.125, 0.004.</summary>
    /// <param name="degree">m, in [0, 1]; null: an empty text.</param>
    public static string Degree(double? degree) => degree is { } m ? m.ToString("0.########") : "";

    /// <summary>A share that was chosen, not measured, with the decimals that it has (at most two), as "10 %" or "99.5 %".</summary>
    /// <param name="share">In [0, 1].</param>
    public static string Level(double share) => $"{(100 * share).ToString("0.##")}{Space}%";

    /// <summary>A share without an error, in percent with one decimal, as "53.4 %".</summary>
    /// <param name="share">In [0, 1].</param>
    /// <returns>Only 0 is "0.0 %" and only 1 is "100.0 %": a few of many are less than 0.1 %, and all but a few more than 99.9 %, with the
    /// sign.</returns>
    public static string Share(double share) =>
        (100 * share).ToString("0.0") switch
        {
            "0.0" when share > 0 => $"<{Space}0.1{Space}%",
            "100.0" when share < 1 => $">{Space}99.9{Space}%",
            var text => $"{text}{Space}%",
        };

    /// <summary>A measured share in percent, as "53.4 %"; "not measured" for NaN.</summary>
    /// <param name="share">The share and its error.</param>
    /// <param name="target">A level that the share should reach. A share below it never reads as the same number: 99.48 % stays 99.48 %
    /// against 99.5 %.</param>
    public static string Percent(Estimate share, double target = double.NaN) => PercentCell(share, target).Text;

    /// <summary>The same with its standard error, as "53.4 % ± 0.5".</summary>
    public static string PercentWithError(Estimate share)
    {
        var cell = PercentCell(share);
        return cell.Error.Length == 0 ? cell.Text : $"{cell.Text}{Space}{cell.Error}";
    }

    /// <summary>A share in percent with its standard error in percentage points, as ("53.4 %", "± 0.5").</summary>
    /// <param name="share">The share and its error.</param>
    /// <param name="target">As for <see cref="Percent"/>.</param>
    /// <remarks>
    /// Uses as many decimals (1 or 2) as the error needs for one significant figure. No error is shown where it is 0, at shares of exactly
    /// 0 and 1; "± n/a" where a single run gives none.
    /// </remarks>
    public static TableCell PercentCell(Estimate share, double target = double.NaN)
    {
        if (double.IsNaN(share.Value))
        {
            return TableCell.Missing("not measured");
        }

        var points = 100 * share.StandardError;
        var decimals = points is > 0 and < 0.05 ? 2 : 1;
        while (share.Value < target && decimals < 6 && Show(share.Value, decimals) == Show(target, decimals))
        {
            decimals++;
        }

        while (decimals is 2 or 3 && RoundsToAnEnd(share.Value, decimals))
        {
            decimals++; // one label of 50,000 is what this is about
        }

        return new TableCell(
            Show(share.Value, decimals),
            points switch
            {
                double.NaN => $"±{Space}n/a",
                0 => "",
                < 0.005 => $"<{Space}0.01",
                < 0.05 => $"±{Space}{points:0.00}",
                _ => $"±{Space}{points:0.0}",
            }
        );
    }

    /// <summary>A difference of two shares in percentage points, without a sign, as "48.3 points".</summary>
    public static string Points(double difference) => $"{Math.Abs(100 * difference):0.0}{Space}points";

    /// <summary>A whole number with thousands separated, as "50,000".</summary>
    public static string Count(long count) => $"{count:N0}";

    /// <summary>A number and its noun, as "1 epoch" or "25 epochs".</summary>
    public static string Count(long count, string noun) => $"{count:N0}{Space}{noun}{(count == 1 ? "" : "s")}";

    /// <summary>Wall seconds, with one decimal below 10, as "48 s".</summary>
    public static string Seconds(double seconds) => seconds < 10 ? $"{seconds:0.0}{Space}s" : $"{seconds:N0}{Space}s";

    /// <summary>A ratio, as "2.2×".</summary>
    public static string Ratio(double ratio) => $"{ratio:0.0}×";

    /// <summary>A loss in nats, with three decimals or two significant figures, as "0.125" or "0.0012".</summary>
    public static string Loss(double nats) => Math.Abs(nats) is > 0 and < 0.01 ? nats.ToString("G2") : nats.ToString("0.000");

    /// <summary>A size of files, as "12.3 MB" or "812 bytes".</summary>
    public static string Bytes(long bytes) =>
        bytes switch
        {
            >= 1_000_000_000 => $"{bytes / 1e9:0.0}{Space}GB",
            >= 1_000_000 => $"{bytes / 1e6:0.0}{Space}MB",
            >= 10_000 => $"{bytes / 1e3:0.0}{Space}kB",
            _ => Count(bytes, "byte"),
        };

    /// <summary>A difference of two shares in percentage points with its standard error, as "+1.2 ± 0.4".</summary>
    public static string Change(Estimate difference)
    {
        var (value, error) = (100 * difference.Value, 100 * difference.StandardError);
        var form = error is > 0 and < 0.05 || (error is 0 && Math.Abs(value) < 0.05) ? "0.00" : "0.0";
        return $"{value.ToString($"+{form};−{form};{form}")}{Space}±{Space}{(double.IsNaN(error) ? "n/a" : error.ToString(form))}";
    }

    private static bool RoundsToAnEnd(double share, int decimals) =>
        (share > 0 && Show(share, decimals) == Show(0, decimals)) || (share < 1 && Math.Round(100 * share, decimals) >= 100);

    private static string Show(double share, int decimals) =>
        share >= Whole && (decimals == 1 || share >= 1) ? $"100{Space}%" : $"{(100 * share).ToString($"F{decimals}")}{Space}%";
}
