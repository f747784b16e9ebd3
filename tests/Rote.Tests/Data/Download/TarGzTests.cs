using System.Formats.Tar;
using System.IO.Compression;
using Rote.Data.Download;
using Rote.Tests.Support;

namespace Rote.Tests.Data.Download;

public sealed class TarGzTests : IDisposable
{
    private static readonly Dictionary<string, long> Wanted = new(StringComparer.Ordinal) { ["p/a"] = 10, ["p/b"] = 10 };

    private readonly TempFolder _folder = new();

    [Fact]
    public void Wanted_files_are_read_and_others_passed_over() =>
        Assert.Equal(
            [
                [1, 2],
                [3],
            ],
            Read(("p/other", [9]), ("p/a", [1, 2]), ("p/b", [3]))
        );

    [Fact]
    public void Only_exact_names_count() =>
        Assert.Equal("x.tgz has no file p/a", Failure(("../p/a", [1]), ("/p/a", [1]), ("./p/a", [1]), ("p/b", [3])));

    [Fact]
    public void A_file_larger_than_it_may_be_is_refused() =>
        Assert.Equal("p/a in x.tgz has 11 bytes, expected at most 10", Failure(("p/a", new byte[11]), ("p/b", [3])));

    [Fact]
    public void An_archive_that_inflates_without_end_is_refused() =>
        Assert.Equal("x.tgz unpacks to more than 1,000,000 bytes", Failure(("p/other", new byte[5_000_000]), ("p/a", [1]), ("p/b", [3])));

    [Theory]
    [InlineData(TarEntryType.SymbolicLink)]
    [InlineData(TarEntryType.HardLink)]
    public void A_link_with_a_wanted_name_is_no_file(TarEntryType type)
    {
        Write(tar =>
        {
            tar.WriteEntry(new PaxTarEntry(type, "p/a") { LinkName = "/etc/passwd" });
            Add(tar, "p/b", [3]);
        });
        Assert.Equal(
            "x.tgz has no file p/a",
            Assert.Throws<SourceFailure>(() => TarGz.Read(_folder.File("x.tgz"), Wanted, 1_000_000)).Message
        );
    }

    [Fact]
    public void A_cut_archive_is_refused_wherever_it_is_cut()
    {
        Write(tar =>
        {
            Add(tar, "p/a", [1, 2, 3]);
            Add(tar, "p/b", [4, 5, 6]);
        });
        var whole = File.ReadAllBytes(_folder.File("x.tgz"));

        // Gzip closes with 8 bytes of checksum; a tar archive with 1024 zeros that are not needed: up to half of it is always too little.
        Gen.Int[0, whole.Length / 2]
            .Sample(
                length =>
                {
                    File.WriteAllBytes(_folder.File("cut.tgz"), whole[..length]);
                    Assert.Throws<SourceFailure>(() => TarGz.Read(_folder.File("cut.tgz"), Wanted, 1_000_000));
                },
                iter: 50,
                threads: 1
            );
    }

    [Fact]
    public void Something_else_is_refused()
    {
        File.WriteAllText(_folder.File("x.tgz"), "<html>Please log in</html>");
        Assert.Throws<SourceFailure>(() => TarGz.Read(_folder.File("x.tgz"), Wanted, 1_000_000));
    }

    public void Dispose() => _folder.Dispose();

    private static void Add(TarWriter tar, string name, byte[] content) =>
        tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });

    private void Write(Action<TarWriter> add)
    {
        using var gzip = new GZipStream(File.Create(_folder.File("x.tgz")), CompressionLevel.Fastest);
        using var tar = new TarWriter(gzip);
        add(tar);
    }

    private byte[][] Read(params (string Name, byte[] Content)[] files)
    {
        Write(tar => Array.ForEach(files, f => Add(tar, f.Name, f.Content)));
        var found = TarGz.Read(_folder.File("x.tgz"), Wanted, 1_000_000);
        return [found["p/a"], found["p/b"]];
    }

    private string Failure(params (string Name, byte[] Content)[] files) => Assert.Throws<SourceFailure>(() => Read(files)).Message;
}
