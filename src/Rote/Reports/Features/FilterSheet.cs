using Rote.Data;
using Rote.Features;
using Rote.Reports.Images;
using static TorchSharp.torch;

namespace Rote.Reports.Features;

/// <summary>The filters of a first layer side by side, as one picture.</summary>
internal static class FilterSheet
{
    private const int Columns = 16;
    private const byte Between = 255;

    /// <summary>Draws the filters.</summary>
    /// <param name="filters">The filters.</param>
    /// <param name="name">The name of their network.</param>
    public static Html Draw(FilterPicture filters, string name)
    {
        using var scope = NewDisposeScope();
        var columns = Math.Min(Columns, filters.Count);
        var (pixels, height, width) = Sheet(filters, columns);
        using var sheet = new Dataset(
            tensor(pixels, [1, height, width, filters.Channels], uint8),
            zeros([1], int64),
            ["filters"],
            Split.Train,
            new Provenance("filters", "the network", "")
        );
        var uri = PngImage.DataUris(sheet, 1)[0];
        var title = $"The {Numbers.Count(filters.Count, "filter")} of the first layer with the largest norm, {name}: grey is 0.";
        var style = Html.Text($"width:min(100%,{Math.Min(columns * 46, 736)}px);height:auto;image-rendering:pixelated");
        return Html.Of(
            $"<figure>\n<img style=\"{style}\" width=\"{width}\" height=\"{height}\" alt=\"{title}\" "
                + $"src=\"{uri}\">\n<figcaption>{title}</figcaption>\n</figure>\n"
        );
    }

    /// <summary>Arranges all filters in rows of <paramref name="columns"/>, with a line between them.</summary>
    private static (byte[] Pixels, int Height, int Width) Sheet(FilterPicture filters, int columns)
    {
        var rows = (filters.Count + columns - 1) / columns;
        var (height, width) = ((rows * (filters.Height + 1)) - 1, (columns * (filters.Width + 1)) - 1);
        var pixels = new byte[height * width * filters.Channels];
        Array.Fill(pixels, Between);
        for (var i = 0; i < filters.Pixels.Count; i++)
        {
            var (value, channel) = (i / filters.Channels, i % filters.Channels);
            var (filter, place) = (value / (filters.Height * filters.Width), value % (filters.Height * filters.Width));
            var y = (filter / columns * (filters.Height + 1)) + (place / filters.Width);
            var x = (filter % columns * (filters.Width + 1)) + (place % filters.Width);
            pixels[(((y * width) + x) * filters.Channels) + channel] = filters.Pixels[i];
        }

        return (pixels, height, width);
    }
}
