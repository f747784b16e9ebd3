using System.Text;
using Rote.Storage;
using Rote.Tests.Support;
using static TorchSharp.torch;

namespace Rote.Tests.Storage;

[NoTensorLeaks]
public sealed class SafetensorsTests
{
    [Fact]
    public void What_is_written_is_read_back()
    {
        using var folder = new TempFolder();
        var path = folder.File("a.safetensors");
        using var scope = NewDisposeScope();
        var (matrix, halves, counts, scalar) = (randn(3, 4), randn(5).to(bfloat16), arange(7, int64), tensor(2.5));
        Write(path, [("matrix", matrix.t()), ("halves", halves), ("counts", counts), ("scalar", scalar)]);
        using var file = Safetensors.Read(path);
        Assert.Equal(matrix.t().contiguous().data<float>().ToArray(), file.Tensors["matrix"].data<float>().ToArray());
        Assert.Equal([4, 3], file.Tensors["matrix"].shape);
        Assert.Equal(halves.bytes.ToArray(), file.Tensors["halves"].bytes.ToArray());
        Assert.Equal(counts.data<long>().ToArray(), file.Tensors["counts"].data<long>().ToArray());
        Assert.Equal(scalar.item<double>(), file.Tensors["scalar"].item<double>());
        Assert.Equal("value", file.Metadata["key"]);
    }

    // The file has a hole, so that it takes no place on the disk.
    [Fact]
    public void A_file_of_more_than_two_gibibytes_is_read()
    {
        using var folder = new TempFolder();
        const long Far = 3L << 30;
        var header =
            """{ "near": {"dtype":"F32","shape":[1],"data_offsets":[0,4]}, """
            + $$"""  "far": {"dtype":"F32","shape":[1],"data_offsets":[{{Far}},{{Far + 4}}]} }""";
        using (var large = File.Create(folder.File("large")))
        {
            large.Write([.. BitConverter.GetBytes((long)header.Length), .. Encoding.UTF8.GetBytes(header), .. BitConverter.GetBytes(1.5f)]);
            large.Position = 8 + header.Length + Far;
            large.Write(BitConverter.GetBytes(-2f));
        }

        using var file = Safetensors.Read(folder.File("large"));
        Assert.Equal((1.5f, -2f), (file.Tensors["near"].item<float>(), file.Tensors["far"].item<float>()));
    }

    // The example of the format's README: a little-endian length, a JSON header, raw data.
    [Fact]
    public void A_file_written_by_hand_after_the_specification_is_read()
    {
        using var folder = new TempFolder();
        var header = """{"test":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""";
        byte[] bytes =
        [
            .. BitConverter.GetBytes((long)header.Length),
            .. Encoding.UTF8.GetBytes(header),
            .. BitConverter.GetBytes(1.5f),
            .. BitConverter.GetBytes(-2f),
        ];
        File.WriteAllBytes(folder.File("hand"), bytes);
        using var file = Safetensors.Read(folder.File("hand"));
        Assert.Equal([1.5f, -2f], file.Tensors["test"].data<float>().ToArray());
    }

    [Fact]
    public void A_file_cut_or_changed_anywhere_is_refused_with_a_sentence()
    {
        using var folder = new TempFolder();
        var path = folder.File("a");
        using var scope = NewDisposeScope();
        Write(path, [("matrix", randn(3, 4)), ("vector", randn(5))]);
        var whole = File.ReadAllBytes(path);
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Int[1, 255], Gen.Bool)
            .Sample(
                (at, change, cut) =>
                {
                    var bytes = cut ? whole[..at] : [.. whole];
                    if (!cut)
                    {
                        bytes[at] ^= (byte)change;
                    }

                    File.WriteAllBytes(path, bytes);
                    try
                    {
                        // A changed letter of a name or a text is still a file; a changed number of the data never is.
                        Safetensors.Read(path).Dispose();
                        return !cut && at < whole.Length - (17 * 4);
                    }
                    catch (InputException error)
                    {
                        return error.Message.Contains(path, StringComparison.Ordinal)
                            && !error.Message.Contains('\n', StringComparison.Ordinal);
                    }
                },
                threads: 1
            );
    }

    [Theory]
    [InlineData("""{"t":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""")]
    [InlineData("""{"t":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""")]
    [InlineData("""{"t":{"dtype":"F32","shape":[9223372036854775807,3],"data_offsets":[0,8]}}""")]
    [InlineData("""{"t":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}}""")]
    [InlineData("""{"t":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""")]
    [InlineData("""{"t":{"dtype":"X9","shape":[2],"data_offsets":[0,8]}}""")]
    [InlineData("""{"t":{"shape":[2],"data_offsets":[0,8]}}""")]
    [InlineData("""{"t":null}""")]
    [InlineData("""[1,2]""")]
    [InlineData("""{"t":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"t":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""")]
    public void A_lying_header_is_refused(string header)
    {
        using var folder = new TempFolder();
        File.WriteAllBytes(
            folder.File("a"),
            [.. BitConverter.GetBytes((long)Encoding.UTF8.GetByteCount(header)), .. Encoding.UTF8.GetBytes(header), .. new byte[8]]
        );
        Assert.Throws<InputException>(() => Safetensors.Read(folder.File("a")));
    }

    private static void Write(string path, IEnumerable<(string Name, Tensor Value)> tensors)
    {
        using var stream = File.Create(path);
        Safetensors.Write(stream, tensors, new Dictionary<string, string> { ["key"] = "value" });
    }
}
