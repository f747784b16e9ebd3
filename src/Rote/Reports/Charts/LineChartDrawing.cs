using OxyPlot;
using OxyPlot.Annotations;
using OxyPlot.Series;

namespace Rote.Reports.Charts;

/// <summary>One drawing of a line chart. It lays out the plot itself, so that names stand where they cover nothing.</summary>
internal sealed class LineChartDrawing
{
    // An extra row of space for names above the plot must lower the labels' total cost by this much (see LabelPlacement).
    private const double RowCost = 30;

    private readonly LineChart _chart;
    private readonly ChartSize _size;
    private readonly ChartText _text;
    private readonly ChartLine[] _lines;

    public LineChartDrawing(LineChart chart, ChartSize size)
    {
        (_chart, _size) = (chart, size);
        _text = new ChartText(size.FontSize);
        _lines = [.. chart.Lines.Select(line => line with { Points = [.. line.Points.Where(IsShown)] })];
    }

    /// <summary>In CSS pixels.</summary>
    public double Height => _size.IsNarrow ? 380 : 440;

    public PlotModel Draw()
    {
        var (plot, labels) = Layout();
        var model = plot.ToModel(_size, Height, _text);
        _text.Add(
            model,
            plot,
            new ScreenPoint(0, 0),
            _chart.Y.Title,
            Palette.StandIn(Palette.Muted),
            HorizontalAlignment.Left,
            VerticalAlignment.Top
        );
        var foot = new ScreenPoint(plot.Area.Right, Height - 5);
        _text.Add(model, plot, foot, _chart.X.Title, Palette.StandIn(Palette.Muted), HorizontalAlignment.Right, VerticalAlignment.Bottom);
        foreach (var level in _chart.References)
        {
            AddReference(model, plot, level);
        }

        foreach (var line in _lines)
        {
            AddErrors(model, line);
            AddLine(model, line);
        }

        foreach (var (line, label) in labels)
        {
            AddLabel(model, plot, line, label);
        }

        return model;
    }

    /// <summary>Chooses the space above the plot that is best for its labels.</summary>
    private (PlotArea Plot, IReadOnlyList<(ChartLine Line, PlacedLabel Label)> Labels) Layout()
    {
        var drawn = _lines.Where(line => line.Points.Count > 0 && line.Name.Length > 0).ToArray();
        var rowHeight = _text.Measure("X").Height + 3;
        var best = (Plot(0), (IReadOnlyList<(ChartLine, PlacedLabel)>)[]);
        var least = double.PositiveInfinity;
        for (var rows = 0; rows <= 4; rows++)
        {
            var top = (1.9 * _size.FontSize) + (rows * rowHeight);
            var plot = Plot(top);
            var bounds = new OxyRect(
                plot.Area.Left,
                1.5 * _size.FontSize,
                plot.Area.Width + (0.4 * plot.RightMargin),
                plot.Area.Bottom - (1.5 * _size.FontSize) - 2
            );
            var requests = drawn
                .Select(line => new LabelRequest(_text.Measure(line.Name), [.. line.Points.Select(plot.ToScreen)]))
                .ToArray();
            var places = LabelPlacement.Place(requests, Obstacles(plot), bounds);
            var cost = places.Sum(place => place.Cost) + (RowCost * rows);
            if (cost < least)
            {
                (best, least) = ((plot, [.. drawn.Zip(places)]), cost);
            }
        }

        return best;
    }

    /// <summary>What no name may cover besides the named lines: reference levels, error bars, and lines without a name.</summary>
    private ScreenPoint[][] Obstacles(PlotArea plot)
    {
        var levels = _chart.References.Select(level =>
            new ScreenPoint[] { new(plot.Area.Left, plot.Y.ToScreen(level.Y)), new(plot.Area.Right, plot.Y.ToScreen(level.Y)) }
        );
        var bars = _lines
            .Where(line => line.Errors == ErrorMarks.Bars)
            .SelectMany(line => line.Points)
            .Where(HasError)
            .Select(point =>
                new[] { plot.ToScreen(point with { Y = point.Y - point.Error }), plot.ToScreen(point with { Y = point.Y + point.Error }) }
            );
        var unnamed = _lines
            .Where(line => line.Name.Length == 0 && line.Points.Count > 0)
            .Select(line => line.Points.Select(plot.ToScreen).ToArray());
        return [.. levels, .. bars, .. unnamed];
    }

    private PlotArea Plot(double top)
    {
        var left = 2.6 * _size.FontSize;
        var right =
            _chart.References.Count == 0
                ? _size.FontSize
                : _chart.References.Max(level => Math.Max(_text.Measure(level.Name).Width, _text.Measure(level.Value).Width)) + 10;
        var bottom = 3.2 * _size.FontSize;
        var points = _lines.SelectMany(line => line.Points).ToArray();
        var x = _chart.X.Over(points.Select(point => point.X), left, _size.Width - right);
        var levels = _chart.References.Select(level => level.Y);
        var y = _chart.Y.Over(points.SelectMany(Extent).Concat(levels), Height - bottom, top);
        return new PlotArea(x, y, right);
    }

    private static IEnumerable<double> Extent(ChartPoint point) =>
        double.IsFinite(point.Error) ? [point.Y, point.Y - point.Error, point.Y + point.Error] : [point.Y];

    private static bool HasError(ChartPoint point) => point.Error > 0 && double.IsFinite(point.Error);

    private bool IsShown(ChartPoint point) => Scale.Shows(point.X, _chart.X.IsLogarithmic) && Scale.Shows(point.Y, isLogarithmic: false);

    private void AddReference(PlotModel model, PlotArea plot, ReferenceLevel level)
    {
        var muted = Palette.StandIn(Palette.Muted);
        model.Series.Add(PlotArea.Line(plot.X.Minimum, level.Y, plot.X.Maximum, level.Y, muted, LineStyle.Dash));
        var beside = new ScreenPoint(plot.Area.Right + 8, plot.Y.ToScreen(level.Y));
        _text.Add(model, plot, beside, level.Name, muted, HorizontalAlignment.Left, VerticalAlignment.Middle);
        _text.Add(
            model,
            plot,
            new ScreenPoint(beside.X, beside.Y + (1.2 * _size.FontSize)),
            level.Value,
            muted,
            HorizontalAlignment.Left,
            VerticalAlignment.Middle
        );
    }

    private static void AddLine(PlotModel model, ChartLine line)
    {
        var series = new LineSeries
        {
            Color = SeriesStyle.Color(line.Style),
            Dashes = SeriesStyle.Dash(line.Style),
            StrokeThickness = 2,
            LineJoin = LineJoin.Round,
        };
        series.Points.AddRange(line.Points.Select(point => new DataPoint(point.X, point.Y)));
        model.Series.Add(series);

        // A band's line has a marker only at its end: where the line stops is the fact.
        var marked = line.Errors == ErrorMarks.Bars ? line.Points : line.Points.TakeLast(1);
        var ends = new ScatterSeries
        {
            MarkerType = SeriesStyle.Marker(line.Style),
            MarkerSize = 4.5,
            MarkerFill = SeriesStyle.Color(line.Style),
            MarkerStroke = Palette.StandIn(Palette.Paper),
            MarkerStrokeThickness = 1,
        };
        ends.Points.AddRange(marked.Select(point => new ScatterPoint(point.X, point.Y)));
        model.Series.Add(ends);
    }

    private static void AddErrors(PlotModel model, ChartLine line)
    {
        var known = line.Points.Where(HasError).ToArray();
        if (known.Length == 0)
        {
            return;
        }

        if (line.Errors == ErrorMarks.Bars)
        {
            var bars = new ScatterErrorSeries
            {
                MarkerType = MarkerType.None,
                ErrorBarColor = SeriesStyle.Color(line.Style),
                ErrorBarStrokeThickness = 1.5,
                ErrorBarStopWidth = 3,
            };
            bars.Points.AddRange(known.Select(point => new ScatterErrorPoint(point.X, point.Y, 0, 2 * point.Error)));
            model.Series.Add(bars);
            return;
        }

        var band = new AreaSeries
        {
            Fill = SeriesStyle.Color(line.Style, alpha: 50),
            StrokeThickness = 0,
            Color = OxyColors.Transparent,
            Color2 = OxyColors.Transparent,
        };
        band.Points.AddRange(known.Select(point => new DataPoint(point.X, point.Y + point.Error)));
        band.Points2.AddRange(known.Select(point => new DataPoint(point.X, point.Y - point.Error)));
        model.Series.Add(band);
    }

    private void AddLabel(PlotModel model, PlotArea plot, ChartLine line, PlacedLabel label)
    {
        var foot = label.Foot;
        if (foot.DistanceTo(label.Anchor) > 14)
        {
            // An annotation, not a series: the library omits a series' points beyond the end of the axis.
            var leader = new PolylineAnnotation
            {
                Color = SeriesStyle.Color(line.Style),
                StrokeThickness = 1,
                LineStyle = LineStyle.Solid,
            };
            leader.Points.AddRange([plot.ToData(label.Anchor), plot.ToData(foot)]);
            model.Annotations.Add(leader);
        }

        var middle = new ScreenPoint(label.Box.Left, (label.Box.Top + label.Box.Bottom) / 2);
        _text.Add(
            model,
            plot,
            middle,
            line.Name,
            SeriesStyle.Text(line.Style),
            HorizontalAlignment.Left,
            VerticalAlignment.Middle,
            bold: true
        );
    }
}
