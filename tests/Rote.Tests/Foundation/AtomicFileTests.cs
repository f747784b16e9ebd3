using System.Text;
using Rote.Tests.Support;

namespace Rote.Tests.Foundation;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_new_file_is_written_once_and_its_equal_not_again()
    {
        var path = _folder.File("a/b.txt");
        Assert.True(AtomicFile.WriteNew(path, Text("one")));
        var written = File.GetLastWriteTimeUtc(path);
        Assert.False(AtomicFile.WriteNew(path, Text("one")));
        Assert.Equal(written, File.GetLastWriteTimeUtc(path));
        Assert.Equal(path, Assert.Single(Directory.GetFiles(_folder.File("a"))));
    }

    [Theory]
    [InlineData("two")]
    [InlineData("")]
    [InlineData("one more")]
    public void Other_content_stays(string other)
    {
        var path = _folder.File("a.txt");
        AtomicFile.WriteNew(path, Text("one"));
        Assert.Contains(
            "a.txt is already there with other content",
            Assert.Throws<InputException>(() => AtomicFile.WriteNew(path, Text(other))).Message,
            StringComparison.Ordinal
        );
        Assert.Equal("one", File.ReadAllText(path));
        Assert.Equal(path, Assert.Single(Directory.GetFiles(_folder.Path)));
    }

    [Fact]
    public void A_writer_that_fails_half_way_leaves_nothing_new()
    {
        var path = _folder.File("a.txt");
        AtomicFile.Write(path, Text("old"));
        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(path, Broken));
        Assert.Throws<InvalidOperationException>(() => AtomicFile.WriteNew(path, Broken));
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal(path, Assert.Single(Directory.GetFiles(_folder.Path)));

        static void Broken(Stream stream)
        {
            stream.Write("half"u8);
            stream.Flush();
            throw new InvalidOperationException("the writer failed");
        }
    }

    [Fact]
    public void A_read_only_disk_is_one_sentence()
    {
        using var disk = new Tmpfs(kilobytes: 64);
        disk.MakeReadOnly();
        Assert.Contains(
            "Cannot write",
            Assert.Throws<MachineException>(() => AtomicFile.WriteNew(Path.Combine(disk.Path, "a", "b.csv"), Text("x"))).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Sweeping_removes_the_temporary_files_of_these_names_and_nothing_else()
    {
        var dead = $"{ProcessSpace.Tag}-{OrphansTests.Nobody}-0123abcd";
        string[] stay = ["a.json", "a.json.tmp", "a.json.12x.tmp", $"b.json.{dead}.tmp", $"xa.json.{dead}.tmp", $"sub/a.json.{dead}.tmp"];
        Directory.CreateDirectory(_folder.File("sub"));
        foreach (var name in (string[])[.. stay, $"a.json.{dead}.tmp"])
        {
            File.WriteAllText(_folder.File(name), "");
        }

        AtomicFile.Sweep(_folder.Path, ["a.json"]);
        var left = Directory
            .GetFiles(_folder.Path, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(_folder.Path, file));
        Assert.Equal(stay.Order(StringComparer.Ordinal), left.Order(StringComparer.Ordinal));
    }

    private static Action<Stream> Text(string text) => stream => stream.Write(Encoding.UTF8.GetBytes(text));
}
