using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;
using Rote.Measurement;

namespace Rote.Reports.Charts;

/// <summary>One drawing of a bar chart. Names stand left of their bars, or above them where the page is narrow.</summary>
internal sealed class BarChartDrawing
{
    private const double BarHeight = 15;
    private const double BarGap = 4;
    private const double GroupGap = 18;

    private readonly BarChart _chart;
    private readonly ChartSize _size;
    private readonly ChartText _text;
    private readonly double _groupHeight;
    private readonly PlotArea _plot;

    public BarChartDrawing(BarChart chart, ChartSize size)
    {
        (_chart, _size) = (chart, size);
        _text = new ChartText(size.FontSize);
        var nameHeight = size.IsNarrow ? 1.5 * size.FontSize : 0;
        _groupHeight = nameHeight + (chart.Kinds.Count * (BarHeight + BarGap)) + GroupGap;
        var top = chart.Reference is null ? 4 : 2.2 * size.FontSize;
        var bottom = top + Math.Max(1, chart.Groups.Count) * _groupHeight;
        Height = bottom + (3.2 * size.FontSize);
        var left = size.IsNarrow || chart.Groups.Count == 0 ? 4 : chart.Groups.Max(group => _text.Measure(group.Name).Width) + 12;
        var right = Math.Max(20, chart.Groups.Count == 0 ? 0 : chart.Groups.Max(LabelWidth) + 10);
        var ends = chart
            .Groups.SelectMany(group => group.Values)
            .SelectMany(value => new[] { value.Value, value.Value + value.StandardError });
        var level = chart.Reference is null ? [] : new[] { chart.Reference.Y };
        var x = (chart.Axis with { Minimum = chart.Axis.Minimum ?? 0 }).Over(ends.Concat(level), left, size.Width - right);
        _plot = new PlotArea(x, new Scale(bottom, top, IsLogarithmic: false, bottom, top), right);
    }

    /// <summary>In CSS pixels.</summary>
    public double Height { get; }

    public PlotModel Draw()
    {
        var model = _text.NewModel(new OxyThickness(_plot.Area.Left, _plot.Area.Top, _plot.RightMargin, Height - _plot.Area.Bottom));
        AddAxes(model);
        for (var group = 0; group < _chart.Groups.Count; group++)
        {
            AddGroup(model, group);
        }

        if (_chart.Reference is { } level)
        {
            var muted = Palette.StandIn(Palette.Muted);
            model.Series.Add(PlotArea.Line(level.Y, _plot.Y.Minimum, level.Y, _plot.Y.Maximum, muted, LineStyle.Dash));
            var above = new ScreenPoint(_plot.X.ToScreen(level.Y), _plot.Area.Top - 3);
            _text.Add(model, _plot, above, $"{level.Name} {level.Value}", muted, HorizontalAlignment.Left, VerticalAlignment.Bottom);
        }

        return model;
    }

    private double LabelWidth(BarGroup group) =>
        group.Values.Zip(_chart.Kinds).Max(pair => _text.Measure(Words(pair.First, pair.Second, isFirst: true)).Width);

    private string Words(Estimate value, BarKind kind, bool isFirst)
    {
        var words = double.IsNaN(value.Value) ? "not measured" : _chart.Label(value);
        return isFirst ? $"{words} {kind.Name}" : words;
    }

    private void AddAxes(PlotModel model)
    {
        var across = ChartAxis.Draw(_plot.X, AxisPosition.Bottom, _size.FontSize);
        across.MajorGridlineStyle = LineStyle.Solid;
        model.Axes.Add(across);
        model.Axes.Add(
            new LinearAxis
            {
                Position = AxisPosition.Left,
                IsAxisVisible = false,
                StartPosition = 1,
                EndPosition = 0,
                Minimum = _plot.Y.Maximum,
                Maximum = _plot.Y.Minimum,
            }
        );
        var foot = new ScreenPoint(_plot.Area.Right, Height - 5);
        _text.Add(
            model,
            _plot,
            foot,
            _chart.Axis.Title,
            Palette.StandIn(Palette.Muted),
            HorizontalAlignment.Right,
            VerticalAlignment.Bottom
        );
    }

    private void AddGroup(PlotModel model, int index)
    {
        var group = _chart.Groups[index];
        var top = _plot.Area.Top + (index * _groupHeight) + (GroupGap / 2);
        var ink = Palette.StandIn(Palette.Ink);
        var bars = _groupHeight - GroupGap - BarGap;
        if (_size.IsNarrow)
        {
            _text.Add(
                model,
                _plot,
                new ScreenPoint(_plot.Area.Left, top),
                group.Name,
                ink,
                HorizontalAlignment.Left,
                VerticalAlignment.Top
            );
            top += 1.5 * _size.FontSize;
        }
        else
        {
            _text.Add(
                model,
                _plot,
                new ScreenPoint(_plot.Area.Left - 10, top + (bars / 2)),
                group.Name,
                ink,
                HorizontalAlignment.Right,
                VerticalAlignment.Middle
            );
        }

        for (var kind = 0; kind < group.Values.Count; kind++)
        {
            AddBar(model, group.Values[kind], _chart.Kinds[kind], top + (kind * (BarHeight + BarGap)), isFirst: index == 0);
        }
    }

    private void AddBar(PlotModel model, Estimate value, BarKind kind, double top, bool isFirst)
    {
        var middle = top + (BarHeight / 2);
        var end = _plot.X.Minimum;
        if (double.IsFinite(value.Value))
        {
            var color = SeriesStyle.Color(kind.Style);
            var bar = new RectangleBarSeries
            {
                FillColor = kind.IsPale ? Palette.StandIn(Palette.Grid) : color,
                StrokeColor = kind.IsPale ? Palette.StandIn(Palette.Muted) : color,
                StrokeThickness = 1,
            };
            bar.Items.Add(new RectangleBarItem(_plot.X.Minimum, top, value.Value, top + BarHeight));
            model.Series.Add(bar);
            end = value.Value;
            if (value.StandardError > 0)
            {
                var error = new ScatterErrorSeries
                {
                    MarkerType = MarkerType.None,
                    ErrorBarColor = Palette.StandIn(Palette.Ink),
                    ErrorBarStrokeThickness = 1.5,
                    ErrorBarStopWidth = 3,
                };
                error.Points.Add(new ScatterErrorPoint(value.Value, middle, 2 * value.StandardError, 0));
                model.Series.Add(error);
                end += value.StandardError;
            }
        }

        var beside = new ScreenPoint(_plot.X.ToScreen(end) + 8, middle);
        _text.Add(
            model,
            _plot,
            beside,
            Words(value, kind, isFirst),
            Palette.StandIn(Palette.Ink),
            HorizontalAlignment.Left,
            VerticalAlignment.Middle
        );
    }
}
