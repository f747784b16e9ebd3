using System.Globalization;

namespace Rote.Reports;

/// <summary>A column of a plain-text table: its width, and its cells as lines of that width.</summary>
internal sealed class TextColumn
{
    private const int Gap = 3;

    /// <summary>Words are not broken into lines shorter than this unless nothing else helps.</summary>
    private const int Narrow = 12;

    private const int Narrowest = 8;

    private readonly TableColumn _column;
    private readonly int _error; // width of the widest error
    private readonly int _value; // width of the widest value
    private bool _isErrorBelow;

    public TextColumn(TableColumn column, IEnumerable<TableCell> cells)
    {
        _column = column;
        foreach (var cell in cells)
        {
            _value = Math.Max(_value, Length(Plain(cell.Text)));
            _error = Math.Max(_error, Length(Plain(cell.Error)));
        }

        Width = Math.Max(Content, Length(Plain(column.Header)));
    }

    public int Width { get; private set; }

    private int Content => _isErrorBelow ? Math.Max(_value, _error) : _value + (_error > 0 ? _error + 1 : 0);

    /// <summary>The width of the column when its header takes several lines.</summary>
    private int WithoutHeader => Math.Max(Content, Plain(_column.Header).Split(' ').Max(Length));

    /// <summary>Narrows columns until they fit: first headers, then the space between columns, then words. Errors go below their values
    /// before words are broken into short lines.</summary>
    /// <param name="columns">All columns of a table.</param>
    /// <param name="edge">The most characters of a line; null: no limit.</param>
    /// <returns>The number of spaces between two columns.</returns>
    public static int Fit(TextColumn[] columns, int? edge)
    {
        var gap = Gap;
        while (
            Over() > 0
            && columns.Where(column => column.Width > column.WithoutHeader).MaxBy(column => column.Width - column.WithoutHeader)
                is { } header
        )
        {
            header.Width--;
        }

        gap = Over() > 0 ? Gap - 1 : gap;
        Break(Narrow);
        gap = Over() > 0 ? 1 : gap;
        while (
            Over() > 0
            && columns.Where(column => column is { _error: > 0, _isErrorBelow: false }).MaxBy(column => column.Content) is { } number
        )
        {
            number._isErrorBelow = true;
            number.Width = number.WithoutHeader;
        }

        Break(Narrowest);
        return gap;

        void Break(int least)
        {
            while (Over() > 0 && columns.Where(column => column.Width > column.Least(least)).MaxBy(column => column.Width) is { } words)
            {
                words.Width--;
            }
        }

        int Over() => edge is { } most ? columns.Sum(column => column.Width) + (gap * (columns.Length - 1)) - most : 0;
    }

    public string[] Header() => Lines(Plain(_column.Header));

    public string[] Cell(TableCell cell)
    {
        var (value, error) = (Plain(cell.Text), Plain(cell.Error));
        return _isErrorBelow && error.Length > 0
            ? [.. Lines(value), .. Lines(error)]
            : Lines(_error > 0 && !_isErrorBelow ? $"{value} {Pad(error, _error)}" : value);
    }

    public static string Plain(string text) => PlainText.ForTerminal(text);

    public static int Length(string text) => new StringInfo(text).LengthInTextElements;

    public static string Pad(string text, int width) => text + new string(' ', Math.Max(0, width - Length(text)));

    private static string PadLeft(string text, int width) => new string(' ', Math.Max(0, width - Length(text))) + text;

    private int Least(int word) =>
        _column.Kind == ColumnKind.Number
            ? WithoutHeader
            : Math.Min(WithoutHeader, Math.Max(word, Plain(_column.Header).Split(' ').Max(Length)));

    private string[] Lines(string text) =>
        [.. (Length(text) <= Width ? [text] : PlainText.Wrap(text, Width).SelectMany(Pieces)).Select(Aligned)];

    private string Aligned(string line) => _column.Kind == ColumnKind.Number ? PadLeft(line, Width) : Pad(line, Width);

    /// <summary>Breaks a word that is longer than the column into several lines: after a dash or slash where there is one, else
    /// anywhere.</summary>
    private IEnumerable<string> Pieces(string line)
    {
        var elements = new StringInfo(line);
        for (var (start, taken) = (0, 0); start < elements.LengthInTextElements; start += taken)
        {
            var piece = elements.SubstringByTextElements(start, Math.Min(Width, elements.LengthInTextElements - start));
            var isLast = start + Length(piece) == elements.LengthInTextElements;
            var seam = isLast ? -1 : piece.LastIndexOfAny(['-', '/']);
            yield return seam > 0 ? piece[..(seam + 1)] : piece;
            taken = Length(seam > 0 ? piece[..(seam + 1)] : piece);
        }
    }
}
