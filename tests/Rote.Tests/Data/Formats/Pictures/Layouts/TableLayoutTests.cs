using System.Text;
using Rote.Data;
using Rote.Data.Formats.Pictures;
using Rote.Data.Formats.Tables;
using Rote.Tests.Support;

namespace Rote.Tests.Data.Formats.Pictures.Layouts;

public sealed class TableLayoutTests : IDisposable
{
    private const string Four = "a,cat\nb,dog\nc,cat\nd,dog\n";

    private readonly TempFolder _folder = new();

    [Theory]
    [InlineData("labels.csv", "id,breed\n" + Four)]
    [InlineData("labels.csv", Four)]
    [InlineData("labels.csv", "id,breed\na.png,cat\nb.png,dog\nc.png,cat\nd.png,dog\n")]
    [InlineData("labels.csv", "a.png,cat\nb.png,dog\nc.png,cat\nd.png,dog\n")]
    [InlineData("labels.csv", "path;kind\n./p/a.png;cat\np\\b.png;dog\n/data/p/c.png;cat\n../input/p/d;dog\n")]
    [InlineData("labels.csv", ",file,label,width\n0,a.png,cat,7\n1,b.png,dog,8\n2,c.png,cat,9\n3,d.png,dog,7\n")]
    [InlineData("truth.csv", "image,cat,dog\na,1.0,0.0\nb,0.0,1.0\nc,1.0,0.0\nd,0.0,1.0\n")]
    [InlineData("labels.tsv", "image\tspecies\tage\na\tcat\t1\nb\tdog\t2\nc\tcat\t3\nd\tdog\t1\n")]
    [InlineData("list.txt", "a.png cat\nb.png dog\nc.png cat\nd.png dog\n")]
    [InlineData("p/metadata.csv", "file_name,label\na.png,cat\nb.png,dog\nc.png,cat\nd.png,dog\n")]
    [InlineData(
        "p/metadata.jsonl",
        "{\"file_name\": \"a.png\", \"label\": \"cat\"}\n{\"file_name\": \"b.png\", \"label\": \"dog\"}\n\n{\"file_name\": \"c.png\", "
            + "\"label\": \"cat\"}\n{\"label\": \"dog\", \"file_name\": \"d.png\"}\n"
    )]
    public void A_table_beside_flat_pictures_holds_their_labels(string table, string text)
    {
        Pictures("p/a.png", "p/b.png", "p/c.png", "p/d.png");
        Write(table, text);
        var found = Read();
        Assert.Equal(["cat", "dog"], found.ClassNames);
        Assert.Equal(["p/a.png 0", "p/b.png 1", "p/c.png 0", "p/d.png 1"], found.Files.Select(f => $"{f.Path} {f.Class}"));
        Assert.False(found.IsSplit);
        Assert.Equal([table], found.Tables.Select(t => t.Name));
    }

    /// <summary>In other words the table names the pictures all the same, where no two have the name.</summary>
    [Theory]
    [InlineData("p/{0}.PNG", "{0}.png")]
    [InlineData("p/{0}.png", "{0}.jpg")]
    [InlineData("p/{0}.png", "HTTPS://x.org/p/{0}.png?w=3#top")]
    [InlineData("p/000{0}.png", "{0}")]
    [InlineData("p/{0}.png", "{0}.0")]
    public void Pictures_may_be_named_in_other_words(string file, string name)
    {
        string[] files = [.. Enumerable.Range(1, 4).Select(i => string.Format(System.Globalization.CultureInfo.InvariantCulture, file, i))];
        Pictures(files);
        var rows = Enumerable
            .Range(1, 4)
            .Select(i => string.Format(System.Globalization.CultureInfo.InvariantCulture, name, i) + $",{"xy"[i % 2]}");
        Write("labels.csv", string.Join('\n', rows.Prepend("id,label")));
        var found = Read();
        Assert.Equal(files.Select((f, i) => $"{f} {(i + 1) % 2}"), found.Files.Select(f => $"{f.Path} {f.Class}"));
        Assert.Contains(
            found.Notes,
            note => note.ToString().StartsWith("labels.csv names pictures otherwise than their files, as ", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Names_that_two_pictures_share_in_other_words_name_none()
    {
        Pictures("p/1.png", "p/01.png", "p/2.png", "p/02.png");
        Write("labels.csv", "id,label\n001,x\n002,y\n");
        Assert.Throws<InputException>(Read);
    }

    [Fact]
    public void Boxes_in_json_lines_are_no_labels()
    {
        Pictures("a.png", "b.png", "c.png", "d.png");
        Write(
            "metadata.jsonl",
            string.Concat("abcd".Select(c => $"{{\"file_name\": \"{c}.png\", \"objects\": {{\"bbox\": [[1, 2, 3, 4]]}}}}\n"))
        );
        Assert.Contains(
            "the column objects holds objects or lists, as for detection or several labels a picture",
            Assert.Throws<InputException>(Read).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Labels_in_several_spellings_are_said()
    {
        Pictures("p/a.png", "p/b.png", "p/c.png", "p/d.png");
        Write("labels.csv", "id,breed\na,non-pug\nb,non pug\nc,pug\nd,pug\n");
        Assert.Contains(
            Read().Notes,
            note => note.ToString().Contains("classes of their own: non pug, non-pug.", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Labels_in_a_table_that_nobody_can_tell_apart_are_one_class()
    {
        Pictures("p/a.png", "p/b.png", "p/c.png", "p/d.png");
        Write("labels.csv", "id,breed\na,caf\u00e9\nb,cafe\u0301\nc,tea\nd,tea\u200b\n");
        Assert.Equal(["caf\u00e9", "tea"], Read().ClassNames);
    }

    [Fact]
    public void Pictures_may_lie_beside_their_table()
    {
        Pictures("a.png", "b.png", "c.png", "d.png");
        Write("labels.csv", "id,breed\n" + Four);
        Assert.False(TableFiles.AreAt(_folder.Path));
        Assert.Equal(4, Read().Files.Length);
    }

    [Fact]
    public void A_table_may_lie_beside_the_folder_that_is_given()
    {
        Pictures("p/a.png", "p/b.png", "p/c.png", "p/d.png");
        Write("labels.csv", "id,breed\n" + Four);
        var found = PictureFolder.Read(_folder.File("p"));
        Assert.Equal(["a.png 0", "b.png 1", "c.png 0", "d.png 1"], found.Files.Select(f => $"{f.Path} {f.Class}"));
        Assert.Equal(["../labels.csv"], found.Tables.Select(t => t.Name));
    }

    [Fact]
    public void Shelves_are_no_classes_where_a_table_says_the_labels()
    {
        Pictures("part_1/a.png", "part_1/b.png", "part_2/c.png", "part_2/d.png");
        Write("metadata.csv", "image_id,dx,age\na,mel,40\nb,nv,50\nc,mel,60\nd,nv,70\n");
        var found = Read();
        Assert.Equal(["mel", "nv"], found.ClassNames);
        Assert.Equal([0, 1, 0, 1], found.Files.Select(f => f.Class));
        Assert.Equal("dx", found.LabelColumn);
    }

    [Theory]
    [InlineData("filepath,label\ncat/a.png,cat\ncat/b.png,cat\ndog/c.png,dog\ndog/d.png,dog\n")]
    [InlineData("file,width\na.png,7\nb.png,8\nc.png,7\nd.png,9\n")]
    [InlineData("file,label\na.png,dog\n")]
    [InlineData("file,author,camera\na.png,x,7\nb.png,y,8\nc.png,x,7\nd.png,y,9\n")]
    public void Folders_are_the_classes_where_a_table_agrees_or_says_something_else(string text)
    {
        Pictures("cat/a.png", "cat/b.png", "dog/c.png", "dog/d.png");
        Write("info.csv", text);
        var found = Read();
        Assert.Equal(["cat", "dog"], found.ClassNames);
        Assert.Equal([0, 0, 1, 1], found.Files.Select(f => f.Class));
        Assert.Empty(found.Tables);
    }

    [Fact]
    public void The_user_may_name_the_table_and_its_column()
    {
        Pictures("cat/a.png", "cat/b.png", "dog/c.png", "dog/d.png");
        Write("info.csv", "file,author\na.png,x\nb.png,y\nc.png,x\nd.png,y\n");
        var found = PictureFolder.Read(_folder.Path, new UserDataOptions { Labels = _folder.File("info.csv"), LabelColumn = "author" });
        Assert.Equal(["x", "y"], found.ClassNames);
        Assert.Equal([0, 1, 0, 1], found.Files.Select(f => f.Class));
    }

    [Fact]
    public void Pictures_without_a_row_and_rows_without_a_picture_are_named()
    {
        Pictures("p/a.png", "p/b.png", "p/c.png", "p/d.png", "p/e.png", "p/f.png");
        Write("labels.csv", "id,breed\n" + Four + "e,\nx,cat\ny,dog\n");
        var found = Read();
        Assert.Equal(4, found.Files.Length);
        Assert.Equal(
            [
                "The labels are in the column breed of labels.csv, the pictures in id; other labels are chosen with the label column.",
                "Rows of labels.csv without a picture: 2 (x, y).",
                "Pictures without a label in labels.csv, left out: 2 (p/e.png, p/f.png).",
            ],
            found.Notes.Select(n => n.ToString())
        );
    }

    [Theory]
    [InlineData("labels.csv", "file,label,split\na,cat,train\nb,dog,train\nc,cat,test\nd,dog,test\n", null)]
    [InlineData("train.csv", "file,label\na,cat\nb,dog\n", "file,label\nc,cat\nd,dog\n")]
    public void A_table_may_say_the_split(string name, string text, string? test)
    {
        Pictures("p/a.png", "p/b.png", "p/c.png", "p/d.png");
        Write(name, text);
        if (test is not null)
        {
            Write("test.csv", test);
        }

        var found = Read();
        Assert.True(found.IsSplit);
        Assert.Equal(["p/c.png", "p/d.png"], found.Files.Where(f => f.Split == Rote.Data.Split.Test).Select(f => f.Path));
    }

    // As a competition hands it out: pictures to train on and to test in folders of the same names, labels of the one, and what is to be
    // handed in for the other.
    [Fact]
    public void The_same_names_in_two_parts_are_told_apart()
    {
        Pictures("train/a.png", "train/b.png", "train/c.png", "train/d.png", "test/a.png", "test/b.png");
        Write("train.csv", "id,breed\n" + Four);
        Write("test.csv", "id\na\nb\n");
        Write("sample_submission.csv", "id,breed\na,cat\nb,cat\n");
        var found = Read();
        Assert.Equal(["train/a.png 0", "train/b.png 1", "train/c.png 0", "train/d.png 1"], found.Files.Select(f => $"{f.Path} {f.Class}"));
        Assert.False(found.IsSplit);
        Assert.Contains(
            "Pictures without a label in train.csv, left out: 2 (test/a.png, test/b.png).",
            found.Notes.Select(n => n.ToString())
        );
    }

    [Theory]
    [InlineData(
        "file,label\na,cat\na,dog\nb,dog\nc,cat\nd,dog\n",
        "labels.csv gives p/a.png several labels, cat and dog; expected one label a picture."
    )]
    [InlineData(
        "file,kind,colour\na,cat,red\nb,dog,blue\nc,cat,red\nd,dog,red\n",
        "{0} names pictures, and which column holds their labels cannot be told; say it with the label column (it has the columns file, "
            + "kind, colour)."
    )]
    [InlineData(
        "filename,class,xmin,ymin,xmax,ymax\na,cat,1,2,3,4\nb,dog,1,2,3,4\nc,cat,1,2,3,4\n",
        "{0} holds boxes (filename, class, xmin, ymin, xmax, ymax), which are for detection, and Rote learns one label a picture; "
            + "expected one folder of pictures per class, or a table of labels."
    )]
    [InlineData("file,label\na,cat\nb,cat\nc,cat\n", "labels.csv: every label is cat, expected at least two classes.")]
    public void A_table_that_cannot_be_used_is_one_sentence(string text, string sentence)
    {
        Pictures("p/a.png", "p/b.png", "p/c.png", "p/d.png");
        Write("labels.csv", text);
        Assert.Equal(string.Format(sentence, _folder.File("labels.csv")), Assert.Throws<InputException>(Read).Message);
    }

    [Fact]
    public void A_damaged_table_of_labels_is_named()
    {
        Pictures("p/a.png", "p/b.png", "p/c.png", "p/d.png");
        Write("p/metadata.jsonl", "{\"file_name\": \"a.png\", \"label\": \"cat\"}\n{\"file_name\": \"b.png\"\n");
        Assert.StartsWith(
            $"{_folder.File("p/metadata.jsonl")}: line 2 is no JSON object",
            Assert.Throws<InputException>(Read).Message,
            StringComparison.Ordinal
        );
    }

    // What the last message but two recommends.
    [Fact]
    public void The_column_that_a_message_asks_for_is_taken()
    {
        Pictures("p/a.png", "p/b.png", "p/c.png", "p/d.png");
        Write("labels.csv", "file,kind,colour\na,cat,red\nb,dog,blue\nc,cat,red\nd,dog,red\n");
        Assert.Equal(["blue", "red"], PictureFolder.Read(_folder.Path, new UserDataOptions { LabelColumn = "colour" }).ClassNames);
    }

    [Fact]
    public void An_option_for_a_table_that_is_not_there_is_refused()
    {
        Pictures("cat/a.png", "cat/b.png", "dog/c.png", "dog/d.png");
        Assert.Equal(
            $"{_folder.Path} has no table that names its pictures, and so nothing for the label column; leave that out, or give "
                + $"the table with the file of labels.",
            Assert.Throws<InputException>(() => PictureFolder.Read(_folder.Path, new UserDataOptions { LabelColumn = "breed" })).Message
        );
    }

    public void Dispose() => _folder.Dispose();

    private PictureFolder Read() => PictureFolder.Read(_folder.Path);

    private void Pictures(params string[] files)
    {
        foreach (var file in files)
        {
            PictureFiles.Write(_folder, file, [1]);
        }
    }

    private void Write(string name, string text) => PictureFiles.Write(_folder, name, Encoding.UTF8.GetBytes(text));
}
