using System.Globalization;
using Rote.Data.Formats.Tables;

namespace Rote.Audits.OwnModel;

/// <summary>The columns of a training log.</summary>
/// <param name="Id">Place of the example's name.</param>
/// <param name="Epoch">Place of the epoch's number.</param>
/// <param name="Label">Place of the label that the example was trained on.</param>
/// <param name="Logits">[K] places of the logits, in the order of the classes.</param>
/// <param name="Names">[K] what the columns call the classes; null where they are only numbered, or a list.</param>
internal sealed record LogColumns(int Id, int Epoch, int Label, int[] Logits, IReadOnlyList<string>? Names)
{
    private static readonly string[] Needed = ["id", "epoch", "label"];

    /// <summary>Chooses them by their names.</summary>
    /// <exception cref="InputException">One is missing.</exception>
    public static LogColumns Of(TableRecords table)
    {
        int[] places = Array.ConvertAll(Needed, name => PlaceOf(table, name));
        if (Array.IndexOf(places, -1) is var missing and >= 0)
        {
            throw new InputException(
                $"{table.Path} has no column {Needed[missing]} ({TableColumns.List([.. table.Columns])}), expected id, epoch, label and "
                    + $"logits."
            );
        }

        var (logits, names) = table.List is { } list
            ? ([.. Enumerable.Range(list.First, list.Count)], null)
            : Named(table, [.. Enumerable.Range(0, table.Columns.Count).Where(i => !places.Contains(i) && !table.Nameless.Contains(i))]);
        return logits.Length >= 2
            ? new LogColumns(places[0], places[1], places[2], logits, names)
            : throw new InputException(
                $"{table.Path} has {logits.Length} {(logits.Length == 1 ? "column" : "columns")} of logits beside id, epoch and label, "
                    + $"expected one for each of two classes or more; for two classes with one logit z give 0 and z."
            );
    }

    /// <summary>Columns called logit0, logit1, … or 0, 1, … are put into their order; others are classes by name.</summary>
    private static (int[] Places, IReadOnlyList<string>? Names) Named(TableRecords table, int[] places)
    {
        var names = places.Select(i => Stem(table.Columns[i])).ToArray();
        var numbers = Array.ConvertAll(
            names,
            name => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1
        );
        return numbers.Order().SequenceEqual(Enumerable.Range(0, places.Length))
            ? ([.. places.Zip(numbers).OrderBy(pair => pair.Second).Select(pair => pair.First)], null)
            : (places, names);
    }

    private static string Stem(string column)
    {
        const string Prefix = "logit";
        var stem = column.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
            ? column[Prefix.Length..].TrimStart('_', '-', ' ')
            : column;
        return stem.Length == 0 ? column : stem;
    }

    private static int PlaceOf(TableRecords table, string name) =>
        Enumerable.Range(0, table.Columns.Count).FirstOrDefault(i => table.Columns[i].Equals(name, StringComparison.OrdinalIgnoreCase), -1);
}
