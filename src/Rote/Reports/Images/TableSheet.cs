using Rote.Data;
using SkiaSharp;
using static TorchSharp.torch;

namespace Rote.Reports.Images;

/// <summary>One picture of a table: a row for each column of the table, with a histogram of its values in each class.</summary>
/// <remarks>All classes of a column share one scale of values. Each histogram is scaled to its own class, so that a rare class is
/// visible too.</remarks>
public static class TableSheet
{
    /// <summary>The most columns of the table that are drawn: the first ones.</summary>
    public const int MostColumns = 60;

    /// <summary>The most classes that are drawn: the first ones.</summary>
    public const int MostClasses = 12;

    private const int Bins = 16;
    private const int BinWidth = 6;
    private const int CellHeight = 40;
    private const int Gap = 14;
    private const int Margin = 16;
    private const int LongestName = 28;
    private const int TextScale = 2;

    private static readonly SKColor Paper = new(0xff, 0xff, 0xff);
    private static readonly SKColor Ink = new(0x22, 0x22, 0x22);
    private static readonly SKColor Faint = new(0x77, 0x77, 0x77);
    private static readonly SKColor Bar = new(0x2a, 0x6f, 0xbb);

    /// <summary>Draws the sheet.</summary>
    /// <param name="rows">Vectors [N, D] in the features' own units.</param>
    /// <param name="title">The line above the rows.</param>
    /// <returns>The content of a PNG file.</returns>
    /// <exception cref="ArgumentException">The examples are images or texts.</exception>
    public static byte[] Png(Dataset rows, string title)
    {
        if (!rows.IsVectors || rows.Texts is not null)
        {
            throw new ArgumentException("A table has rows of features; found images or texts.", nameof(rows));
        }

        var columns = ColumnsOf(rows).Take(MostColumns).ToArray();
        var classes = Math.Min(MostClasses, rows.Classes);
        var names = columns.Select(c => Short(c.Name)).ToArray();
        var left = Margin + (names.Max(PixelFont.Width) * TextScale) + Margin;
        var cellWidth = (Bins * BinWidth) + Gap;
        var top = Margin + (2 * ((PixelFont.Rows * TextScale) + Margin));
        var width = Math.Max(left + (classes * cellWidth), Margin + (PixelFont.Width(title) * TextScale)) + Margin;
        using var sheet = new SKBitmap(
            width,
            top + (columns.Length * (CellHeight + Gap)) + Margin,
            SKColorType.Rgba8888,
            SKAlphaType.Opaque
        );
        sheet.Erase(Paper);
        Write(sheet, title, Margin, Margin, Faint);
        for (var k = 0; k < classes; k++)
        {
            var fitting = Math.Max(1, (cellWidth - 4) / (PixelFont.Advance * TextScale));
            var name = rows.ClassNames[k];
            Write(
                sheet,
                name[..Shortened.LengthOfBeginning(name, fitting)],
                left + (k * cellWidth),
                top - (PixelFont.Rows * TextScale) - 6,
                Ink
            );
        }

        var labels = rows.Labels.data<long>().ToArray();
        for (var c = 0; c < columns.Length; c++)
        {
            var bottom = top + (c * (CellHeight + Gap)) + CellHeight;
            Write(sheet, names[c], left - Margin - (PixelFont.Width(names[c]) * TextScale), bottom - (PixelFont.Rows * TextScale), Ink);
            var counts = Histograms(rows, columns[c], labels, classes);
            for (var k = 0; k < classes; k++)
            {
                Draw(sheet, counts[k], left + (k * cellWidth), bottom);
            }
        }

        using var png = sheet.Encode(SKEncodedImageFormat.Png, quality: 100);
        return png.ToArray();
    }

    /// <summary>The columns of a table with the indices of their features, without the feature that marks missing values.</summary>
    private static IEnumerable<(string Name, int First, int Count)> ColumnsOf(Dataset rows)
    {
        var first = 0;
        foreach (
            var column in rows.Columns
                ??
                [
                    .. Enumerable
                        .Range(0, rows.Width)
                        .Select(d => new DataColumn { Name = rows.FeatureNames?[d] ?? $"{d}", Kind = DataColumnKind.Number }),
                ]
        )
        {
            yield return (column.Name, first, column.Kind is DataColumnKind.Category or DataColumnKind.Symbol ? column.Values.Count : 1);
            first += column.Features;
        }
    }

    /// <summary>Counts each class's rows in each bin. In a column of categories, each of the first values is a bin.</summary>
    private static int[][] Histograms(Dataset rows, (string Name, int First, int Count) column, long[] labels, int classes)
    {
        using var scope = NewDisposeScope();
        var values = rows.Pixels.narrow(1, column.First, column.Count).to(float64).contiguous().data<double>().ToArray();
        var known = values.Where(v => !double.IsNaN(v)).DefaultIfEmpty(0);
        var (low, high) = (known.Min(), known.Max());
        var counts = Enumerable.Range(0, classes).Select(_ => new int[Bins]).ToArray();
        for (var i = 0; i < labels.Length; i++)
        {
            if (labels[i] >= classes)
            {
                continue;
            }

            var own = values.AsSpan(i * column.Count, column.Count);
            var bin =
                column.Count > 1 ? own.IndexOf(1)
                : double.IsNaN(own[0]) ? -1
                : high > low ? Math.Min(Bins - 1, (int)(Bins * ((own[0] - low) / (high - low))))
                : 0;
            if (bin is >= 0 and < Bins)
            {
                counts[labels[i]][bin]++;
            }
        }

        return counts;
    }

    private static void Draw(SKBitmap sheet, int[] counts, int left, int bottom)
    {
        var most = Math.Max(1, counts.Max());
        for (var x = 0; x < Bins * BinWidth; x++)
        {
            sheet.SetPixel(left + x, bottom, Faint);
            var height = (int)Math.Ceiling((double)CellHeight * counts[x / BinWidth] / most);
            for (var y = 1; y <= height && x % BinWidth < BinWidth - 1; y++)
            {
                sheet.SetPixel(left + x, bottom - y, Bar);
            }
        }
    }

    private static string Short(string name) => name[..Shortened.LengthOfBeginning(name, LongestName)];

    private static void Write(SKBitmap sheet, string text, int left, int top, SKColor ink) =>
        PixelFont.Draw(
            text,
            (x, y) =>
            {
                for (var p = 0; p < TextScale * TextScale; p++)
                {
                    sheet.SetPixel(left + (x * TextScale) + (p % TextScale), top + (y * TextScale) + (p / TextScale), ink);
                }
            }
        );
}
