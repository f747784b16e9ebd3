using Rote.Cli;
using Rote.Tests.Support;

namespace Rote.Tests.Cli;

/// <summary>Tables of an audit as they were before they named rows.</summary>
public sealed class AuditOldTablesTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void They_are_replaced_by_tables_that_join_by_row()
    {
        string[] labels = [.. Enumerable.Range(0, 120).Select(i => "cab"[i * 7 % 3].ToString())];
        var rows = labels.Select((label, i) => $"{label[0] - 'a' + (i % 5 / 10.0)},{i % 4},{label}");
        File.WriteAllText(_folder.File("rows.csv"), "x,y,label\n" + string.Join('\n', rows) + "\n");

        // Of before: "id" counts examples by class, so that a join by it gives other labels.
        var old = labels.Order(StringComparer.Ordinal).Select((label, id) => $"{id},{label}");
        Directory.CreateDirectory(_folder.File("out"));
        File.WriteAllText(_folder.File("out/summary.json"), """{"audit": "0123456789abcdef"}""");
        File.WriteAllText(_folder.File("out/examples.csv"), "id,label\n" + string.Join('\n', old) + "\n");
        Assert.NotEqual(labels, LabelsBy("id"));

        string[] line =
        [
            "audit",
            _folder.File("rows.csv"),
            "--members",
            "2",
            "--epochs",
            "1",
            "--audits",
            _folder.File("audits"),
            "--output",
            _folder.File("out"),
        ];
        var (code, output, error) = Command.Run(line);
        Assert.True(code == ExitCode.Done, error);
        Assert.Contains("whose id is no row of your data; do not join by it.", output, StringComparison.Ordinal);
        Assert.Equal(labels, LabelsBy("row"));
        Assert.DoesNotContain("do not join by it", Command.Run(line).Output, StringComparison.Ordinal);
    }

    /// <summary>The label of each row of the data, found by a column of the table.</summary>
    private string[] LabelsBy(string column)
    {
        var lines = File.ReadAllLines(_folder.File("out/examples.csv"));
        var head = lines[0].Split(',');
        var (row, label) = (Array.IndexOf(head, column), Array.IndexOf(head, "label"));
        return
        [
            .. lines
                .Skip(1)
                .Select(text => text.Split(','))
                .OrderBy(cells => int.Parse(cells[row], System.Globalization.CultureInfo.InvariantCulture))
                .Select(cells => cells[label]),
        ];
    }
}
