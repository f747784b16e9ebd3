using Rote.Audits;
using Rote.Data;
using Rote.Tests.Support;

namespace Rote.Tests.Audits;

public sealed class ExampleListTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private static readonly SourceRows Train = SourceRows.Of("train", 10);
    private static readonly SourceRows Test = SourceRows.Of("test", 5);
    private static readonly SourceRows Pictures = SourceRows.OfFiles(["cat/a.png", "cat/b.png", "dog/c.png"]);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("list.csv", "file,row\ntrain,3\ntrain,1\n")]
    [InlineData("list.csv", "row,score\n3,0.1\n1,0.2\n")]
    [InlineData("list.csv", "file,row,label,verdict\r\ntrain,1,a,wrong\r\ntrain,3,b,wrong\r\n")]
    [InlineData("list.csv", "file,row,decision\ntrain,1,drop\ntrain,2,keep\ntrain,3,drop\n")]
    [InlineData("keep.txt", "1\n3\n")]
    [InlineData("keep.txt", "train[3]\n\n train[1] \r\n")]
    public void Every_form_that_Rote_writes_is_read(string name, string text) => Assert.Equal([1L, 3], Read(name, text, Train).Rows);

    [Fact]
    public void Pictures_are_named_by_their_files()
    {
        Assert.Equal([0L, 2], Read("list.csv", "file\ndog/c.png\ncat/a.png\n", Pictures).Rows);
        Assert.Equal([1L], Read("list.txt", "cat/b.png\n", Pictures).Rows);
    }

    [Fact]
    public void An_example_that_is_named_again_counts_once_and_is_counted()
    {
        var list = Read("list.txt", "4\n4\n4\n", Train);
        Assert.Equal([4L], list.Rows);
        Assert.Equal(2, list.Repeated);
    }

    [Theory]
    [InlineData("list.txt", "", "names no example")]
    [InlineData("list.csv", "", "neither a column")]
    [InlineData("list.csv", "file,row\n", "names no example")]
    [InlineData("list.csv", "file,row,decision\ntrain,1,keep\n", "names no example")]
    [InlineData("list.csv", "a,b\n1,2\n", "neither a column")]
    [InlineData("list.csv", "file,row\ntrain\n", "has 1 fields")]
    [InlineData("list.csv", "file,row\ntrain,NaN\n", "whole number")]
    [InlineData("list.csv", "file,row\ntrain,-1\n", "whole number")]
    [InlineData("list.csv", "row\n99999999999999999999999\n", "whole number")]
    [InlineData("list.csv", "row\n\"\"\n", "names no example")]
    [InlineData("list.csv", "file,row\n\"train,1\n", "quote")]
    [InlineData("list.txt", "10\n", "none of the 10 training examples")]
    [InlineData("list.txt", "test[2]\n", "example of the test")]
    [InlineData("list.txt", "other.png\n", "none of the 10 training examples")]
    public void What_is_no_list_is_refused_in_one_sentence(string name, string text, string words)
    {
        var message = Assert.Throws<InputException>(() => Read(name, text, Train)).Message;
        Assert.Contains(words, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    // An audit of a table ranks the fifth that a training sets apart too, so its suspects.csv names some of the test.
    [Fact]
    public void Examples_of_the_test_are_counted_and_passed_over()
    {
        var list = Read("list.csv", "file,row\ntrain,3\ntest,2\ntrain,1\ntrain,3\ntest,0\n", Train);
        Assert.Equal([1L, 3L], list.Rows);
        Assert.Equal((1, 2), (list.Repeated, list.OfTest));
    }

    [Fact]
    public void A_number_among_pictures_a_folder_and_a_missing_file_are_refused()
    {
        Assert.Contains(
            " without a file, and the examples are of 3 files, as ",
            Assert.Throws<InputException>(() => Read("list.txt", "1\n", Pictures)).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "is a folder",
            Assert.Throws<InputException>(() => ExampleList.Read(_folder.Path, Train, Test)).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "no file",
            Assert.Throws<InputException>(() => ExampleList.Read(_folder.File("none.txt"), Train, Test)).Message,
            StringComparison.Ordinal
        );
        File.WriteAllBytes(_folder.File("bytes.txt"), [0xFF, 0xFE, 0x00, 0xD8]);
        Assert.Contains(
            "UTF-8",
            Assert.Throws<InputException>(() => ExampleList.Read(_folder.File("bytes.txt"), Train, Test)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Pictures_that_are_named_as_Rote_does_are_found_in_place_of_numbers()
    {
        var error = Assert.Throws<InputException>(() => Read("list.txt", "1\n", Pictures));
        Assert.EndsWith("; name them as Rote does, with the column file or by name.", error.Message, StringComparison.Ordinal);
        Assert.Equal([1L], Read("list.txt", "cat/b.png\n", Pictures).Rows);
        Assert.Equal([1L], Read("list.csv", "file\ncat/b.png\n", Pictures).Rows);
    }

    [Fact]
    public void A_list_of_other_data_is_read_with_that_data()
    {
        var error = Assert.Throws<InputException>(() => Read("list.txt", "dog/c.png\n", Train));
        Assert.EndsWith("; leave it out, or give the data that it is of.", error.Message, StringComparison.Ordinal);
        Assert.Equal([2L], Read("list.txt", "dog/c.png\n", Pictures).Rows);
        Assert.Equal([4L], Read("list.txt", "4\n", Train).Rows);
    }

    [Fact]
    public void A_table_that_is_no_UTF_8_is_read_once_it_is_saved_so()
    {
        var pictures = SourceRows.OfFiles(["été.png", "b.png"]);
        File.WriteAllBytes(_folder.File("list.csv"), System.Text.Encoding.Latin1.GetBytes("file\nété.png\n"));
        var error = Assert.Throws<InputException>(() => ExampleList.Read(_folder.File("list.csv"), pictures, Test));
        Assert.EndsWith("; save it as CSV in UTF-8.", error.Message, StringComparison.Ordinal);
        Assert.Equal([0L], Read("list.csv", "file\nété.png\n", pictures).Rows);
    }

    private ExampleList Read(string name, string text, SourceRows rows)
    {
        File.WriteAllText(_folder.File(name), text);
        return ExampleList.Read(_folder.File(name), rows, Test);
    }
}
