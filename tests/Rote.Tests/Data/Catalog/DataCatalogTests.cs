using Rote.Data;
using Rote.Data.Catalog;
using Rote.Data.Download;
using Rote.Data.Formats.Cifar;
using Rote.Tests.Support;
using static TorchSharp.torch;

namespace Rote.Tests.Data.Catalog;

[NoTensorLeaks]
public sealed class DataCatalogTests
{
    [Fact]
    public void The_names_are_these() =>
        Assert.Equal(["cifar10", "mnist", "fashion-mnist", "shapes", "modular-addition"], DataCatalog.Entries.Select(e => e.Name));

    [Fact]
    public void An_unknown_name_is_one_sentence() =>
        Assert.Equal(
            "There is no data set \"fashionmnist\"; did you mean fashion-mnist? (The others are cifar10, mnist, shapes, modular-addition.)",
            Assert.Throws<InputException>(() => DataCatalog.Find("fashionmnist")).Message
        );

    [Fact]
    public void Every_entry_is_complete() =>
        Assert.All(
            DataCatalog.Entries,
            entry =>
            {
                Assert.Equal(entry.IsVector ? 41 : 10, entry.ClassNames.Distinct().Count());
                Assert.All([entry.Title, entry.Terms, entry.Citation, entry.Page], text => Assert.NotEmpty(text));
                Assert.All(entry.Files, file => Assert.Matches("^[0-9a-f]{64}$", file.Sha256));
                Assert.Equal(entry.Files.Count > 0, entry.Sources.Count >= 2);
                Assert.Equal(entry.Files.Count > 0, entry.ByHand.Length > 0);
            }
        );

    // The sizes that the authors publish: 10000 records of 3073 bytes; 28×28 images behind 16 bytes of header.
    [Fact]
    public void Sizes_are_the_published_ones()
    {
        Assert.Equal(6 * 30_730_000, DataCatalog.Find("cifar10").Bytes);
        Assert.Equal(47_040_016, DataCatalog.Find("fashion-mnist").Files[0].Bytes);
        Assert.Equal(11_594_722, DataCatalog.Find("mnist").Bytes);
    }

    [Fact]
    public void A_truncated_and_a_changed_file_are_refused_by_name_with_what_to_do()
    {
        using var folder = new TempFolder();
        var (file, cache) = Damaged(folder, new byte[1000]);
        var entry = DataCatalog.Find("cifar10");
        Assert.False(entry.IsCached(cache));
        Assert.Equal(
            $"{file} has 1000 bytes, expected 30730000; run \"rote data get cifar10\" to fetch it again.",
            Assert.Throws<InputException>(() => DataCatalog.Load("cifar10", cache)).Message
        );

        Damaged(folder, new byte[30_730_000]);
        var error = Assert.Throws<InputException>(() => DataCatalog.Load("cifar10", cache));
        Assert.StartsWith($"{file} has the SHA-256 ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith(
            ", expected cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5; run \"rote data get cifar10\" to fetch it again.",
            error.Message,
            StringComparison.Ordinal
        );
        Assert.True(entry.IsCached(cache));
    }

    [Fact]
    public void Shapes_need_no_folder()
    {
        var nowhere = new DataFolder("/nowhere/at/all");
        Assert.True(DataCatalog.Find("shapes").IsCached(nowhere));
        DataCatalog.Fetch("shapes", nowhere);
        Assert.False(Directory.Exists(nowhere.Path));
    }

    // printf 'aa  x\nbb  y\n' | sha256sum
    [Fact]
    public void A_provenance_is_the_checksum_of_the_listing()
    {
        var files = new CheckedFiles(DataCatalog.Find("mnist"), new DataFolder("/nowhere"));
        Assert.Equal(
            "bdc1646e495d6303c14700be72eff2716bb6a82c3a3b422aebfe7b97427e3104",
            files.Provenance([new DataFile("x", 1, "aa"), new DataFile("y", 1, "bb")]).Sha256
        );
    }

    // sha256sum data_batch_[1-5].bin | sha256sum, in the folder of the real files, as docs/guide/data.md says.
    [Fact]
    public void The_training_examples_of_cifar10_have_the_checksum_that_standard_tools_give()
    {
        var entry = DataCatalog.Find("cifar10");
        var files = new CheckedFiles(entry, new DataFolder("/nowhere"));
        Assert.Equal("4637333d6da7b2950f1cd8dcc204207a8be43e3a247a559961e99e052b73f0e8", files.Provenance(entry.Files.Take(5)).Sha256);
    }

    [Fact]
    public void Cifar_binary_keeps_the_order_and_place_of_every_pixel()
    {
        // The whole path from a file to a tensor, on the reader that the catalog uses; the real files are checked by their SHA-256.
        using var scope = NewDisposeScope();
        var file = new byte[2 * 3073];
        (file[0], file[3073], file[3073 + 1 + 5]) = (3, 9, 200);
        var (pixels, labels) = (new byte[2 * 3072], new long[2]);
        CifarBinary.Read(file, "b", 10, pixels, labels);
        using var images = new Dataset(
            tensor(pixels, dtype: uint8).reshape(2, 32, 32, 3),
            tensor(labels),
            DataCatalog.Find("cifar10").ClassNames,
            Split.Train,
            new Provenance("b", "", "")
        );
        Assert.Equal(200, images.Pixels[1, 0, 5, 0].item<byte>());
        Assert.Equal([3, 9], images.Labels.data<long>().ToArray());
    }

    private static (string File, DataFolder Cache) Damaged(TempFolder folder, byte[] first)
    {
        var cache = new DataFolder(folder.Path);
        Directory.CreateDirectory(cache.Of("cifar10"));
        foreach (var file in DataCatalog.Find("cifar10").Files)
        {
            // Sparse: the right size, no content.
            using var stream = File.Create(Path.Combine(cache.Of("cifar10"), file.Name));
            stream.SetLength(file.Bytes);
        }

        var path = Path.Combine(cache.Of("cifar10"), "data_batch_1.bin");
        File.WriteAllBytes(path, first);
        return (path, cache);
    }
}
