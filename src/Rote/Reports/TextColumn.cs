using System.Globalization;

namespace Rote.Reports;

/// <summary>A column of a table of plain text: how wide it is, and its cells in lines of that width.</summary>
internal sealed class TextColumn
{
    private const int Gap = 3;
    private const int NarrowGap = 2;

    /// <summary>Words are not broken into lines shorter than this.</summary>
    private const int Narrowest = 12;

    private readonly TableColumn _column;
    private readonly int _error; // width of the widest error
    private readonly int _content;

    public TextColumn(TableColumn column, IEnumerable<TableCell> cells)
    {
        _column = column;
        var value = 0;
        foreach (var cell in cells)
        {
            value = Math.Max(value, Length(Plain(cell.Text)));
            _error = Math.Max(_error, Length(Plain(cell.Error)));
        }

        _content = value + (_error > 0 ? _error + 1 : 0);
        Width = Math.Max(_content, Length(Plain(column.Header)));
    }

    public int Width { get; private set; }

    /// <summary>What the column takes with its header in several lines.</summary>
    private int WithoutHeader => Math.Max(_content, Plain(_column.Header).Split(' ').Max(Length));

    private int Least => _column.Kind == ColumnKind.Number ? WithoutHeader : Math.Min(WithoutHeader, Math.Max(Narrowest, Plain(_column.Header).Split(' ').Max(Length)));

    /// <summary>Makes columns narrower until they fit: headers first, then the space between, then words.</summary>
    /// <param name="columns">All of a table.</param>
    /// <param name="edge">Characters that a line may have; null: any.</param>
    /// <returns>Spaces between two columns.</returns>
    public static int Fit(TextColumn[] columns, int? edge)
    {
        var gap = Gap;
        while (Over() > 0 && columns.Where(column => column.Width > column.WithoutHeader).MaxBy(column => column.Width - column.WithoutHeader) is { } header)
        {
            header.Width--;
        }

        gap = Over() > 0 ? NarrowGap : gap;
        while (Over() > 0 && columns.Where(column => column.Width > column.Least).MaxBy(column => column.Width) is { } words)
        {
            words.Width--;
        }

        return gap;

        int Over() => edge is { } most ? columns.Sum(column => column.Width) + (gap * (columns.Length - 1)) - most : 0;
    }

    public string[] Header() => Lines(Plain(_column.Header));

    public string[] Cell(TableCell cell)
    {
        var value = Plain(cell.Text);
        return Lines(_error > 0 ? $"{value} {Pad(Plain(cell.Error), _error)}" : value);
    }

    public static string Plain(string text) => PlainText.ForTerminal(text);

    public static int Length(string text) => new StringInfo(text).LengthInTextElements;

    public static string Pad(string text, int width) => text + new string(' ', Math.Max(0, width - Length(text)));

    private static string PadLeft(string text, int width) => new string(' ', Math.Max(0, width - Length(text))) + text;

    private string[] Lines(string text) => [.. (Length(text) <= Width ? [text] : PlainText.Wrap(text, Width).SelectMany(Pieces)).Select(Aligned)];

    private string Aligned(string line) => _column.Kind == ColumnKind.Number ? PadLeft(line, Width) : Pad(line, Width);

    /// <summary>A word that is longer than the column, in several lines.</summary>
    private IEnumerable<string> Pieces(string line)
    {
        var elements = new StringInfo(line);
        for (var start = 0; start < elements.LengthInTextElements; start += Width)
        {
            yield return elements.SubstringByTextElements(start, Math.Min(Width, elements.LengthInTextElements - start));
        }
    }
}
