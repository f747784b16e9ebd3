using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace Rote.Reports.Charts;

/// <summary>The rectangle of a chart in which numbers are drawn, and the conversion between numbers and pixels.</summary>
/// <param name="X">The horizontal scale, from left to right.</param>
/// <param name="Y">The vertical scale, from the bottom to the top.</param>
/// <param name="RightMargin">Pixels to the right of the area.</param>
internal sealed record PlotArea(Scale X, Scale Y, double RightMargin)
{
    public OxyRect Area => new(X.Start, Y.End, X.End - X.Start, Y.Start - Y.End);

    public ScreenPoint ToScreen(ChartPoint point) => new(X.ToScreen(point.X), Y.ToScreen(point.Y));

    public DataPoint ToData(ScreenPoint point) => new(X.ToData(point.X), Y.ToData(point.Y));

    /// <summary>Returns an empty model whose plot lies exactly here, with horizontal grid lines and with numbers below and left.</summary>
    public PlotModel ToModel(ChartSize size, double height, ChartText text)
    {
        var model = text.NewModel(new OxyThickness(Area.Left, Area.Top, RightMargin, height - Area.Bottom));
        var across = ChartAxis.Draw(X, AxisPosition.Bottom, size.FontSize);
        var up = ChartAxis.Draw(Y, AxisPosition.Left, size.FontSize);
        up.MajorGridlineStyle = LineStyle.Solid;
        across.MajorTickSize = 5;
        across.AxisTickToLabelDistance = 4;
        model.Axes.Add(across);
        model.Axes.Add(up);
        return model;
    }

    /// <summary>Returns a thin straight line between two points given as numbers.</summary>
    public static LineSeries Line(double fromX, double fromY, double toX, double toY, OxyColor color, LineStyle style)
    {
        var line = new LineSeries
        {
            Color = color,
            StrokeThickness = 1,
            LineStyle = style,
        };
        line.Points.Add(new DataPoint(fromX, fromY));
        line.Points.Add(new DataPoint(toX, toY));
        return line;
    }
}
