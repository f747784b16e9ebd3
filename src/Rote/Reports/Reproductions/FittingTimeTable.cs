using System.Globalization;
using Rote.Measurement;
using Rote.Studies.Claims;

namespace Rote.Reports.Reproductions;

/// <summary>Steps to 50, 90, 99 and 100 % of the training examples.</summary>
internal static class FittingTimeTable
{
    /// <summary>Creates the table.</summary>
    public static Table Create(IReadOnlyList<FittingRow> rows)
    {
        string[] levels = [.. Reproduction.Levels.Select(level => level >= 0.9995 ? "100 %" : Numbers.Level(level))];
        return new Table(
            "Steps until so many of the training examples get the label they were given, and how many times as many as with true labels",
            [
                new TableColumn("network", "", ColumnKind.Text),
                new TableColumn("trained on", "", ColumnKind.Text),
                .. levels.Select(
                    (level, i) =>
                        new TableColumn(
                            $"to {level}",
                            i == 0
                                ? "Steps of gradient descent, on the straight line between two evaluations; the ratio to true labels in "
                                    + "brackets. ± is the standard error over seeds; without it there is one run."
                                : ""
                        )
                ),
            ],
            [.. rows.Select(row => (IReadOnlyList<TableCell>)[row.Network, row.Data, .. row.Steps.Zip(row.Ratios, Cell)])]
        );
    }

    private static TableCell Cell(Estimate steps, Estimate ratio)
    {
        if (!double.IsFinite(steps.Value))
        {
            return TableCell.Missing("not reached");
        }

        var error = double.IsFinite(ratio.StandardError) ? $" ± {ratio.StandardError.ToString("0.00", CultureInfo.InvariantCulture)}" : "";
        return double.IsFinite(ratio.Value) ? $"{steps.Value:N0} ({ratio.Value:0.0}×{error})" : $"{steps.Value:N0}";
    }
}
