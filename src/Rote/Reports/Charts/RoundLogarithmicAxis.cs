using OxyPlot.Axes;

namespace Rote.Reports.Charts;

/// <summary>A logarithmic axis with labels at 1, 2 and 5 times powers of ten; only at the powers where it spans more than four of
/// them.</summary>
internal sealed class RoundLogarithmicAxis : LogarithmicAxis
{
    /// <inheritdoc/>
    public override void GetTickValues(
        out IList<double> majorLabelValues,
        out IList<double> majorTickValues,
        out IList<double> minorTickValues
    )
    {
        var first = (int)Math.Floor(Math.Log10(ActualMinimum));
        var last = (int)Math.Ceiling(Math.Log10(ActualMaximum));
        double[] steps = Math.Log10(ActualMaximum / ActualMinimum) > 4 ? [1] : [1, 2, 5];
        var ticks = Enumerable.Range(first, last - first + 1).SelectMany(power => steps.Select(step => step * Math.Pow(10, power)));

        // Computed powers are not exact, and a tick at the axis's end belongs to it.
        majorLabelValues = [.. ticks.Where(tick => tick >= ActualMinimum * (1 - 1e-9) && tick <= ActualMaximum * (1 + 1e-9))];
        majorTickValues = majorLabelValues;
        minorTickValues = [];
    }
}
