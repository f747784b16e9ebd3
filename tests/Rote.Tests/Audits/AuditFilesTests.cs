using Rote.Audits;
using Rote.Data;
using Rote.Measurement;
using Rote.Tests.Support;

namespace Rote.Tests.Audits;

[NoTensorLeaks]
public sealed class AuditFilesTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_file_holds_what_it_says()
    {
        using var images = AuditSamples.Images(50);
        using var data = AuditData.Of(images);
        AuditFiles.Write(AuditSamples.Result(), data, _folder.Path);
        Snapshot.Verify(File.ReadAllText(_folder.File(AuditFiles.Csv)), "examples", "csv");
        Snapshot.Verify(File.ReadAllText(_folder.File(AuditFiles.Suspects)), "suspects", "csv");
        Snapshot.Verify(
            File.ReadAllText(_folder.File(AuditFiles.Summary))
                .Replace(AuditSamples.Result().Plan.Identity, "identity", StringComparison.Ordinal),
            "summary",
            "json"
        );
        Assert.Equal([.. Enumerable.Range(2, 10).Select(i => $"{i}")], File.ReadAllLines(_folder.File(AuditFiles.Keep)));
    }

    [Fact]
    public void Pictures_are_named_by_their_files_in_the_order_of_these_and_kept_so()
    {
        string[] files = [.. Enumerable.Range(0, AuditSamples.Count).Select(i => $"cow/{(char)('m' - i)},\n.png")];
        Write(
            SourceRows
                .OfFiles(files.Order(StringComparer.Ordinal))
                .Select([.. Enumerable.Range(0, AuditSamples.Count).Select(i => (long)(AuditSamples.Count - 1 - i))])
        );
        Assert.Equal("cow/b, .png", File.ReadAllLines(_folder.File(AuditFiles.Keep))[0]);
        Assert.Equal(10, File.ReadAllLines(_folder.File(AuditFiles.Keep)).Length);
        Assert.StartsWith("file,row,label,verdict,", File.ReadAllText(_folder.File(AuditFiles.Csv)), StringComparison.Ordinal);
        Assert.Contains("\n\"cow/b,\n.png\",,", File.ReadAllText(_folder.File(AuditFiles.Csv)), StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_of_several_files_are_kept_with_their_files()
    {
        Write(SourceRows.OfFiles([("a.csv", 5), ("b.csv", AuditSamples.Count - 5)]));
        Assert.Equal(["a.csv[2]", "a.csv[3]", "a.csv[4]", "b.csv[0]", "b.csv[1]"], File.ReadLines(_folder.File(AuditFiles.Keep)).Take(5));
    }

    [Fact]
    public void Shuffled_rows_are_written_in_the_order_of_the_file_and_refer_to_it()
    {
        // Example i is row 11 − i of the file.
        Write(
            SourceRows
                .Of("t.csv", AuditSamples.Count)
                .Select([.. Enumerable.Range(0, AuditSamples.Count).Select(i => (long)(AuditSamples.Count - 1 - i))])
        );
        // wrong are examples 0 and 1
        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"{i}"), File.ReadAllLines(_folder.File(AuditFiles.Keep)));
        var lines = File.ReadAllLines(_folder.File(AuditFiles.Csv)).Select(line => line.Split(',')).ToArray();
        int Place(string name) => Array.IndexOf(lines[0], name);
        Assert.Equal(Enumerable.Range(0, 12).Select(i => $"t.csv {i}"), lines.Skip(1).Select(line => $"{line[0]} {line[1]}"));
        var fifth = lines[1 + 11 - 5]; // a twin of example 1, which stands in row 10 and so refers to it; alike are 8 and 6
        Assert.Equal(("", ""), (fifth[Place("duplicateOfFile")], fifth[Place("duplicateOfRow")]));
        Assert.Equal(("t.csv", "6"), (lines[11][Place("duplicateOfFile")], lines[11][Place("duplicateOfRow")]));
        Assert.Equal(("3", "5"), (fifth[Place("nearestAgreeingRow")], fifth[Place("nearestContradictingRow")]));
        Assert.Equal(("", ""), (fifth[Place("inTestFile")], fifth[Place("inTestRow")]));
        Assert.DoesNotContain("id", lines[0]);
        Assert.Equal(["t.csv,11", "t.csv,10"], File.ReadLines(_folder.File(AuditFiles.Suspects)).Skip(1).Take(2).Select(line => line[..8]));
    }

    [Fact]
    public void Probabilities_stand_in_the_order_of_the_file_and_are_missing_where_no_member_left_an_example_out()
    {
        // Example i is row 11 − i of the file; nobody left example 3 out.
        var rows = SourceRows
            .Of("t.csv", AuditSamples.Count)
            .Select([.. Enumerable.Range(0, AuditSamples.Count).Select(i => (long)(AuditSamples.Count - 1 - i))]);
        float[] Of(int i) => i == 3 ? [float.NaN, float.NaN, float.NaN] : [0.1f, i / 100f, 0.9f - (i / 100f)];
        var values = Enumerable.Range(0, AuditSamples.Count).SelectMany(Of).ToArray();
        Write(rows, AuditSamples.Result() with { OutOfBagProbabilities = ClassProbabilities.Whole(values, 3) });
        Assert.Equal(
            NpyFiles.Floats([.. Enumerable.Range(0, AuditSamples.Count).Reverse().SelectMany(Of)], AuditSamples.Count, 3),
            File.ReadAllBytes(_folder.File(AuditFiles.Probabilities))
        );
    }

    [Fact]
    public void Files_of_an_earlier_layout_are_known_by_their_summary()
    {
        Assert.False(AuditFiles.AreOld(_folder.File("nothing")));
        Write(SourceRows.Of("t.csv", AuditSamples.Count));
        Assert.False(AuditFiles.AreOld(_folder.Path));
        foreach (
            var (text, isOld) in new[]
            {
                ("{\"audit\":\"ab\",\"examples\":12}", true),
                ("[1]", false),
                ("{", false),
                ("{\"other\":1}", false),
            }
        )
        {
            File.WriteAllText(_folder.File(AuditFiles.Summary), text);
            Assert.Equal(isOld, AuditFiles.AreOld(_folder.Path));
        }
    }

    [Fact]
    public void The_estimate_for_the_first_suspects_adds_their_probabilities()
    {
        var result = AuditSamples.Result();
        Assert.Equal(0.98 + 0.71, result.WrongAmong(2).Value, 12);
        Assert.Equal(2, result.WrongAmong(2).Samples);
        Assert.True(result.WrongAmong(2).StandardError > 0);

        // Wrong labels that do not look like canaries: the error reaches down to none.
        var unlike = result with
        {
            Wrong = result.Wrong with { Uniform = new Estimate(0, 0, 30), Confusable = new Estimate(0, 0, 30) },
        };
        Assert.Equal(result.WrongAmong(2).Value, unlike.WrongAmong(2).Value);
        Assert.InRange(unlike.WrongAmong(2).StandardError, 2 / 3.92, 1);
        Assert.True(unlike.WrongAmong(2).StandardError > result.WrongAmong(2).StandardError);
    }

    /// <summary>Labels that are known to be right have a ratio of 0 already; the ends of the interval must not lose them again.</summary>
    [Fact]
    public void The_error_for_the_first_suspects_rests_on_the_share_of_all_labels()
    {
        var result = AuditSamples.Result();
        var known = result with
        {
            Wrong = result.Wrong with { Low = 0, High = result.Wrong.Share, Reach = result.Wrong.Share, OfAll = result.Wrong },
        };
        Assert.Equal(result.WrongAmong(2), known.WrongAmong(2));
        Assert.NotEqual(result.WrongAmong(2), (known with { Wrong = known.Wrong with { OfAll = null } }).WrongAmong(2));
    }

    private void Write(SourceRows rows, AuditResult? result = null)
    {
        using var images = AuditSamples.Images(50);
        using var splits = new DatasetSplits(
            new Dataset(
                images.Train.Pixels.alias(),
                images.Train.Labels.alias(),
                images.Train.ClassNames,
                images.Train.Split,
                images.Train.Provenance,
                rows
            ),
            images.Test.With()
        );
        using var data = AuditData.Of(splits);
        AuditFiles.Write(result ?? AuditSamples.Result(), data, _folder.Path);
    }
}
