using Rote.Data;
using Rote.Tests.Support;

namespace Rote.Tests.Data.Formats.TextFiles;

[NoTensorLeaks]
public sealed class TextFolderTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Recorder _told = new();

    public void Dispose() => _folder.Dispose();

    private void Write(string path, string text) => PictureFiles.Write(_folder, path, System.Text.Encoding.UTF8.GetBytes(text));

    private NamedData Load() => DatasetLoader.Load(_folder.Path, new DataFolder("/nowhere"), null, _told);

    [Fact]
    public void A_folder_is_a_class_and_a_file_a_text()
    {
        foreach (var i in Enumerable.Range(0, 5))
        {
            Write($"ham/{i}.txt", $"hello {i}\n");
            Write($"spam/deep/{i}.txt", $"buy {i}");
        }

        using var data = Load();
        Assert.Equal(["ham", "spam"], data.Data.Train.ClassNames);
        Assert.Equal((8, 2), (data.Data.Train.Count, data.Data.Test.Count));
        Assert.Equal(SplitOrigin.SetAside, data.Data.Origin);
        var place = data.Data.Train.Rows.Names.ToList().FindIndex(name => name == "ham/3.txt");
        place = place < 0 ? 0 : place;
        Assert.StartsWith(
            data.Data.Train.Rows[place].Name.StartsWith("ham", StringComparison.Ordinal) ? "hello" : "buy",
            data.Data.Train.Texts![place],
            StringComparison.Ordinal
        );
    }

    // IMDB's layout: train/{pos,neg,unsup}, test/{pos,neg}, lists beside them.
    [Fact]
    public void Parts_to_train_and_to_test_are_known_and_texts_without_labels_left_out()
    {
        foreach (var i in Enumerable.Range(0, 3))
        {
            Write($"train/pos/{i}.txt", $"good {i}");
            Write($"train/neg/{i}.txt", $"bad {i}");
            Write($"train/unsup/{i}.txt", $"so so {i}");
            Write($"test/pos/{i}.txt", $"great {i}");
            Write($"test/neg/{i}.txt", $"awful {i}");
        }

        Write("train/urls_pos.txt", "http://");
        using var data = Load();
        Assert.Equal(["neg", "pos"], data.Data.Train.ClassNames);
        Assert.Equal((6, 6), (data.Data.Train.Count, data.Data.Test.Count));
        Assert.Equal(SplitOrigin.Given, data.Data.Origin);
        Assert.Contains("Left out as texts without labels: train/unsup/ (3).", _told.Notes, StringComparison.Ordinal);
    }

    [Fact]
    public void Texts_without_labels_are_read_for_a_network_of_texts()
    {
        Write("new/a.txt", "hello");
        Write("new/b.txt", "there");
        var columns = new[]
        {
            new DataColumn { Name = "text", Kind = DataColumnKind.Text },
        };
        var (_, examples) = UnlabelledData.Load(_folder.File("new"), ["x", "y"], new UserDataOptions { Columns = columns });
        using (examples)
        {
            Assert.Equal(["hello", "there"], examples.Texts!);
        }
    }

    [Fact]
    public void What_is_no_text_is_one_sentence()
    {
        Write("a/1.txt", "x");
        Refused("has one folder only with .txt files in it, expected one folder of texts per class, and at least two.");
        Write("b/1.txt", "y");
        Refused("has every label only once");
        Write("b/2.txt", "z");
        PictureFiles.Write(_folder, "a/2.txt", [0xFF, 0x41, 0xFF]);
        Refused("a/2.txt is not UTF-8; save it as UTF-8, or remove it.");
        PictureFiles.Write(_folder, "a/2.txt", new byte[(16 << 20) + 1]);
        Refused("a/2.txt has more than 16 MiB, expected a text that is an example.");
    }

    private void Refused(string sentence) =>
        Assert.Contains(sentence, Assert.Throws<InputException>(() => Load()).Message, StringComparison.Ordinal);
}
