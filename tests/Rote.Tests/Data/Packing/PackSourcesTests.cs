using System.Text;
using Rote.Data;
using Rote.Data.Packing;
using Rote.Data.Packing.Sources;
using Rote.Tests.Support;

namespace Rote.Tests.Data.Packing;

[NoTensorLeaks]
public sealed class PackSourcesTests : IDisposable
{
    private const int Count = 12;

    private readonly TempFolder _folder = new();

    public PackSourcesTests() => Directory.CreateDirectory(_folder.File("set"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Archives_a_table_and_a_folder_of_the_same_pictures_hold_the_same()
    {
        for (var i = 0; i < Count; i++)
        {
            PictureFiles.Write(_folder, $"folder/{i % 2}/{i:D4}.png", Png(i));
        }

        using var folder = Pack("folder");
        Put("a-000000.tar", Enumerable.Range(0, 5));
        Put("a-000001.tar", Enumerable.Range(5, 7));
        using var archives = Pack("set");
        Assert.Equal(Pixels(folder), Pixels(archives));
        Assert.Contains("a-000001.tar/0005.png", archives.Data.Train.ExampleNames.Concat(archives.Data.Test.ExampleNames));

        var table = ParquetFiles.Write([
            ParquetFiles.Pictures("image", [.. Enumerable.Range(0, Count).Select(i => Png(i))]),
            ParquetFiles.Plain<long>("label", [.. Enumerable.Range(0, Count).Select(i => (long?)(i % 2))]),
        ]);
        Directory.CreateDirectory(_folder.File("table"));
        _folder.Put("table/train-00000-of-00001.parquet", table);
        using var rows = Pack("table");
        Assert.Equal(Pixels(folder), Pixels(rows));
    }

    [Fact]
    public void Batches_of_downsampled_pictures_have_labels_from_1_and_one_colour_after_the_other()
    {
        Batch("train_data_batch_1.npz", 0, 6, isPacked: false);
        Batch("train_data_batch_2.npz", 6, 4, isPacked: true);
        Batch("val_data.npz", 10, 4, isPacked: false);
        using var data = Pack("set");
        Assert.Equal(["1", "2"], data.Data.Train.ClassNames);
        Assert.Equal((10, 4), (data.Data.Train.Count, data.Data.Test.Count));
        Assert.Equal(SplitOrigin.Given, data.Data.Origin);
        foreach (var (name, line) in Named(data))
        {
            var row = int.Parse(name[(name.IndexOf('[', StringComparison.Ordinal) + 1)..^1]);
            var i =
                row
                + (
                    name.Contains("batch_2", StringComparison.Ordinal) ? 6
                    : name.StartsWith("val", StringComparison.Ordinal) ? 10
                    : 0
                );
            Assert.Equal($"{1 + (i % 2)} {Convert.ToHexString(Interleaved(i))}", line);
        }
    }

    [Fact]
    public void A_missing_batch_is_named()
    {
        Batch("train_data_batch_1.npz", 0, 6, isPacked: false);
        Batch("train_data_batch_3.npz", 6, 4, isPacked: false);
        Assert.StartsWith("train_data_batch_2 is missing", Refusal(), StringComparison.Ordinal);
        Assert.EndsWith("; fetch it, or give a folder with the rest under other names.", Refusal(), StringComparison.Ordinal);

        Batch("train_data_batch_2.npz", 6, 4, isPacked: false);
        using (var fetched = Pack("set"))
        {
            Assert.Equal(14, fetched.Data.Train.Count + fetched.Data.Test.Count);
        }

        File.Delete(_folder.File("set/train_data_batch_2.npz"));
        File.Move(_folder.File("set/train_data_batch_3.npz"), _folder.File("set/train_data_batch_2.npz"));
        using var rest = Pack("set");
        Assert.Equal(10, rest.Data.Train.Count + rest.Data.Test.Count);
    }

    [Fact]
    public void A_cut_or_packed_archive_is_read_once_it_is_whole_and_unpacked()
    {
        Put("a.tar", Enumerable.Range(0, 12));
        var whole = File.ReadAllBytes(_folder.File("set/a.tar"));
        File.WriteAllBytes(_folder.File("set/a.tar"), whole[..700]);
        Assert.EndsWith(" fetch it once more.", Refusal(), StringComparison.Ordinal);

        using (
            var gzip = new System.IO.Compression.GZipStream(
                File.Create(_folder.File("set/a.tar")),
                System.IO.Compression.CompressionMode.Compress
            )
        )
        {
            gzip.Write(whole);
        }

        Assert.EndsWith("; fetch it once more, and unpack .tar.gz with gunzip first.", Refusal(), StringComparison.Ordinal);
        File.WriteAllBytes(_folder.File("set/a.tar"), whole);
        using var data = Pack("set");
        Assert.Equal(12, data.Data.Train.Count + data.Data.Test.Count);
    }

    [Fact]
    public void A_table_of_pictures_is_packed_with_its_own_labels()
    {
        var table = ParquetFiles.Write([
            ParquetFiles.Pictures("image", [.. Enumerable.Range(0, 8).Select(Png)]),
            ParquetFiles.Plain<long>("label", [.. Enumerable.Range(0, 8).Select(i => (long?)(i % 2))]),
        ]);
        var path = _folder.Put("t.parquet", table);
        var labels = _folder.Put("l.txt", "0\n1\n"u8.ToArray());
        var options = new PackOptions { Reading = new UserDataOptions { Labels = labels } };
        var error = Assert.Throws<InputException>(() => PackedSamples.Pack(_folder, path, options));
        Assert.Contains("are packed with it; give it without ", error.Message, StringComparison.Ordinal);
        using var data = Pack("t.parquet");
        Assert.Equal(8, data.Data.Train.Count + data.Data.Test.Count);
    }

    [Theory]
    [InlineData(
        "train-00000-of-00003.tar train-00002-of-00003.tar",
        "train-00001-of-00003.tar is missing, and the names of the others speak of 3 files"
    )]
    [InlineData("a-000.tar a-001.tar a-003.tar a-005.tar", "a-002.tar, a-004.tar are missing")]
    [InlineData(
        "a-0-of-999999999.tar",
        "a-1-of-999999999.tar, a-2-of-999999999.tar, a-3-of-999999999.tar and 999,999,995 more are missing"
    )]
    [InlineData("a-1-of-0.tar", "")]
    [InlineData("a-7.tar", "")]
    [InlineData("x.tar y.tar", "")]
    public void Missing_shards_are_named(string names, string expected)
    {
        var error = Record.Exception(() => Shards.RequireAll(names.Split(' ')));
        Assert.StartsWith(expected, error?.Message ?? "", StringComparison.Ordinal);
        Assert.Equal(expected.Length > 0, error is InputException);
    }

    [Theory]
    [InlineData("../../../etc/cron.d/x")]
    [InlineData("/etc/passwd")]
    [InlineData("C:\\x")]
    [InlineData("a\tb\u202eb")]
    public void Names_in_an_archive_are_never_paths(string name)
    {
        var before = Directory.GetFileSystemEntries(_folder.Path, "*", SearchOption.AllDirectories).Length;
        Archive("h.tar", [.. Enumerable.Range(0, 6).SelectMany(i => Example($"{name}{i}", i))]);
        using var data = Pack("set");
        Assert.Equal(6, data.Data.Train.Count + data.Data.Test.Count);
        Assert.Equal(before + 2, Directory.GetFileSystemEntries(_folder.Path, "*", SearchOption.AllDirectories).Length);
    }

    [Fact]
    public void Links_are_passed_over_and_what_lacks_a_label_is_named()
    {
        byte[] link = TarFiles.Entry("0009.png", [], '2');
        File.WriteAllBytes(
            _folder.File("set/l.tar"),
            [.. link, .. TarFiles.Of([.. Enumerable.Range(0, 6).SelectMany(i => Example($"{i}", i))])]
        );
        using (var data = Pack("set"))
        {
            Assert.Equal(6, data.Data.Train.Count + data.Data.Test.Count);
        }

        Archive("l.tar", [("a.png", Png(1)), ("b.png", Png(2)), ("b.cls", "1"u8.ToArray())]);
        Assert.StartsWith("l.tar/a.png has no label that can be used", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_archive_that_is_cut_claims_too_much_or_is_none_is_refused()
    {
        byte[] whole = TarFiles.Of([.. Enumerable.Range(0, 6).SelectMany(i => Example($"{i}", i))]);
        for (var length = 0; length < whole.Length - 1024; length += 97)
        {
            File.WriteAllBytes(_folder.File("set/c.tar"), whole[..length]);
            var error = Record.Exception(() => Pack("set").Dispose());
            Assert.True(error is null or InputException, $"{length}: {error}");
        }

        File.WriteAllBytes(_folder.File("set/c.tar"), TarFiles.Entry("a.png", Png(1), claimed: 1L << 32));
        Assert.Contains("has 4,294,967,296 bytes, expected a picture of at most 256 MiB", Refusal(), StringComparison.Ordinal);
        File.WriteAllBytes(_folder.File("set/c.tar"), TarFiles.Entry("a.png", Png(1), claimed: 1L << 20));
        Assert.Contains("is cut: it ends within an entry", Refusal(), StringComparison.Ordinal);
        File.WriteAllBytes(_folder.File("set/c.tar"), Packed.Gzip(whole));
        Assert.Contains("is not a sound tar archive", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_example_in_two_places_is_refused()
    {
        Archive("d.tar", [.. Example("a", 0), .. Example("b", 1), .. Example("a", 2)]);
        Assert.Contains("has the example a in two places", Refusal(), StringComparison.Ordinal);
    }

    // The order of the files of one example is whatever the writer's was; which of them holds the label must not follow it.
    [Theory]
    [InlineData(".json", ".txt", ".cls")]
    [InlineData(".cls", ".txt", ".json")]
    [InlineData(".txt", ".json", ".cls")]
    [InlineData(".txt", ".json", "")]
    [InlineData(".json", ".txt", "")]
    public void A_class_file_outranks_a_text_and_a_text_a_document(params string[] order)
    {
        Dictionary<string, string> labels = new()
        {
            [".json"] = """{"label": "document"}""",
            [".txt"] = "text",
            [".cls"] = "class",
        };
        var files = order.Where(e => e.Length > 0).ToArray();
        Archive(
            "o.tar",
            [
                .. Enumerable
                    .Range(0, 6)
                    .SelectMany(i => files.Select(e => ($"{i}{e}", Encoding.UTF8.GetBytes(labels[e]))).Append(($"{i}.png", Png(i)))),
                .. Enumerable.Range(6, 6).SelectMany(i => ((string, byte[])[])[($"{i}.png", Png(i)), ($"{i}.cls", "other"u8.ToArray())]),
            ]
        );
        using var data = Pack("set");
        Assert.Equal(files.Contains(".cls") ? ["class", "other"] : ["other", "text"], data.Data.Train.ClassNames);
    }

    private NamedData Pack(string source) => PackedSamples.Load(PackedSamples.Pack(_folder, _folder.File(source)));

    private string Refusal() => Assert.Throws<InputException>(() => PackedSamples.Pack(_folder, _folder.File("set"))).Message;

    private static byte[] Png(int i) => PictureFiles.Noise(8, 8, (uint)i);

    private void Put(string shard, IEnumerable<int> pictures) => Archive(shard, [.. pictures.SelectMany(i => Example($"{i:D4}", i))]);

    private void Archive(string shard, (string, byte[])[] entries) =>
        File.WriteAllBytes(_folder.File($"set/{shard}"), TarFiles.Of(entries));

    private static (string, byte[])[] Example(string key, int i) =>
        i % 3 == 0
            ? [($"{key}.json", Encoding.UTF8.GetBytes($$"""{"label": {{i % 2}}}""")), ($"{key}.png", Png(i))]
            : [($"{key}.png", Png(i)), ($"{key}.cls", Encoding.UTF8.GetBytes($"{i % 2}\n"))];

    private static byte At(int i, int pixel, int colour) => (byte)((i * 37) + (pixel * 5) + (colour * 91));

    private static byte[] Interleaved(int i) => [.. from p in Enumerable.Range(0, 16) from c in Enumerable.Range(0, 3) select At(i, p, c)];

    private void Batch(string name, int first, int count, bool isPacked)
    {
        byte[] data =
        [
            .. from i in Enumerable.Range(first, count)
            from c in Enumerable.Range(0, 3)
            from p in Enumerable.Range(0, 16)
            select At(i, p, c),
        ];
        var labels = NpyFiles.Labels([.. Enumerable.Range(first, count).Select(i => (long)(1 + (i % 2)))]);
        PictureFiles.Write(
            _folder,
            $"set/{name}",
            NpyFiles.Npz(isPacked, ("data.npy", NpyFiles.Bytes(data, count, 48)), ("labels.npy", labels), ("mean.npy", labels))
        );
    }

    private static IEnumerable<(string Name, string Line)> Named(NamedData data) =>
        new[] { data.Data.Train, data.Data.Test }
            .SelectMany(PackedSamples.Lines)
            .Select(line => line.Split(' ', 2))
            .Select(parts => (parts[0], parts[1]));

    /// <summary>Classes and pixels in the order of both parts, without names.</summary>
    private static IEnumerable<string> Pixels(NamedData data) => Named(data).Select(n => n.Line).Order(StringComparer.Ordinal);
}
