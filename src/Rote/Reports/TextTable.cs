using System.Globalization;
using System.Text;

namespace Rote.Reports;

/// <summary>Draws a table as aligned plain text.</summary>
internal static class TextTable
{
    private const string Gap = "   ";

    public static string Draw(Table table, int width)
    {
        var layouts = table.Columns.Select((column, index) => new Layout(column, table.Rows.Select(row => row[index]))).ToArray();
        var text = new StringBuilder();
        foreach (var line in PlainText.Wrap(Plain(table.Caption), width))
        {
            AppendLine(text, line);
        }

        AppendLine(text, "");
        AppendLine(text, string.Join(Gap, layouts.Select(layout => layout.Header())));
        AppendLine(text, string.Join(Gap, layouts.Select(layout => new string('─', layout.Width))));
        foreach (var row in table.Rows)
        {
            AppendLine(text, string.Join(Gap, layouts.Select((layout, index) => layout.Cell(row[index]))));
        }

        AppendLine(text, "");
        AppendLegends(text, table.Columns, width);
        return text.ToString();
    }

    private static void AppendLegends(StringBuilder text, IReadOnlyList<TableColumn> columns, int width)
    {
        var indent = columns.Max(column => Length(Plain(column.Header))) + 3;
        foreach (var column in columns.Where(column => column.Legend.Length > 0))
        {
            var head = Pad(Plain(column.Header), indent - 3) + " : ";
            foreach (var line in PlainText.Wrap(Plain(column.Legend), Math.Max(width - indent, 30)))
            {
                AppendLine(text, head + line);
                head = new string(' ', indent);
            }
        }
    }

    private static string Plain(string text) => PlainText.ForTerminal(text);

    private static void AppendLine(StringBuilder text, string line) => text.Append(line.TrimEnd()).Append('\n');

    private static int Length(string text) => new StringInfo(text).LengthInTextElements;

    private static string Pad(string text, int width) => text + new string(' ', Math.Max(0, width - Length(text)));

    private static string PadLeft(string text, int width) => new string(' ', Math.Max(0, width - Length(text))) + text;

    /// <summary>The widths of one column: of its values, of their errors, and of both with the header.</summary>
    private sealed class Layout
    {
        private readonly TableColumn _column;
        private readonly int _error;

        public Layout(TableColumn column, IEnumerable<TableCell> cells)
        {
            _column = column;
            var value = 0;
            foreach (var cell in cells)
            {
                value = Math.Max(value, Length(Plain(cell.Text)));
                _error = Math.Max(_error, Length(Plain(cell.Error)));
            }

            Width = Math.Max(value + (_error > 0 ? _error + 1 : 0), Length(Plain(column.Header)));
        }

        public int Width { get; }

        public string Header() => _column.Kind == ColumnKind.Number ? PadLeft(Plain(_column.Header), Width) : Pad(Plain(_column.Header), Width);

        public string Cell(TableCell cell)
        {
            var value = Plain(cell.Text);
            if (_error > 0)
            {
                value = $"{value} {Pad(Plain(cell.Error), _error)}";
            }

            return _column.Kind == ColumnKind.Number ? PadLeft(value, Width) : Pad(value, Width);
        }
    }
}
