using System.Text.Json;
using Rote.Measurement;
using Rote.Studies.Claims;

namespace Rote.Benchmarks.Evidence;

/// <summary>A study's ledger, as <c>rote reproduce</c> writes it.</summary>
internal sealed class LedgerEvidence
{
    private readonly IReadOnlyList<LedgerRow> _rows;
    private readonly IReadOnlyList<LedgerTable> _tables;

    private LedgerEvidence(IReadOnlyList<LedgerRow> rows, IReadOnlyList<LedgerTable> tables) => (_rows, _tables) = (rows, tables);

    /// <summary>Reads one.</summary>
    /// <param name="folder">The folder of the evidence.</param>
    /// <param name="file">Its name without <c>.json</c>.</param>
    /// <exception cref="InputException">It cannot be read, or is no ledger.</exception>
    public static LedgerEvidence Read(string folder, string file)
    {
        try
        {
            var ledger = EvidenceFile.Read(Path.Combine(folder, $"{file}.json"));
            return ledger["claims"].Deserialize<LedgerRow[]>(RoteJson.Options) is { } rows
                ? new LedgerEvidence(rows, ledger["tables"].Deserialize<LedgerTable[]>(RoteJson.Options) ?? [])
                : throw new InputException($"{file}.json has no claims.");
        }
        catch (JsonException error)
        {
            throw new InputException($"the claims of {file}.json cannot be read: {error.Message}", error);
        }
    }

    /// <summary>How many claims have a verdict.</summary>
    /// <param name="verdict">As in the file; <c>judged</c>: reproduced or not; <c>all</c>.</param>
    public string Count(string verdict) =>
        verdict switch
        {
            "all" => $"{_rows.Count}",
            "judged" => $"{_rows.Count(r => r.Verdict is ClaimVerdict.Reproduced or ClaimVerdict.NotReproduced)}",
            "reproduced" => $"{_rows.Count(r => r.Verdict == ClaimVerdict.Reproduced)}",
            "not-reproduced" => $"{_rows.Count(r => r.Verdict == ClaimVerdict.NotReproduced)}",
            "not-run" => $"{_rows.Count(r => r.Verdict is ClaimVerdict.NotRun or ClaimVerdict.NotRunAtThisScale)}",
            _ => throw new InputException($"'{verdict}' is no verdict, expected all, judged, reproduced, not-reproduced or not-run."),
        };

    /// <summary>A claim's number with its error.</summary>
    /// <param name="id">The claim.</param>
    public string Number(string id) => Measured(Find(id));

    /// <summary>A table whose last column has numbers of claims, a row an entry.</summary>
    /// <param name="rows">A claim; several with commas between; or a dash for a row whose number is the page's own.</param>
    /// <param name="old">The table with the page's words.</param>
    /// <exception cref="InputException">The table has another number of rows.</exception>
    public string Numbers(IReadOnlyList<string> rows, string old)
    {
        var table = MarkdownTable.Parse(old);
        if (table.Rows.Count() != rows.Count)
        {
            throw new InputException($"the table has {table.Rows.Count()} rows, and the mark names {rows.Count}.");
        }

        foreach (var (cells, row) in table.Rows.Zip(rows).Where(pair => pair.Second != "-"))
        {
            cells[^1] = string.Join(" / ", row.Split(',').Select(Number));
        }

        return table.ToString();
    }

    /// <summary>A table of claims: its first column names them, the last three are the number, the criterion and the mark of the
    /// verdict.</summary>
    /// <param name="old">The table with the page's words.</param>
    /// <exception cref="InputException">A claim of the ledger is missing, or one stands there twice.</exception>
    public string Table(string old)
    {
        var table = MarkdownTable.Parse(old);
        foreach (var cells in table.Rows)
        {
            var row = Find(cells[0].Trim('`'));
            (cells[^3], cells[^2], cells[^1]) = (Measured(row), Criterion(row), Mark(row.Verdict));
        }

        string[] named = [.. table.Rows.Select(cells => cells[0].Trim('`')).Order(StringComparer.Ordinal)];
        return named.SequenceEqual(_rows.Select(row => row.Id).Order(StringComparer.Ordinal))
            ? table.ToString()
            : throw new InputException("the table does not have every claim of the ledger once.");
    }

    /// <summary>A table of the study: a row each of its own, of the columns that the page's header names.</summary>
    /// <param name="id">The table's name.</param>
    /// <param name="old">The table with the page's header.</param>
    /// <exception cref="InputException">The ledger has no such table, or the table no such column.</exception>
    public string Rows(string id, string old)
    {
        var table = _tables.SingleOrDefault(one => one.Id == id) ?? throw new InputException($"the ledger has no table '{id}'.");
        var page = MarkdownTable.Parse(old);
        var places = page.Header.Skip(1).Select(name => Place(table, name)).ToArray();
        return page.With(
                table.Rows.Select(row =>
                    (string[])[row.Name, .. places.Select(place => Cell(row.Values[place], table.Columns[place].Unit))]
                )
            )
            .ToString();
    }

    private static int Place(LedgerTable table, string column)
    {
        var place = table.Columns.Select(one => one.Name).ToList().IndexOf(column);
        return place >= 0 ? place : throw new InputException($"the table {table.Id} has no column '{column}'.");
    }

    private LedgerRow Find(string id) =>
        _rows.SingleOrDefault(row => row.Id == id) ?? throw new InputException($"the ledger has no claim '{id}'.");

    private static string Measured(LedgerRow row) => row.Measured is { } measured ? Cell(measured, row.Unit) : "none";

    private static string Cell(LedgerNumber measured, Unit unit)
    {
        if (measured.Value is not { } value)
        {
            return "none";
        }

        var error = measured.StandardError ?? double.NaN;
        return unit switch
        {
            Unit.Share => Reports.Numbers.PercentWithError(new Estimate(value, error, measured.Samples)).Replace('\u00A0', ' '),
            Unit.Points => $"{100 * value:+0.0;−0.0;0.0} points{Error(100 * error, "0.0")}",
            Unit.Ratio => $"{value.ToString(value >= 1000 ? "#,0" : "0.00")}×{Error(error, value >= 1000 ? "#,0" : "0.00")}",
            _ when value >= 100 && double.IsNaN(error) => $"{value:#,0}", // a count
            _ => $"{value:0.00;−0.00}{Error(error, "0.00")}",
        };
    }

    private static string Error(double error, string form) => error is 0 or double.NaN ? "" : $" ± {error.ToString(form)}";

    private static string Criterion(LedgerRow row)
    {
        return row.Criterion switch
        {
            AtLeast(var bound, _) => $"at least {Show(bound)}",
            AtMost(var bound, _) => $"at most {Show(bound)}",
            Within(var center, var tolerance, _) when row.Unit is Unit.Share => $"{Show(center)} ± {100 * tolerance:0.##} points",
            Within(var center, var tolerance, _) => $"{Show(center)} ± {tolerance:0.##}",
            Above(var bound, var errors, _) => $"above {Show(bound)} by {errors:0.#} errors",
            _ => "",
        };

        string Show(double number) =>
            row.Unit switch
            {
                Unit.Share => $"{100 * number:0.##} %",
                Unit.Points => $"{100 * number:0.##;−0.##} points",
                Unit.Ratio => $"{number:0.##}×",
                _ => $"{number:0.##}",
            };
    }

    private static string Mark(ClaimVerdict verdict) =>
        verdict switch
        {
            ClaimVerdict.Reproduced => "✓",
            ClaimVerdict.NotReproduced => "✗",
            _ => "–",
        };
}

/// <summary>A table of a study, as <c>rote reproduce</c> writes it.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Title">What it shows, in a few words.</param>
/// <param name="Caption">What is seen.</param>
/// <param name="Columns">The columns of numbers.</param>
/// <param name="Rows">The rows.</param>
internal sealed record LedgerTable(
    string Id,
    string Title,
    string Caption,
    IReadOnlyList<StudyColumn> Columns,
    IReadOnlyList<LedgerTableRow> Rows
);

/// <summary>A row of such a table.</summary>
/// <param name="Name">What it is of.</param>
/// <param name="Values">One number a column.</param>
internal sealed record LedgerTableRow(string Name, IReadOnlyList<LedgerNumber> Values);
