using OxyPlot;
using OxyPlot.Annotations;

namespace Rote.Reports.Charts;

/// <summary>Draws a chart's text at positions in pixels.</summary>
/// <param name="fontSize">In CSS pixels.</param>
internal sealed class ChartText(double fontSize)
{
    // For measuring only: pages show the reader's own font. The library contains Arial's widths.
    private const string MeasuredFont = "Arial";

    // The library measures for paper and returns points for a font size in pixels: "chance" at 14 px is 45.2 px wide, but it returns 33.9.
    private const double PixelsPerPoint = 96.0 / 72;

    // DejaVu Sans, the widest system font in common use, is 10 to 16 % wider than Arial (measured in Chromium).
    private const double WidestFont = 1.16;

    private readonly PdfRenderContext _measurer = new(1, 1, OxyColors.Transparent);

    /// <summary>The space in pixels that a line of bold text needs in any common font.</summary>
    public OxySize Measure(string text)
    {
        var size = _measurer.MeasureText(PlainText.Clean(text), MeasuredFont, fontSize, FontWeights.Bold);
        return new OxySize(size.Width * PixelsPerPoint * WidestFont, fontSize * 1.2);
    }

    /// <summary>Returns an empty model with exactly these margins.</summary>
    public PlotModel NewModel(OxyThickness margins) =>
        new()
        {
            DefaultFont = MeasuredFont,
            DefaultFontSize = fontSize,
            Padding = new OxyThickness(0),
            PlotMargins = margins,
            PlotAreaBorderThickness = new OxyThickness(0),
            TextColor = Palette.StandIn(Palette.Ink),
        };

    /// <summary>Writes a line of text.</summary>
    /// <param name="model">The model to write to.</param>
    /// <param name="plot">Converts the position.</param>
    /// <param name="position">In pixels.</param>
    /// <param name="text">The text; control characters are replaced.</param>
    /// <param name="color">A stand-in of the palette.</param>
    /// <param name="horizontal">Which side of the text is at the position.</param>
    /// <param name="vertical">Which side of the text is at the position.</param>
    /// <param name="bold">True for the names of series.</param>
    public void Add(
        PlotModel model,
        PlotArea plot,
        ScreenPoint position,
        string text,
        OxyColor color,
        HorizontalAlignment horizontal,
        VerticalAlignment vertical,
        bool bold = false
    )
    {
        model.Annotations.Add(
            new TextAnnotation
            {
                Text = PlainText.Clean(text),
                TextPosition = plot.ToData(position),
                TextColor = color,
                TextHorizontalAlignment = horizontal,
                TextVerticalAlignment = vertical,
                FontSize = fontSize,
                FontWeight = bold ? FontWeights.Bold : FontWeights.Normal,
                StrokeThickness = 0,
                Stroke = OxyColors.Undefined,
                Background = OxyColors.Undefined,
                Padding = new OxyThickness(0),
            }
        );
    }
}
