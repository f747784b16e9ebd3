using System.Text;

namespace Rote.Reports;

/// <summary>Draws a table as HTML: caption, header cells with their scope, and the legend of every column below it.</summary>
internal static class HtmlTable
{
    public static Html Draw(Table table)
    {
        var html = new StringBuilder();
        var error = table.Rows.SelectMany(row => row).Max(cell => (int?)cell.Error.Length) ?? 0;
        html.Append(
            Html.Of(
                $"<figure class=\"table\">\n<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{table.Caption}\">\n<table "
                    + $"style=\"--error-width:{error + 1}ch\">\n<caption><span>{table.Caption}</span></caption>\n"
            )
        );
        html.Append("<thead>\n<tr>");
        foreach (var column in table.Columns)
        {
            html.Append(Html.Of($"<th scope=\"col\"{Class(column, false)}>{column.Header}</th>"));
        }

        html.Append("</tr>\n</thead>\n<tbody>\n");
        var hasErrors = table.Columns.Select((_, index) => table.Rows.Any(row => row[index].Error.Length > 0)).ToArray();
        foreach (var row in table.Rows)
        {
            html.Append("<tr>");
            for (var i = 0; i < row.Count; i++)
            {
                html.Append(Cell(table.Columns[i], row[i], isRowName: i == 0, hasErrors[i]));
            }

            html.Append("</tr>\n");
        }

        html.Append("</tbody>\n</table>\n</div>\n").Append(Legend(table.Columns)).Append("</figure>\n");
        return Html.Trusted(html.ToString());
    }

    private static Html Cell(TableColumn column, TableCell cell, bool isRowName, bool hasErrors)
    {
        var error = hasErrors ? Html.Of($"<span class=\"error\">{cell.Error}</span>") : default;
        return isRowName
            ? Html.Of($"<th scope=\"row\"{Class(column, cell.IsMissing)}>{cell.Text}{error}</th>")
            : Html.Of($"<td{Class(column, cell.IsMissing)}>{cell.Text}{error}</td>");
    }

    private static Html Class(TableColumn column, bool isMissing) =>
        (column.Kind, isMissing) switch
        {
            (ColumnKind.Number, true) => Html.Trusted(" class=\"number missing\""),
            (ColumnKind.Number, false) => Html.Trusted(" class=\"number\""),
            (_, true) => Html.Trusted(" class=\"missing\""),
            _ => default,
        };

    private static Html Legend(IReadOnlyList<TableColumn> columns)
    {
        var entries = columns
            .Where(column => column.Legend.Length > 0)
            .Select(column => Html.Of($"<div><dt>{column.Header}</dt><dd>{column.Legend}</dd></div>\n"));
        return Html.Of($"<figcaption>\n<dl class=\"legend\">\n{Html.Join("", entries)}</dl>\n</figcaption>\n");
    }
}
