using OxyPlot;
using OxyPlot.Axes;

namespace Rote.Reports.Charts;

/// <summary>An axis of a chart.</summary>
/// <param name="Title">What it shows, with the unit.</param>
internal sealed record ChartAxis(string Title)
{
    /// <summary>Whether the axis is logarithmic; it then does not show numbers up to 0.</summary>
    public bool IsLogarithmic { get; init; }

    /// <summary>The axis begins here or at the smallest number, whichever is smaller; null for the smallest number.</summary>
    public double? Minimum { get; init; }

    /// <summary>The axis ends here or at the largest number, whichever is larger; null for the largest number.</summary>
    public double? Maximum { get; init; }

    /// <summary>Returns the scale that shows all numbers between two positions in pixels. Without numbers: 0 to 1, or 1 to 10.</summary>
    public Scale Over(IEnumerable<double> numbers, double start, double end)
    {
        double?[] limits = [Minimum, Maximum];
        var shown = numbers.Concat(limits.OfType<double>()).Where(number => Scale.Shows(number, IsLogarithmic)).ToArray();
        var low =
            shown.Length > 0 ? shown.Min()
            : IsLogarithmic ? 1
            : 0;
        var high =
            shown.Length > 0 ? shown.Max()
            : IsLogarithmic ? 10
            : 1;
        if (high <= low)
        {
            // A single number stands in the middle of an axis of some width.
            (low, high) = IsLogarithmic ? (low / 2, high * 2) : (low - 1, high + 1);
        }

        return new Scale(low, high, IsLogarithmic, start, end);
    }

    /// <summary>Returns the library's axis, with exactly the scale's limits.</summary>
    public static Axis Draw(Scale scale, AxisPosition position, double fontSize)
    {
        Axis axis = scale.IsLogarithmic ? new RoundLogarithmicAxis() : new LinearAxis();
        axis.Position = position;
        axis.Minimum = axis.AbsoluteMinimum = scale.Minimum;
        axis.Maximum = axis.AbsoluteMaximum = scale.Maximum;
        axis.MinimumPadding = axis.MaximumPadding = 0;
        axis.IntervalLength = position == AxisPosition.Left ? 4 * fontSize : 6 * fontSize;
        axis.TextColor = axis.TitleColor = Palette.StandIn(Palette.Muted);
        axis.MinorTickSize = 0;
        axis.AxislineStyle = LineStyle.None;
        axis.TicklineColor = Palette.StandIn(Palette.Grid);
        axis.MajorGridlineColor = Palette.StandIn(Palette.Grid);
        axis.MajorTickSize = 0;
        axis.AxisTickToLabelDistance = 8;
        return axis;
    }
}
