using System.Text;
using Rote.Data;
using Rote.Tests.Support;
using static Rote.Tests.Data.Advising.Advice;

namespace Rote.Tests.Data.Advising;

/// <summary>Advice on how a table is to be written, and on the columns of Parquet.</summary>
internal static class AdviceOnColumns
{
    private static readonly Dictionary<string, byte[]> Nameless = new()
    {
        ["t.csv"] = Lines("a,,label", row => $"{A(row)},{B(row)},{Label(row)}"),
    };

    private static readonly Dictionary<string, byte[]> Twice = new()
    {
        ["t.csv"] = Lines("a,a,label", row => $"{A(row)},{B(row)},{Label(row)}"),
    };

    private static readonly Dictionary<string, byte[]> Gap = new()
    {
        ["t.jsonl"] = Lines("", row => $"{{\"v\": [{(row == 3 ? "null" : Number(A(row)))}, {B(row)}], \"label\": \"{Label(row)}\"}}"),
    };

    private static readonly Dictionary<string, byte[]> Raw = new()
    {
        ["t.parquet"] = Parquet(ParquetFiles.Bytes("raw", [.. Enumerable.Range(0, Count).Select(row => new[] { (byte)row, (byte)250 })])),
    };

    private static readonly Dictionary<string, byte[]> Several = new()
    {
        ["t.parquet"] = ParquetFiles.Write([
            ColumnA,
            ParquetFiles.Texts("kind", [.. Enumerable.Range(0, Count).Select(Label)]),
            ParquetFiles.Lists("labels", [.. Enumerable.Range(0, Count).Select(row => new float[] { row % 2, 1 })]),
        ]),
    };

    private static readonly Dictionary<string, byte[]> Dates = new()
    {
        ["d/train.csv"] = Dated("2024-01-31"),
        ["d/test.csv"] = Dated("soon"),
    };

    private static ParquetFiles.Column ColumnA =>
        ParquetFiles.Plain<double>("a", [.. Enumerable.Range(0, Count).Select(row => (double?)A(row))]);

    public static Advice[] All { get; } =
    [
        new("a name for a column without", "t.csv", $" has no name; name it, ")
        {
            Files = Nameless,
            Then = new() { ["t.csv"] = AdviceOnTables.Table() },
            Right = Usual(),
        },
        new("a column without a name left out", "t.csv", $", or leave it out (pandas writes row numbers into such a column: index=False).")
        {
            Files = Nameless,
            Then = new() { ["t.csv"] = Lines("a,label", row => $"{A(row)},{Label(row)}") },
            Right = Rows("t.csv", "a", row => [A(row)], Label),
        },
        new("one of two names changed", "t.csv", $" has 2 columns called \"a\", expected one; rename or remove the others.")
        {
            Files = Twice,
            Then = new() { ["t.csv"] = AdviceOnTables.Table() },
            Right = Usual(),
        },
        new("one of two columns removed", "t.csv", $"expected one; rename or remove the others.")
        {
            Files = Twice,
            Then = new() { ["t.csv"] = Lines("a,label", row => $"{A(row)},{Label(row)}") },
            Right = Rows("t.csv", "a", row => [A(row)], Label),
        },
        new("a gap filled in", "t.jsonl", $"; fill them in, ")
        {
            Files = Gap,
            Then = new() { ["t.jsonl"] = Lines("", row => $"{{\"v\": [{A(row)}, {B(row)}], \"label\": \"{Label(row)}\"}}") },
            Right = Rows("t.jsonl", "", row => [A(row), B(row)], Label),
        },
        new("a row with a gap removed", "t.jsonl", $"or remove such rows.")
        {
            Files = Gap,
            Then = new() { ["t.jsonl"] = Lines("", row => $"{{\"v\": [{A(row)}, {B(row)}], \"label\": \"{Label(row)}\"}}", 3) },
            Right = Rows("t.jsonl", "", row => [A(row), B(row)], Label, [0, 1, 2]),
        },
        new("a table in UTF-8", "t.csv", $"; save it as UTF-8, as in Python: t = open(")
        {
            Files = new() { ["t.csv"] = Encoding.Latin1.GetBytes("a,label\n1,é\n2,b\n4,é\n8,b\n") },
            Then = new() { ["t.csv"] = Encoding.UTF8.GetBytes("a,label\n1,é\n2,b\n4,é\n8,b\n") },
            Right = Rows("t.csv", "a", row => [1 << row], row => row % 2 == 0 ? "é" : "b", [0, 1, 2, 3]),
        },
        new("a date in digits", "d", $"; write it as 2024-01-31, ")
        {
            Files = Dates,
            Then = new() { ["d/test.csv"] = Dated("2024-01-31") },
            Right = [.. Born("train.csv"), .. Born("test.csv").Skip(1)],
        },
        new("a column of dates left out", "d", $", or leave the column out.")
        {
            Files = Dates,
            Followed = new() { Ignore = ["born"] },
            Right = [.. Usual("train.csv"), .. Usual("test.csv").Skip(1)],
        },
        new("the same keys in every line", "t.jsonl", $" lines lack; give every line the same keys.")
        {
            Files = new()
            {
                ["t.jsonl"] = Lines(
                    "",
                    row => $"{{\"a\": {A(row)}, {(row > 1000 ? $"\"b\": {Number(B(row))}, " : "")}\"label\": \"{Label(row)}\"}}",
                    1002
                ),
            },
            Then = new() { ["t.jsonl"] = Lines("", row => $"{{\"a\": {A(row)}, \"b\": {B(row)}, \"label\": \"{Label(row)}\"}}") },
            Right = Usual("t.jsonl"),
        },
        new(
            "the other classes of a label left out",
            "t.csv",
            $"If they are, leave the others out ({Setting.Ignore} kind_y), or make one column of all."
        )
        {
            Files = new()
            {
                ["t.csv"] = Lines("a,b,kind_y,kind_z", row => $"{A(row)},{B(row)},{(row % 3 == 0 ? 1 : 0)},{(row % 3 == 1 ? 1 : 0)}", 24),
            },
            Followed = new() { Ignore = ["kind_y"] },
            Right = Rows("t.csv", "a, b", row => [A(row), B(row)], row => row % 3 == 1 ? "1" : "0", Enumerable.Range(0, 24)),
        },
        new("answers of another network left out", "t.csv", $"If they are, leave them out ({Setting.Ignore} p {Setting.Ignore} q).")
        {
            Files = new()
            {
                ["t.csv"] = Lines(
                    "a,p,q,b,label",
                    row => $"{A(row)},0.{60 - (row % 2 * 30) + (row % 5)},0.{40 + (row % 2 * 30) - (row % 5)},{B(row)},{Label(row)}",
                    24
                ),
            },
            Followed = new() { Ignore = ["p", "q"] },
            Right = Rows("t.csv", "a, b", row => [A(row), B(row)], Label, Enumerable.Range(0, 24)),
        },
        new("a column left out that tells the label", "t.csv", $", leave it out ({Setting.Ignore} code).")
        {
            Files = new() { ["t.csv"] = Lines("a,code,b,label", row => $"{A(row)},{(row % 4) + 5},{B(row)},{Label(row)}", 24) },
            Followed = new() { Ignore = ["code"] },
            Right = Rows("t.csv", "a, b", row => [A(row), B(row)], Label, Enumerable.Range(0, 24)),
        },
        new("a column left out that grows in rows by label", "t.csv", $". If so, leave it out ({Setting.Ignore} code).")
        {
            Files = new() { ["t.csv"] = Lines("b,code,label", row => $"{B(row)},{40 + (row * row)},{Label(row / 12)}", 24) },
            Followed = new() { Ignore = ["code"] },
            Right = Rows("t.csv", "b", row => [B(row)], row => Label(row / 12), Enumerable.Range(0, 24)),
        },
        new("bytes left out", "t.parquet", $"; leave them out ({Setting.Ignore} raw)")
        {
            Files = Raw,
            Followed = new() { Ignore = ["raw"] },
            Right = Rows("t.parquet", "a", row => [A(row)], Label),
        },
        new("one label an example", "t.parquet", $"expected one label a row; give a column with one label an example")
        {
            Files = Several,
            Then = new() { ["t.parquet"] = Parquet() },
            Right = Rows("t.parquet", "a", row => [A(row)], Label),
        },
        new(
            "the column with one label an example",
            "t.parquet",
            $" with one label an example, or say with {Setting.LabelColumn} which one holds the labels."
        )
        {
            Files = Several,
            Followed = new() { LabelColumn = "kind", Ignore = ["labels"] },
            Right = Rows("t.parquet", "a", row => [A(row)], Label),
        },
        new("a label that is no object", "t.jsonl", $"expected one label a row; name another column with {Setting.LabelColumn}.")
        {
            Files = new()
            {
                ["t.jsonl"] = Lines("", row => $$$"""{"a": {{{A(row)}}}, "meta": {"page": {{{row}}}}, "label": "{{{Label(row)}}}"}"""),
            },
            Asked = new() { LabelColumn = "meta" },
            Followed = new() { LabelColumn = "label" },
            Right = Rows("t.jsonl", "a", row => [A(row)], Label),
        },
        new("a column of Parquet named once", "t.parquet", $" is named by {Setting.LabelColumn} and by {Setting.Ignore}; name it once.")
        {
            Files = new() { ["t.parquet"] = Parquet() },
            Asked = new() { LabelColumn = "label", Ignore = ["label"] },
            Followed = new() { LabelColumn = "label" },
            Right = Rows("t.parquet", "a", row => [A(row)], Label),
        },
    ];

    private static string Number(double value) => FormattableString.Invariant($"{value}");

    private static byte[] Parquet(params ParquetFiles.Column[] others) =>
        ParquetFiles.Write([ColumnA, .. others, ParquetFiles.Texts("label", [.. Enumerable.Range(0, Count).Select(Label)])]);

    /// <summary>A table with two days, the second as it is given.</summary>
    private static byte[] Dated(string day) =>
        Lines("a,born,b,label", row => $"{A(row)},{(row % 4 < 2 ? "2024-01-30" : day)},{B(row)},{Label(row)}");

    private static string[] Born(string file) =>
        Rows(
            file,
            $"a, {string.Join(", ", DateParts.Names.Select(name => $"born ({name})"))}, b",
            row => [A(row), .. Day(row % 4 < 2 ? "2024-01-30" : "2024-01-31").Cast<object>(), B(row)],
            Label
        );

    private static double[] Day(string day)
    {
        var values = new double[DateParts.Count];
        Assert.True(DateParts.TryRead(day, out var days));
        DateParts.Fill(days, values);
        return values;
    }
}
