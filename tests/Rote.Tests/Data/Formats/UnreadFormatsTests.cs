using Rote.Data;
using Rote.Tests.Support;

namespace Rote.Tests.Data.Formats;

/// <summary>Archives and packed files are named, and what the message says makes them readable.</summary>
public sealed class UnreadFormatsTests : IDisposable
{
    private const string Table = "a,label\n1,x\n2,y\n4,x\n8,y\n";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("d.zip", "shutil.make_archive(base, 'zip', root)")]
    [InlineData("d.tar", "shutil.make_archive(base, 'tar', root)")]
    [InlineData("d.tar.gz", "shutil.make_archive(base, 'gztar', root)")]
    [InlineData("d.tgz", "os.rename(shutil.make_archive(base, 'gztar', root), base + '.tgz')")]
    public void An_archive_is_unpacked_by_the_line_and_read(string file, string write)
    {
        for (var i = 0; i < 8; i++)
        {
            PictureFiles.Write(_folder, $"made/{"xy"[i % 2]}/{i}.png", PictureFiles.Plain(4, 4, new SkiaSharp.SKColor((byte)i, 0, 0)));
        }

        var python = PythonLines.With("shutil");
        PythonLines.Run(python, $"import os, shutil; base, root = r'{_folder.File("d")}', r'{_folder.File("made")}'; {write}");
        PythonLines.Run(python, Refused(file).Split("in Python: ")[1].Split(", and give the folder")[0]);
        using var data = DatasetLoader.Load(_folder.File("d"), new DataFolder("/nowhere"));
        Assert.Equal(["x", "y"], data.Data.Train.ClassNames);
        Assert.Equal(8, data.Data.Train.Count + data.Data.Test.Count);
    }

    [Theory]
    [InlineData("t.csv.bz2", "bz2")]
    [InlineData("t.csv.xz", "lzma")]
    public void A_packed_table_is_unpacked_by_the_line_and_read(string file, string module)
    {
        var python = PythonLines.With(module);
        PythonLines.Run(python, $"import {module}; {module}.open(r'{_folder.File(file)}', 'wt').write({Literal(Table)})");
        PythonLines.Run(python, Refused(file).Split("in Python: ")[1].TrimEnd('.'));
        RequireTable("t.csv");
    }

    [Fact]
    public void FastTexts_lines_are_converted_and_read()
    {
        File.WriteAllText(_folder.File("t.txt"), "__label__x a b, c\n__label__y d e f\n__label__x g h i\n__label__y j k l\n");
        PythonLines.Run(PythonLines.With("csv"), Refused("t.txt").Split("in Python: ")[1].TrimEnd('.'));
        using var data = DatasetLoader.Load(_folder.File("t.csv"), new DataFolder("/nowhere"));
        using var all = data.Data.Joined(Split.Train);
        Assert.Equal(["x", "y"], all.ClassNames);
        Assert.Equal(["a b, c", "d e f", "g h i", "j k l"], all.Texts!.Order(StringComparer.Ordinal));
    }

    /// <summary>Inches, and texts of a competition that knows no quotes.</summary>
    [Theory]
    [InlineData("t.tsv", '\t')]
    [InlineData("t.csv", ',')]
    public void Quotes_that_are_letters_are_read_once_they_are_quoted(string file, char by)
    {
        string[] rows = [$"a{by}label", $"5\" b c{by}x", $"\"d e f{by}y", $"g h \"i\"{by}x", $"j k l{by}y"];
        File.WriteAllLines(_folder.File(file), rows);
        PythonLines.Run(PythonLines.With("pandas"), Refused(file).Split("in Python: ")[1].TrimEnd('.'));
        using var data = DatasetLoader.Load(_folder.File("t.quoted.csv"), new DataFolder("/nowhere"));
        using var all = data.Data.Joined(Split.Train);
        Assert.Equal(["\"d e f", "5\" b c", "g h \"i\"", "j k l"], all.Texts!.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("t.7z", "is an archive")]
    [InlineData("t.csv.zst", "is packed with Zstandard")]
    [InlineData("t.rds", "is a file of R's")]
    [InlineData("t.RData", "is a file of R's")]
    [InlineData("t.sas7bdat", "is a file of SAS's")]
    [InlineData("t.mdb", "is a database")]
    [InlineData("t.WAV", "is sound")]
    [InlineData("t.mp4", "is a video")]
    [InlineData("t.pdf", "is a document")]
    [InlineData("t.onnx", "is a network")]
    [InlineData("t.json.gz", "is packed")]
    public void Others_are_named(string file, string what)
    {
        File.WriteAllBytes(_folder.File(file), [1, 2, 3]);
        Assert.StartsWith($"{_folder.File(file)} {what}", Refused(file), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("t.tab", "a\tlabel\n1\tx\n2\ty\n4\tx\n8\ty\n")]
    [InlineData("t.psv", "a|label\n1|x\n2|y\n4|x\n8|y\n")]
    public void A_table_under_an_unusual_name_is_read_under_the_usual_one(string file, string text)
    {
        File.WriteAllText(_folder.File(file), text);
        var usual = Refused(file).Split("call it '")[1].Split('\'')[0];
        File.Move(_folder.File(file), usual);
        RequireTable(Path.GetFileName(usual));
    }

    /// <summary>Names of runs do not change: what was a part of a name stays one.</summary>
    [Fact]
    public void Their_endings_are_kept_in_names() => Assert.Equal("set.tar", DatasetLoader.ShortName(_folder.File("set.tar")));

    private static string Literal(string text) => $"'{text.Replace("\n", "\\n", StringComparison.Ordinal)}'";

    private string Refused(string file) =>
        Assert.Throws<InputException>(() => DatasetLoader.Load(_folder.File(file), new DataFolder("/nowhere"))).Message;

    private void RequireTable(string file)
    {
        using var data = DatasetLoader.Load(_folder.File(file), new DataFolder("/nowhere"));
        Assert.Equal(["[0] 1 x", "[1] 2 y", "[2] 4 x", "[3] 8 y"], Packed.Rows(data));
    }
}
