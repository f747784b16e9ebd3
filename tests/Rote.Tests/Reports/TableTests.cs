using Rote.Reports;
using Rote.Tests.Support;

namespace Rote.Tests.Reports;

public sealed class TableTests
{
    [Fact]
    public void Text_is_aligned_and_every_column_has_its_legend() => Snapshot.Verify(Sample().ToText(70), "table");

    [Fact]
    public void Html_has_caption_scopes_and_every_legend() => Snapshot.Verify(HtmlTable.Draw(Sample()).ToString(), "table", "html");

    [Fact]
    public void Text_holds_no_control_characters_whatever_the_data() =>
        Gen.String.Sample(text =>
        {
            var table = new Table(
                text,
                [new TableColumn(text, text)],
                [
                    [text],
                ]
            );
            return table.ToText().All(c => c == '\n' || !char.IsControl(c));
        });

    [Fact]
    public void Lines_of_cells_are_equally_long_but_for_spaces_at_the_end() =>
        Gen.Select(Gen.String[Gen.Char["abc é"], 1, 12], Gen.String[Gen.Char["0123"], 0, 4])
            .Array[1, 5]
            .Sample(cells =>
            {
                var rows = cells.Select(cell => (IReadOnlyList<TableCell>)[cell.Item1, new TableCell(cell.Item1, cell.Item2)]).ToArray();
                var lines = new Table("A caption", [new TableColumn("A", ""), new TableColumn("B", "")], rows).ToText().Split('\n');
                var rule = lines[3].Length;
                return lines.Skip(4).Take(rows.Length).All(line => line.Length <= rule);
            });

    [Fact]
    public void A_table_fits_the_edge_with_headers_and_words_in_several_lines()
    {
        var table = new Table(
            "What five kinds of data were trained to, a caption that is longer than the edge.",
            [
                new TableColumn("Trained on", "", ColumnKind.Text),
                new TableColumn("Training accuracy", "L"),
                new TableColumn("Relative epochs", "L"),
                new TableColumn("Folder", "L", ColumnKind.Text),
            ],
            [
                [
                    "shuffled pixels",
                    new TableCell("99.5 %", "± 0.1"),
                    "12.5×",
                    "/a/long/path/of/a/run/0123456789ab-cifar10-mlp-1x512-true-labels",
                ],
                ["日本語のラベル", new TableCell("9 %"), TableCell.Missing("not reached"), "short"],
            ]
        );
        var lines = table.ToText(new TextStyle { Edge = 60, Legends = false }).Split('\n');
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 60));
        Assert.Contains(
            lines,
            line => line.Contains("99.5 % ± 0.1", StringComparison.Ordinal) && line.Contains("12.5×", StringComparison.Ordinal)
        );
        Assert.DoesNotContain(lines, line => line.Contains(" : ", StringComparison.Ordinal));
        Assert.Equal(table.ToText(), table.ToText(new TextStyle { Edge = 400 }));
        Assert.Equal(
            "/a/long/path/of/a/run/0123456789ab-cifar10-mlp-1x512-true-labels",
            string.Concat(
                lines
                    .SkipWhile(line => !line.Contains('─'))
                    .Skip(1)
                    .TakeWhile(line => !line.StartsWith('日'))
                    .Select(line => line[(line.LastIndexOf(' ') + 1)..])
            )
        );
    }

    [Fact]
    public void A_narrow_edge_puts_errors_below_their_values_and_breaks_words_behind_dashes()
    {
        var table = new Table(
            "Runs.",
            [
                new TableColumn("Run", "", ColumnKind.Text),
                new TableColumn("Corruption", "", ColumnKind.Text),
                new TableColumn("Training", ""),
                new TableColumn("Test", ""),
            ],
            [
                ["6f8923ac0b55", "shuffled-pixels", new TableCell("99.5 %", "± 0.4"), new TableCell("9.8 %", "± 0.3")],
            ]
        );
        Assert.Equal(
            "Runs.\n\nRun      Corruption Training  Test\n──────── ────────── ──────── ─────\n6f8923ac shuffled-    99.5 % 9.8 %\n0b55   "
                + "  pixels        ± 0.4 ± 0.3\n",
            table.ToText(new TextStyle { Edge = 34, Legends = false })
        );
    }

    [Fact]
    public void Numbers_are_never_broken_however_narrow_the_edge() =>
        Gen.Int[1, 120]
            .Sample(edge =>
                Sample().ToText(new TextStyle { Edge = edge }).Contains("± 0.5", StringComparison.Ordinal)
                == Sample().ToText().Contains("± 0.5", StringComparison.Ordinal)
            );

    [Fact]
    public void Markup_in_data_is_shown_and_not_obeyed()
    {
        var html = HtmlTable
            .Draw(
                new Table(
                    "<script>1</script>",
                    [new TableColumn("a\"b", "'")],
                    [
                        ["<img src=x onerror=alert(1)>"],
                    ]
                )
            )
            .ToString();
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
        Assert.Contains("&lt;img src=x onerror=alert(1)&gt;", html, StringComparison.Ordinal);
        Assert.Contains("a&quot;b", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_with_a_cell_too_few_is_refused_by_its_number()
    {
        var error = Assert.Throws<ArgumentException>(() =>
            new Table(
                "",
                [new TableColumn("A", ""), new TableColumn("B", "")],
                [
                    ["1", "2"],
                    ["3"],
                ]
            )
        );
        Assert.Contains("Row 1 has 1 cells, expected 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_without_columns_is_refused() => Assert.Throws<ArgumentException>(() => new Table("", [], []));

    [Fact]
    public void A_table_without_rows_is_drawn()
    {
        var table = new Table("Nothing yet.", [new TableColumn("Name", "What.", ColumnKind.Text)], []);
        Assert.Equal("Nothing yet.\n\nName\n────\n\nName : What.\n", table.ToText());
        Assert.Contains("<tbody>\n</tbody>", HtmlTable.Draw(table).ToString(), StringComparison.Ordinal);
    }

    private static Table Sample() =>
        new(
            "A caption that is long enough to be wrapped in a terminal of seventy characters a line.",
            [
                new TableColumn("Name", "Who it is.", ColumnKind.Text),
                new TableColumn(
                    "Accuracy",
                    "Share of examples right, in percent. ± is the standard error of a share of that many examples."
                ),
                new TableColumn("Epochs", "How many."),
            ],
            [
                ["First", new TableCell("99.55 %", "± 0.03"), "25"],
                ["The second & <last>", new TableCell("9.9 %", "± 0.3"), TableCell.Missing("not reached")],
                ["Third", new TableCell("100 %"), "1,000"],
            ]
        );
}
