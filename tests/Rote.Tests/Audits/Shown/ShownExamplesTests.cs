using Rote.Audits.Shown;
using Rote.Data;
using Rote.Tests.Support;

namespace Rote.Tests.Audits.Shown;

public sealed class ShownExamplesTests : IDisposable
{
    private static readonly UserDataOptions Usual = new();

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Line_i_belongs_to_row_i_in_whatever_order_the_examples_are_and_where_some_rows_are_none()
    {
        File.WriteAllText(_folder.File("n.txt"), "a\nb\n\nd\n");
        var rows = SourceRows.Of("v.npy", 4).Select([3, 0, 2]);
        using var shown = ShownExamples.Read(new ShownSettings { Names = _folder.File("n.txt") }, null, Usual, rows);
        Assert.Equal(["d", "a", null], rows.Select(shown.NameOf));
        Assert.True(shown.HaveNames);
        Assert.False(shown.HavePictures);
        Assert.Null(shown.NameOf(new RowIdentity("other.npy", 0)));
    }

    [Fact]
    public void Of_files_the_lines_are_in_the_order_of_the_files()
    {
        File.WriteAllText(_folder.File("n.txt"), "x\ny\n");
        var rows = SourceRows.OfFiles(["cat/1.png", "dog/2.png"]).Select([1, 0]);
        using var shown = ShownExamples.Read(new ShownSettings { Names = _folder.File("n.txt") }, null, Usual, rows);
        Assert.Equal(["y", "x"], rows.Select(shown.NameOf));
    }

    [Fact]
    public void Of_a_log_the_lines_are_in_the_order_of_its_ids_however_large_these_are()
    {
        File.WriteAllText(_folder.File("n.txt"), "x\ny\nz\n");
        var rows = SourceRows.Of([new RowIdentity("", 5_000_000_000), new RowIdentity("", 7), new RowIdentity("", 90_000_000)]);
        using var shown = ShownExamples.Read(new ShownSettings { Names = _folder.File("n.txt") }, null, Usual, rows);
        Assert.Equal(["z", "x", "y"], rows.Select(shown.NameOf));
    }

    [Theory]
    [InlineData("a\nb\n")]
    [InlineData("a\nb\nc\nd\n")]
    public void Another_number_of_names_is_refused(string text)
    {
        File.WriteAllText(_folder.File("n.txt"), text);
        Refused("names and the data has 3 rows", new ShownSettings { Names = _folder.File("n.txt") }, null, SourceRows.Of("v.npy", 3));
    }

    [Fact]
    public void Columns_are_read_of_the_rows_that_are_asked_for()
    {
        File.WriteAllText(_folder.File("t.csv"), "id,url,\"a,b\",label\nx1,http://1,p,cat\nx2,http://2,<q>,dog\nx3,http://3,r,cat\n");
        var rows = SourceRows.Of("t.csv", 3);
        using var shown = ShownExamples.Read(new ShownSettings { Columns = ["id, 2", "a,b"] }, _folder.File("t.csv"), Usual, rows);
        var fields = shown.Fields(new HashSet<RowIdentity> { new("t.csv", 1) });
        Assert.Equal([("id", "x2"), ("url", "http://2"), ("a,b", "<q>")], Assert.Single(fields).Value);
        Assert.Equal(new RowIdentity("t.csv", 1), fields.Keys.Single());
    }

    [Fact]
    public void Columns_that_are_not_there_are_refused()
    {
        File.WriteAllText(_folder.File("t.csv"), "id,label\n1,cat\n2,dog\n");
        _folder.Put("v.npy", NpyFiles.Floats([1, 2], 2, 1));
        var rows = SourceRows.Of("t.csv", 2);
        Refused(
            "has no column \"ids\"; it has the columns id, label",
            new ShownSettings { Columns = ["id,ids"] },
            _folder.File("t.csv"),
            rows
        );
        Refused("names no column", new ShownSettings { Columns = [" , "] }, _folder.File("t.csv"), rows);
        Refused("is no table", new ShownSettings { Columns = ["id"] }, _folder.File("v.npy"), rows);
        Refused("no data with columns here", new ShownSettings { Columns = ["id"] }, null, rows);
    }

    [Fact]
    public void Pictures_are_found_by_the_column_of_files_before_the_names()
    {
        PictureFiles.Touch(_folder, "pics/a.png", "pics/b.png");
        File.WriteAllText(_folder.File("t.csv"), "file,x,label\na.png,1,cat\nb.png,2,dog\nc.png,3,cat\n");
        File.WriteAllText(_folder.File("n.txt"), "one\ntwo\nthree\n");
        var (rows, settings) = (
            SourceRows.Of("t.csv", 3),
            new ShownSettings { Names = _folder.File("n.txt"), Images = _folder.File("pics") }
        );
        using var shown = ShownExamples.Read(settings, _folder.File("t.csv"), Usual, rows);
        Assert.Equal(["a.png", "b.png", ""], rows.Select(shown.PictureOf));
        Assert.Equal(["one", "two", "three"], rows.Select(shown.NameOf));
        Assert.Equal(_folder.File("pics/b.png"), shown.FileOf(rows[1]));
        Assert.Contains("1 of 3 pictures are not in", shown.Missing, StringComparison.Ordinal);
        Assert.Contains("the first is \"c.png\"", shown.Missing, StringComparison.Ordinal);
    }

    [Fact]
    public void Parquet_has_columns_and_files_and_a_picture_is_a_name_where_there_is_no_other()
    {
        PictureFiles.Touch(_folder, "pics/cat/a.png");
        _folder.Put(
            "t.parquet",
            ParquetFiles.Write([
                ParquetFiles.Texts("file", ["cat/a.png", "cat/b.png", null]),
                ParquetFiles.Texts("note", ["<b>", "", null]),
                ParquetFiles.Plain<double>("x", [1.5, 2, null]),
            ])
        );
        var (rows, path) = (SourceRows.Of("t.parquet", 3), _folder.File("t.parquet"));
        var settings = new ShownSettings { Columns = ["note,x"], Images = _folder.File("pics") };
        using var shown = ShownExamples.Read(settings, path, Usual, rows);
        Assert.Equal(["cat/a.png", null, null], rows.Select(shown.NameOf));
        Assert.False(shown.HaveNames);
        Assert.Contains("2 of 3", shown.Missing, StringComparison.Ordinal);
        var fields = shown.Fields(rows.ToHashSet());
        Assert.Equal([("note", "<b>"), ("x", "1.5")], fields[rows[0]]);
        Assert.Equal(("note", ""), fields[rows[2]][0]);
        Assert.Equal(["cat/a.png", "cat/b.png", ""], ExampleNames.Read(path, "file"));
    }

    [Fact]
    public void Pictures_are_found_by_names_and_never_outside_the_folder()
    {
        PictureFiles.Touch(_folder, "pics/sub/a.png", "secret.png");
        _folder.Put("v.npy", NpyFiles.Floats([1, 2, 3], 3, 1));
        File.WriteAllText(_folder.File("n.txt"), $"sub/a.png\n../secret.png\n{_folder.File("secret.png")}\n");
        var (rows, settings) = (
            SourceRows.Of("v.npy", 3),
            new ShownSettings { Names = _folder.File("n.txt"), Images = _folder.File("pics") }
        );
        using var shown = ShownExamples.Read(settings, _folder.File("v.npy"), Usual, rows);
        Assert.Equal(["sub/a.png", "", ""], rows.Select(shown.PictureOf));
        Assert.Contains("2 of 3", shown.Missing, StringComparison.Ordinal);
    }

    [Fact]
    public void Pictures_of_an_array_are_in_the_order_of_the_rows()
    {
        _folder.Put("p.npy", NpyFiles.Bytes([1, 2, 3, 4, 5, 6, 7, 8], 2, 2, 2));
        var rows = SourceRows.Of("v.npy", 2).Select([1, 0]);
        using var shown = ShownExamples.Read(new ShownSettings { Images = _folder.File("p.npy") }, null, Usual, rows);
        Assert.Equal("p.npy[1]", shown.PictureOf(rows[0]));
        Assert.Equal([5, 6, 7, 8], shown.InArray(rows[0], 9)!.Pixels);
        Refused(
            "2 pictures and the data has 5 rows",
            new ShownSettings { Images = _folder.File("p.npy") },
            null,
            SourceRows.Of("v.npy", 5)
        );
    }

    [Fact]
    public void What_holds_no_pictures_is_refused()
    {
        Directory.CreateDirectory(_folder.File("pics"));
        File.WriteAllText(_folder.File("n.txt"), "a.png\n<script>\n");
        var rows = SourceRows.Of("v.npy", 2);
        Refused("There is nothing at", new ShownSettings { Images = _folder.File("nothing") }, null, rows);
        Refused("no folder and no .npy array", new ShownSettings { Images = _folder.File("n.txt") }, null, rows);
        Refused("nothing says which belongs to which", new ShownSettings { Images = _folder.File("pics") }, null, rows);
        Refused(
            "has none of the 2 pictures; the first would be \"a.png\"",
            new ShownSettings { Names = _folder.File("n.txt"), Images = _folder.File("pics") },
            null,
            rows
        );
    }

    private static void Refused(string part, ShownSettings settings, string? data, SourceRows rows) =>
        Assert.Contains(
            part,
            Assert.Throws<InputException>(() => ShownExamples.Read(settings, data, Usual, rows)).Message,
            StringComparison.Ordinal
        );
}
