namespace Rote.Benchmarks.Evidence;

/// <summary>A table of a page: its words are kept, its numbers are set.</summary>
/// <param name="lines">Header, line of dashes, rows; cells without the bars.</param>
internal sealed class MarkdownTable(IReadOnlyList<string[]> lines)
{
    /// <summary>The first line.</summary>
    public string[] Header => lines[0];

    /// <summary>All but the header and the dashes.</summary>
    public IEnumerable<string[]> Rows => lines.Skip(2);

    /// <summary>Reads a table.</summary>
    /// <param name="text">Lines with bars at both ends.</param>
    /// <exception cref="InputException">It is no table, or a line has another number of cells.</exception>
    public static MarkdownTable Parse(string text)
    {
        string[][] lines = [.. text.Split('\n').Select(Cells)];
        return lines.Length >= 2 && lines.All(line => line.Length == lines[0].Length)
            ? new MarkdownTable(lines)
            : throw new InputException("there is no table with as many cells in every line; write one with empty cells.");
    }

    /// <summary>The same table with other rows, for one whose rows are found and not written.</summary>
    /// <param name="rows">The rows.</param>
    public MarkdownTable With(IEnumerable<string[]> rows) => new([lines[0], lines[1], .. rows]);

    /// <inheritdoc/>
    public override string ToString() => string.Join('\n', lines.Select(Line));

    private static string[] Cells(string line) =>
        line.StartsWith('|') && line.EndsWith('|') && line.Length > 1
            ? [.. line[1..^1].Split('|').Select(cell => cell.Trim())]
            : throw new InputException($"'{line}' is no line of a table, which has bars at both ends.");

    private static string Line(string[] cells) =>
        cells.All(cell => cell.Length > 0 && cell.All(c => c is '-' or ':'))
            ? $"|{string.Join('|', cells)}|"
            : $"|{string.Concat(cells.Select(cell => cell.Length == 0 ? " |" : $" {cell} |"))}";
}
