namespace Rote.Reports.Charts;

/// <summary>A point of a line.</summary>
/// <param name="X">The horizontal value.</param>
/// <param name="Y">The vertical value; NaN leaves a gap.</param>
/// <param name="Error">Standard error of <paramref name="Y"/>; none is shown for NaN or 0.</param>
internal readonly record struct ChartPoint(double X, double Y, double Error = double.NaN);

/// <summary>A line of a chart.</summary>
/// <param name="Name">Written beside the line; empty where another line of the same style carries the name.</param>
/// <param name="Style">The number of its colour, dash and marker, from 0.</param>
/// <param name="Points">In order of x; may be empty.</param>
/// <param name="Errors">How errors are shown.</param>
internal sealed record ChartLine(string Name, int Style, IReadOnlyList<ChartPoint> Points, ErrorMarks Errors = ErrorMarks.Band);

/// <summary>How a line shows the standard errors of its points.</summary>
internal enum ErrorMarks
{
    /// <summary>A pale band of one standard error on each side: for many points.</summary>
    Band,

    /// <summary>Each point as a marker with a bar of one standard error on each side: for few points.</summary>
    Bars,
}

/// <summary>A level to compare with, drawn as a thin horizontal line.</summary>
/// <param name="Y">The level.</param>
/// <param name="Name">One word, as "chance".</param>
/// <param name="Value">The level in words, as "10 %".</param>
internal sealed record ReferenceLevel(double Y, string Name, string Value);

/// <summary>Lines over a linear or logarithmic axis, each with its name beside it.</summary>
internal sealed record LineChart : IChart
{
    /// <summary>What the chart shows, in a few words.</summary>
    public required string Title { get; init; }

    /// <summary>The chart's facts in words.</summary>
    public required string Description { get; init; }

    /// <summary>The horizontal axis.</summary>
    public required ChartAxis X { get; init; }

    /// <summary>The vertical axis. It is linear because an error bar may reach 0. Its title stands above it.</summary>
    public required ChartAxis Y
    {
        get;
        init =>
            field = value.IsLogarithmic
                ? throw new ArgumentException("The vertical axis of a line chart is linear.", nameof(value))
                : value;
    }

    /// <summary>The lines; later ones are drawn over earlier ones.</summary>
    public required IReadOnlyList<ChartLine> Lines { get; init; }

    /// <summary>Levels to compare with.</summary>
    public IReadOnlyList<ReferenceLevel> References { get; init; } = [];

    /// <inheritdoc/>
    public string ToSvg(ChartSize size, string id)
    {
        var drawing = new LineChartDrawing(this, size);
        return SvgDrawing.Export(drawing.Draw(), size, drawing.Height, id, Title, Description);
    }
}
