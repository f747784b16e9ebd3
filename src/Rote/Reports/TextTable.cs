using System.Text;

namespace Rote.Reports;

/// <summary>Draws a table as aligned plain text.</summary>
internal static class TextTable
{
    public static string Draw(Table table, TextStyle style)
    {
        var columns = table.Columns.Select((column, index) => new TextColumn(column, table.Rows.Select(row => row[index]))).ToArray();
        var gap = new string(' ', TextColumn.Fit(columns, style.Edge));
        var text = new StringBuilder();
        foreach (var line in PlainText.Wrap(TextColumn.Plain(table.Caption), style.Line))
        {
            AppendLine(text, line);
        }

        AppendLine(text, "");
        AppendRow(text, gap, [.. columns.Select(column => column.Header())], [.. columns.Select(column => column.Width)]);
        AppendLine(text, string.Join(gap, columns.Select(column => new string('─', column.Width))));
        foreach (var row in table.Rows)
        {
            AppendRow(
                text,
                gap,
                [.. columns.Select((column, index) => column.Cell(row[index]))],
                [.. columns.Select(column => column.Width)]
            );
        }

        if (style.Legends)
        {
            AppendLine(text, "");
            AppendLegends(text, table.Columns, style.Line);
        }

        return text.ToString();
    }

    /// <summary>Appends a row; it takes as many lines as its longest cell.</summary>
    private static void AppendRow(StringBuilder text, string gap, string[][] cells, int[] widths)
    {
        for (var line = 0; line < cells.Max(lines => lines.Length); line++)
        {
            AppendLine(
                text,
                string.Join(gap, cells.Select((lines, column) => line < lines.Length ? lines[line] : new string(' ', widths[column])))
            );
        }
    }

    private static void AppendLegends(StringBuilder text, IReadOnlyList<TableColumn> columns, int width)
    {
        var indent = columns.Max(column => TextColumn.Length(TextColumn.Plain(column.Header))) + 3;
        foreach (var column in columns.Where(column => column.Legend.Length > 0))
        {
            var head = TextColumn.Pad(TextColumn.Plain(column.Header), indent - 3) + " : ";
            foreach (var line in PlainText.Wrap(TextColumn.Plain(column.Legend), Math.Max(width - indent, 30)))
            {
                AppendLine(text, head + line);
                head = new string(' ', indent);
            }
        }
    }

    private static void AppendLine(StringBuilder text, string line) => text.Append(line.TrimEnd()).Append('\n');
}
