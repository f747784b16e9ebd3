using System.Text;
using Rote.Data;
using Rote.Tests.Support;

namespace Rote.Tests.Data.Formats.Pictures.Layouts;

/// <summary>A folder without classes says what it holds; what the message says makes it readable.</summary>
public sealed class LayoutHintsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("cat.{0}.png", "dog.{0}.png")]
    [InlineData("cat_{0}.png", "dog_{0}.png")]
    [InlineData("cat{0}.png", "dog ({0}).png")]
    public void Classes_in_the_names_of_pictures_become_a_table(params string[] names)
    {
        foreach (var (name, i) in names.SelectMany(name => Enumerable.Range(1, 4).Select(i => (name, i))))
        {
            Picture(string.Format(System.Globalization.CultureInfo.InvariantCulture, "d/" + name, i), i);
        }

        var message = Refused();
        Assert.Contains("begin like classes (cat, dog)", message, StringComparison.Ordinal);
        PythonLines.Run(PythonLines.With("csv"), message.Split("in Python: ")[1].TrimEnd('.'));
        using var data = Load();
        Assert.Equal(["cat", "dog"], data.Data.Train.ClassNames);
        using var all = data.Data.Joined(Split.Train);
        Assert.All(all.Rows, (row, i) => Assert.StartsWith(all.ClassNames[(int)all.Labels[i].item<long>()], row.File));
    }

    [Fact]
    public void Pictures_without_ending_get_one()
    {
        for (var i = 0; i < 8; i++)
        {
            Picture($"d/{"xy"[i % 2]}/{i}", i);
        }

        RequireRenamed("holds pictures whose names have no ending, such as x/0");
    }

    /// <summary>As 20 newsgroups come.</summary>
    [Fact]
    public void Texts_without_ending_get_one()
    {
        for (var i = 0; i < 8; i++)
        {
            PictureFiles.Write(_folder, $"d/{(i % 2 == 0 ? "x" : "y")}/{50000 + i}", Encoding.UTF8.GetBytes($"text {i}"));
        }

        RequireRenamed("holds texts whose names have no ending, such as x/50000");
    }

    [Fact]
    public void Labels_in_a_workbook_or_in_one_JSON_text_are_named_with_what_converts_them()
    {
        Picture("d/a.png", 1);
        PictureFiles.Write(_folder, "d/labels.xlsx", [1]);
        Assert.Contains("no labels that are read: ", Refused(), StringComparison.Ordinal);
        Assert.Contains("labels.xlsx is a workbook, and is not read; in Python: ", Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public void Names_and_labels_in_one_object_of_JSON_become_lines()
    {
        for (var i = 0; i < 8; i++)
        {
            Picture($"d/{i}.png", i);
        }

        var pairs = Enumerable.Range(0, 8).Select(i => $"\"{i}.png\": \"{"xy"[i % 2]}\"");
        PictureFiles.Write(_folder, "d/labels.json", Encoding.UTF8.GetBytes($"\n{{{string.Join(", ", pairs)}}}"));
        PythonLines.Run(PythonLines.With("json"), Refused().Split("in Python: ")[1].TrimEnd('.'));
        using var data = Load();
        Assert.Equal(["x", "y"], data.Data.Train.ClassNames);
        Assert.Equal(8, data.Data.Train.Count + data.Data.Test.Count);
    }

    [Fact]
    public void A_table_that_names_other_pictures_is_said()
    {
        Picture("d/img/a.png", 1);
        Picture("d/img/b.png", 2);
        PictureFiles.Write(_folder, "d/labels.csv", "file,label\nc.png,x\nd.png,y\n"u8.ToArray());
        Assert.Contains(
            "labels.csv hardly names one of them: its first row is \"c.png, x\", and the first picture img/a.png",
            Refused(),
            StringComparison.Ordinal
        );
    }

    /// <summary>Beside the pictures it would be a table; names of pictures are no texts to learn from.</summary>
    [Fact]
    public void Names_of_other_pictures_are_no_features()
    {
        Picture("d/a.png", 1);
        PictureFiles.Write(_folder, "d/labels.csv", "file,label\nmy c 1.png,x\nmy d 2.png,y\nmy e 3.png,x\nmy f 4.png,y\n"u8.ToArray());
        Assert.Contains("file names pictures, which are not where it says", Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_of_archives_is_called_one()
    {
        PictureFiles.Write(_folder, "d/cat.zip", [1]);
        Assert.Contains("holds archives and no pictures: ", Refused(), StringComparison.Ordinal);
        Assert.Contains("shutil.unpack_archive(", Refused(), StringComparison.Ordinal);
    }

    private void Picture(string path, int i) =>
        PictureFiles.Write(_folder, path, PictureFiles.Plain(4, 4, new SkiaSharp.SKColor((byte)(20 * i), 0, 0)));

    private void RequireRenamed(string said)
    {
        var message = Refused();
        Assert.Contains(said, message, StringComparison.Ordinal);
        PythonLines.Run(PythonLines.With("pathlib"), message.Split("in Python: ")[1].Split(" gives them")[0]);
        using var data = Load();
        Assert.Equal(8, data.Data.Train.Count + data.Data.Test.Count);
        Assert.Equal(["x", "y"], data.Data.Train.ClassNames);
    }

    private NamedData Load() => DatasetLoader.Load(_folder.File("d"), new DataFolder("/nowhere"));

    private string Refused() => Assert.Throws<InputException>(Load).Message;
}
