using Rote.Measurement;
using Rote.Reports.Charts;
using Rote.Studies.Claims;

namespace Rote.Reports.Reproductions;

/// <summary>A study's tables of numbers, as tables and as bars.</summary>
internal static class StudyTables
{
    /// <summary>Creates the table.</summary>
    public static Table Create(StudyTable table) =>
        new(
            table.Title,
            [
                new TableColumn(table.Heading, "", ColumnKind.Text),
                .. table.Columns.Select(column => new TableColumn(column.Name, column.Legend)),
            ],
            [
                .. table.Rows.Select(row =>
                    (IReadOnlyList<TableCell>)
                        [row.Name, .. row.Values.Zip(table.Columns, (value, column) => ClaimNumbers.Cell(value, column.Unit))]
                ),
            ]
        );

    /// <summary>Draws the columns that a table names for it; null where it names none, or has no rows.</summary>
    public static IChart? Bars(StudyTable table) =>
        table.Bars.Count == 0 || table.Rows.Count == 0
            ? null
            : new BarChart
            {
                Title = table.Title,
                Description = table.Caption,
                Axis = new ChartAxis(""),
                Kinds = [.. table.Bars.Select((place, bar) => new BarKind(table.Columns[place].Name, bar, IsPale: bar > 0))],
                Groups =
                [
                    .. table.Rows.Select(row => new BarGroup(
                        row.Name,
                        [.. table.Bars.Select(place => Shown(row.Values[place], table, place))]
                    )),
                ],
                Label = value => table.Columns[table.Bars[0]].Unit == Unit.Share ? $"{value.Value:0} %" : $"{value.Value:0.00}",
                Reference = double.IsNaN(table.Level)
                    ? null
                    : new ReferenceLevel(
                        Shown(new Estimate(table.Level, 0, 1), table, table.Bars[0]).Value,
                        table.LevelName,
                        ClaimNumbers.Cell(new Estimate(table.Level, double.NaN, 1), table.Columns[table.Bars[0]].Unit).Text
                    ),
            };

    /// <summary>Shares in percent.</summary>
    private static Estimate Shown(Estimate value, StudyTable table, int place) =>
        table.Columns[place].Unit == Unit.Share ? new Estimate(100 * value.Value, 100 * value.StandardError, value.Samples) : value;
}
