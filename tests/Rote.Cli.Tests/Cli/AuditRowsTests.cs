using System.Globalization;
using System.Text;
using Rote.Tests.Support;

namespace Rote.Tests.Cli;

/// <summary>What docs/guide/audit.md promises of an audit's tables: they go back into the user's data by file and row.</summary>
[NoTensorLeaks]
public sealed class AuditRowsTests : IDisposable
{
    private const int Rows = 300;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Wrong_labels_of_a_table_are_found_by_joining_with_its_rows()
    {
        // Every twentieth row has a wrong label; a header, and blank lines that pandas does not count either.
        var labels = Enumerable.Range(0, Rows).Select(i => $"0{(i % 20 == 7 ? (i + 1) % 3 : i % 3)}").ToArray();
        var lines = Vectors
            .Rows(Rows, 3, seed: 1)
            .Select(
                (r, i) =>
                    string.Create(CultureInfo.InvariantCulture, $"{r.Features[0]},{r.Features[1]},{labels[i]}\n{(i % 50 == 3 ? "\n" : "")}")
            );
        PictureFiles.Write(_folder, "customers.csv", Encoding.UTF8.GetBytes("size,weight,label\n" + string.Concat(lines)));
        var result = Command.Run(
            "audit",
            _folder.File("customers.csv"),
            "--members",
            "4",
            "--audits",
            _folder.File("audits"),
            "--output",
            _folder.File("out"),
            "--quiet"
        );
        Assert.Equal(0, result.Code);

        var table = File.ReadAllLines(_folder.File("out/examples.csv")).Select(line => line.Split(',')).ToArray();
        Assert.Equal(["file", "row", "label", "verdict"], table[0][..4]);
        Assert.All(
            table.Skip(1).Select((line, i) => (line, i)),
            row => Assert.Equal(("customers.csv", $"{row.i}", labels[row.i]), (row.line[0], row.line[1], row.line[2]))
        );
        var first = table
            .Skip(1)
            .OrderByDescending(line => double.Parse(line[4], CultureInfo.InvariantCulture))
            .Take(15)
            .Select(line => int.Parse(line[1], CultureInfo.InvariantCulture));
        Assert.InRange(first.Count(row => row % 20 == 7), 13, 15);

        // df.iloc[np.loadtxt("keep.txt", dtype=int)]
        var kept = File.ReadAllLines(_folder.File("out/keep.txt")).Select(line => int.Parse(line, CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(
            table.Skip(1).Where(line => line[3] != "probably wrong").Select(line => int.Parse(line[1], CultureInfo.InvariantCulture)),
            kept
        );
        Assert.InRange(kept.Length, Rows - 20, Rows - 5);
    }

    [Fact]
    public void The_answer_is_last_in_the_terminal_and_definitions_come_on_request()
    {
        var lines = Vectors
            .Rows(Rows, 3, seed: 1)
            .Select(
                (r, i) =>
                    string.Create(CultureInfo.InvariantCulture, $"{r.Features[0]},{r.Features[1]},{(i % 20 == 7 ? (i + 1) % 3 : i % 3)}\n")
            );
        PictureFiles.Write(_folder, "t.csv", Encoding.UTF8.GetBytes("size,weight,label\n" + string.Concat(lines)));
        string[] line =
        [
            "audit",
            _folder.File("t.csv"),
            "--members",
            "3",
            "--network",
            "mlp-1x16",
            "--epochs",
            "5",
            "--audits",
            _folder.File("audits"),
            "--quiet",
        ];
        var text = Command.Run(line).Output;
        Assert.DoesNotContain("The list in the order of suspicion", text, StringComparison.Ordinal);
        Assert.Contains("the networks agree with", text, StringComparison.Ordinal);
        var last = text.TrimEnd().Split('\n').TakeLast(18).ToArray();
        Assert.Equal(10, last.Count(l => l.StartsWith("t.csv[", StringComparison.Ordinal) && l.Contains(" → ", StringComparison.Ordinal)));
        Assert.StartsWith("Beside it: ", last[^1], StringComparison.Ordinal);
        var there = Directory
            .GetFiles(Directory.GetDirectories(_folder.File("audits")).Single())
            .Select(Path.GetFileName)
            .Except(["report.html", "source.json", "audit.json", "run.lock"]); // the page; the rest is for Rote itself
        Assert.Equal(there.Order(), last[^1]["Beside it: ".Length..].Split(", ").Order());
        Assert.Contains("report.html", last[^2], StringComparison.Ordinal);
        Assert.Contains("The list in the order of suspicion", Command.Run([.. line, "--explain"]).Output, StringComparison.Ordinal);
    }
}
