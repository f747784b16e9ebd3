using SkiaSharp;

namespace Rote.Data.Formats.Pictures;

/// <summary>Scales pictures. Averages values as stored (sRGB), in float32, and rounds once.</summary>
internal static class Scaling
{
    private const int Channels = 3;

    /// <summary>The value that fills the rest of a square: the middle of the scale.</summary>
    private const byte Grey = 128;

    /// <summary>Scales, crops or pads, puts transparent pictures on white, and turns upright.</summary>
    /// <param name="source">The picture as stored.</param>
    /// <param name="origin">Its orientation (EXIF).</param>
    /// <param name="size">Rows and columns of the result; null: those of the upright picture.</param>
    /// <param name="fit">How it becomes a square.</param>
    /// <param name="target">[height, width, 3], the upright result.</param>
    public static void Fit(Raster source, SKEncodedOrigin origin, int? size, PictureFit fit, Span<byte> target)
    {
        var (isTransposed, reversesRows, reversesColumns) = Turns(origin);
        var (rows, columns) = (source.Rows, source.Columns);
        var shorter = Math.Min(rows, columns);
        var (keptRows, keptColumns) = size is null || fit != PictureFit.Crop ? (rows, columns) : (shorter, shorter);
        var (outRows, outColumns) = Sizes(rows, columns, size, fit);
        var down = Taps.Of(rows, keptRows, outRows, reversesRows);
        var across = Taps.Of(columns, keptColumns, outColumns, reversesColumns);
        var (shownRows, shownColumns) = isTransposed ? (outColumns, outRows) : (outRows, outColumns);
        var (stride, top, left) = size is { } side ? (side, (side - shownRows) / 2, (side - shownColumns) / 2) : (shownColumns, 0, 0);
        if (outRows != outColumns && size is not null)
        {
            target.Fill(Grey);
        }

        // Two scaled rows are kept: adjacent results share at most one source row when shrinking, two when enlarging.
        var (line, sums) = (new float[columns * 4], new float[outColumns * Channels]);
        float[][] scaled = [new float[sums.Length], new float[sums.Length]];
        int[] held = [-1, -1];
        for (var r = 0; r < outRows; r++)
        {
            Array.Clear(sums);
            for (var k = 0; k < down[r].Weights.Length; k++)
            {
                var row = down[r].Start + k;
                var slot = row & 1;
                if (held[slot] != row)
                {
                    source.Row(row, line);
                    ScaleRow(line, across, scaled[slot]);
                    held[slot] = row;
                }

                AddScaled(scaled[slot], down[r].Weights[k], sums);
            }

            var shownRow = reversesRows ? outRows - 1 - r : r;
            for (var c = 0; c < outColumns; c++)
            {
                var shownColumn = reversesColumns ? outColumns - 1 - c : c;
                var (y, x) = isTransposed ? (shownColumn, shownRow) : (shownRow, shownColumn);
                var at = Channels * (((top + y) * stride) + left + x);
                for (var p = 0; p < Channels; p++)
                {
                    target[at + p] = (byte)MathF.Round(sums[(c * Channels) + p]);
                }
            }
        }
    }

    /// <summary>Returns rows and columns of the stored picture after scaling; at least one of each.</summary>
    private static (int Rows, int Columns) Sizes(int rows, int columns, int? size, PictureFit fit)
    {
        if (size is not { } side)
        {
            return (rows, columns);
        }

        return fit != PictureFit.Pad ? (side, side)
            : rows >= columns ? (side, Scaled(columns, rows))
            : (Scaled(rows, columns), side);

        int Scaled(int shorter, int longer) => Math.Max(1, (int)Math.Round((double)side * shorter / longer, MidpointRounding.AwayFromZero));
    }

    /// <summary>Returns whether an orientation exchanges rows and columns, and which stored axes run backwards when shown.</summary>
    /// <remarks>EXIF 2.3, tag 274: the names tell where the stored row 0 and column 0 are shown.</remarks>
    public static (bool IsTransposed, bool ReversesRows, bool ReversesColumns) Turns(SKEncodedOrigin origin) =>
        origin switch
        {
            SKEncodedOrigin.TopRight => (false, false, true),
            SKEncodedOrigin.BottomRight => (false, true, true),
            SKEncodedOrigin.BottomLeft => (false, true, false),
            SKEncodedOrigin.LeftTop => (true, false, false),
            SKEncodedOrigin.RightTop => (true, true, false),
            SKEncodedOrigin.RightBottom => (true, true, true),
            SKEncodedOrigin.LeftBottom => (true, false, true),
            _ => (false, false, false),
        };

    private static void ScaleRow(ReadOnlySpan<float> pixels, Taps[] across, float[] target)
    {
        for (var c = 0; c < across.Length; c++)
        {
            var (red, green, blue) = (0f, 0f, 0f);
            var weights = across[c].Weights;
            var at = across[c].Start * 4;
            for (var k = 0; k < weights.Length; k++, at += 4)
            {
                // On white: alpha·colour + (1 − alpha)·255. Without transparency this is the colour itself, to the bit.
                var opacity = pixels[at + 3] / 255f;
                var white = (1 - opacity) * 255;
                red += weights[k] * ((opacity * pixels[at]) + white);
                green += weights[k] * ((opacity * pixels[at + 1]) + white);
                blue += weights[k] * ((opacity * pixels[at + 2]) + white);
            }

            (target[c * Channels], target[(c * Channels) + 1], target[(c * Channels) + 2]) = (red, green, blue);
        }
    }

    private static void AddScaled(float[] values, float weight, float[] sums)
    {
        for (var i = 0; i < sums.Length; i++)
        {
            sums[i] += weight * values[i];
        }
    }
}
