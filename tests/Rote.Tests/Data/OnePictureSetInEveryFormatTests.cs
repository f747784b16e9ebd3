using System.Buffers.Binary;
using Rote.Data;
using Rote.Tests.Support;
using SkiaSharp;
using static TorchSharp.torch;

namespace Rote.Tests.Data;

/// <summary>One set of pictures, written in every way that is read, gives the same examples, labels and rows, to the bit.</summary>
public sealed class OnePictureSetInEveryFormatTests : IDisposable
{
    private const int Side = 32; // CIFAR's

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Pictures of bytes, row after row, and a class each, 0 and 1 in turn.</summary>
    private sealed record Set(int Count, int Channels, int Seed)
    {
        public byte At(int i, int y, int x, int c) =>
            (byte)(((i * 7919) + (y * 131) + (x * 17) + ((Channels == 1 ? 0 : c) * 101) + (Seed * 31) + (x * y)) >> (i % 3));

        public static int Label(int i) => i % 2;

        public byte[] Picture(int i) =>
            [
                .. from y in Enumerable.Range(0, Side)
                from x in Enumerable.Range(0, Side)
                from c in Enumerable.Range(0, Channels)
                select At(i, y, x, c),
            ];

        public byte[] Planes(int i) =>
            [
                .. from c in Enumerable.Range(0, Channels)
                from y in Enumerable.Range(0, Side)
                from x in Enumerable.Range(0, Side)
                select At(i, y, x, c),
            ];

        public SKColor Colour(int i, int x, int y) => new(At(i, y, x, 0), At(i, y, x, 1), At(i, y, x, 2));

        public byte[] All => [.. Enumerable.Range(0, Count).SelectMany(Picture)];

        public byte[] AllPlanes => [.. Enumerable.Range(0, Count).SelectMany(Planes)];

        public long[] Labels => [.. Enumerable.Range(0, Count).Select(i => (long)Label(i))];

        /// <summary>What every reader must find, in the order of rows.</summary>
        public IEnumerable<string> Expected =>
            Enumerable.Range(0, Count).Select(i => $"[{i}] {Label(i)} {Convert.ToHexString(Picture(i))}");
    }

    private static Gen<Set> Sets(int channels) =>
        Gen.Select(Gen.Int[2, 5], Gen.Int[0, 1000]).Select((half, seed) => new Set(2 * half, channels, seed));

    [Fact]
    public void Every_format_of_colour_pictures_gives_the_same() => Require(Sets(3), Files, iterations: 8);

    [Fact]
    public void Every_format_of_grey_pictures_gives_the_same() => Require(Sets(1), GreyFiles, iterations: 8);

    [Fact]
    public void Parts_that_the_data_brings_are_kept() =>
        Sets(3)
            .Sample(
                set =>
                {
                    using var folder = new TempFolder();
                    foreach (var part in new[] { "train", "test" })
                    {
                        for (var i = 0; i < set.Count; i++)
                        {
                            PictureFiles.Write(folder, $"folders/{part}/{Set.Label(i)}/{i:D2}.png", Png(set, i, 8));
                            PictureFiles.Write(folder, $"table/{part}.parquet", Parquet(set));
                        }
                    }

                    var (x, y) = (NpyFiles.Bytes(set.All, set.Count, Side, Side, 3), NpyFiles.Labels(set.Labels));
                    PictureFiles.Write(
                        folder,
                        "arrays/t.npz",
                        NpyFiles.Npz(true, ("x_train.npy", x), ("y_train.npy", y), ("x_test.npy", x), ("y_test.npy", y))
                    );
                    PictureFiles.Write(folder, "cifar/data_batch_1.bin", Cifar(set));
                    PictureFiles.Write(folder, "cifar/test_batch.bin", Cifar(set));
                    foreach (var path in new[] { "folders", "table", "arrays/t.npz", "cifar" })
                    {
                        using var data = DatasetLoader.Load(folder.File(path), new DataFolder("/nowhere"));
                        Assert.Equal((path, SplitOrigin.Given), (path, data.Data.Origin));
                        Assert.All(
                            [data.Data.Train, data.Data.Test],
                            found =>
                                Assert.Equal(
                                    (path, string.Join('\n', set.Expected.Order())),
                                    (path, string.Join('\n', Rows(found, set.Channels).Order()))
                                )
                        );
                    }
                },
                iter: 3,
                threads: 1
            );

    private static void Require(Gen<Set> sets, Func<Set, IEnumerable<(string Path, string File, byte[] Content)>> files, int iterations) =>
        sets.Sample(
            set =>
            {
                using var folder = new TempFolder();
                foreach (var written in files(set).GroupBy(file => file.Path).ToArray())
                {
                    foreach (var (_, file, content) in written)
                    {
                        PictureFiles.Write(folder, file, content);
                    }

                    using var data = DatasetLoader.Load(folder.File(written.Key), new DataFolder("/nowhere"));
                    Assert.Equal((written.Key, SplitOrigin.SetAside), (written.Key, data.Data.Origin));
                    var found = Rows(data.Data.Train, set.Channels).Concat(Rows(data.Data.Test, set.Channels)).Order();
                    Assert.Equal((written.Key, string.Join('\n', set.Expected.Order())), (written.Key, string.Join('\n', found)));
                }
            },
            iter: iterations,
            threads: 1
        );

    /// <summary>Each picture as its number, class and bytes; of files the number is their name.</summary>
    private static IEnumerable<string> Rows(Dataset part, int channels)
    {
        using var scope = NewDisposeScope();
        var pixels = part.Pixels.to(float32).narrow(3, 0, channels).contiguous().data<float>().ToArray();
        var each = Side * Side * channels;
        var labels = part.Labels.data<long>().ToArray();
        return
        [
            .. Enumerable
                .Range(0, part.Count)
                .Select(i =>
                {
                    var number = part.Rows[i].Row ?? long.Parse(Path.GetFileNameWithoutExtension(part.Rows[i].File), null);
                    var bytes = pixels.AsSpan(i * each, each).ToArray().Select(value => (byte)MathF.Round(value)).ToArray();
                    return $"[{number}] {part.ClassNames[(int)labels[i]]} {Convert.ToHexString(bytes)}";
                }),
        ];
    }

    private static IEnumerable<(string Path, string File, byte[] Content)> Files(Set set)
    {
        for (var i = 0; i < set.Count; i++)
        {
            var place = $"{Set.Label(i)}/{i:D2}";
            yield return ("png", $"png/{place}.png", Png(set, i, 8));
            yield return ("deep", $"deep/{place}.png", Png(set, i, 16));
            yield return ("bmp", $"bmp/{place}.bmp", PictureFiles.Bmp(Side, Side, (x, y) => set.Colour(i, x, y)));
            yield return ("webp", $"webp/{place}.webp", WebP(set, i));
        }

        yield return ("cifar", "cifar/data_batch_1.bin", Cifar(set));
        yield return ("t.parquet", "t.parquet", Parquet(set));
        foreach (var file in Arrays(set))
        {
            yield return file;
        }
    }

    private static IEnumerable<(string Path, string File, byte[] Content)> GreyFiles(Set set)
    {
        for (var i = 0; i < set.Count; i++)
        {
            yield return ("png", $"png/{Set.Label(i)}/{i:D2}.png", Png(set, i, 8));
            yield return ("deep", $"deep/{Set.Label(i)}/{i:D2}.png", Png(set, i, 16));
        }

        yield return (
            "a-images-idx3-ubyte",
            "a-images-idx3-ubyte",
            [0, 0, 8, 3, .. BigEndian(set.Count), .. BigEndian(Side), .. BigEndian(Side), .. set.All]
        );
        yield return (
            "a-images-idx3-ubyte",
            "a-labels-idx1-ubyte",
            [0, 0, 8, 1, .. BigEndian(set.Count), .. set.Labels.Select(label => (byte)label)]
        );
        yield return ("t.parquet", "t.parquet", Parquet(set));
        yield return (
            "flat.npz",
            "flat.npz",
            NpyFiles.Npz(true, ("x.npy", NpyFiles.Bytes(set.All, set.Count, Side, Side)), ("y.npy", NpyFiles.Labels(set.Labels)))
        );
        foreach (var file in Arrays(set))
        {
            yield return file;
        }
    }

    /// <summary>As .npz and as .npy beside its labels, channels last and first, in rows' and in columns' order, of several types.</summary>
    private static IEnumerable<(string Path, string File, byte[] Content)> Arrays(Set set)
    {
        long[] last = [set.Count, Side, Side, set.Channels];
        long[] first = [set.Count, set.Channels, Side, Side];
        var y = NpyFiles.Labels(set.Labels);
        (string Name, byte[] Array)[] all =
        [
            ("bytes", NpyFiles.Bytes(set.All, last)),
            ("first", NpyFiles.Bytes(set.AllPlanes, first)),
            ("columns", NpyFiles.Fortran("|u1", Transposed(set), last)),
            ("floats", NpyFiles.Floats([.. set.All.Select(v => (float)v)], last)),
            ("shares", NpyFiles.Floats([.. set.All.Select(v => v / 255f)], last)),
            ("shorts", NpyFiles.Array("<i2", [.. set.All.SelectMany(v => new[] { v, (byte)0 })], last)),
            ("longs", NpyFiles.Array("<i8", [.. set.All.SelectMany(v => BitConverter.GetBytes((long)v))], last)),
            ("doubles-first", NpyFiles.Array("<f8", [.. set.AllPlanes.SelectMany(v => BitConverter.GetBytes((double)v))], first)),
        ];
        foreach (var (name, array) in all)
        {
            yield return ($"{name}.npz", $"{name}.npz", NpyFiles.Npz(true, ("x.npy", array), ("y.npy", y)));
            yield return ($"{name}/images.npy", $"{name}/images.npy", array);
            yield return ($"{name}/images.npy", $"{name}/labels.npy", y);
        }
    }

    /// <summary>The first index runs fastest.</summary>
    private static byte[] Transposed(Set set) =>
        [
            .. from c in Enumerable.Range(0, set.Channels)
            from x in Enumerable.Range(0, Side)
            from y in Enumerable.Range(0, Side)
            from i in Enumerable.Range(0, set.Count)
            select set.At(i, y, x, c),
        ];

    private static byte[] Png(Set set, int i, int bits) =>
        PngFiles.Make(
            Side,
            Side,
            (byte)bits,
            set.Channels == 1 ? PngFiles.Grey : PngFiles.Colour,
            (y, x, c) => set.At(i, y, x, c) * (bits == 8 ? 1 : 257)
        );

    private static byte[] WebP(Set set, int i)
    {
        using var bitmap = SKBitmap.Decode(Png(set, i, 8));
        using var pixels = bitmap.PeekPixels();
        using var data = pixels!.Encode(new SKWebpEncoderOptions(SKWebpEncoderCompression.Lossless, 75));
        return data!.ToArray();
    }

    private static byte[] Cifar(Set set) => [.. Enumerable.Range(0, set.Count).SelectMany(i => set.Planes(i).Prepend((byte)Set.Label(i)))];

    private static byte[] Parquet(Set set) =>
        ParquetFiles.Write([
            ParquetFiles.Pictures("image", [.. Enumerable.Range(0, set.Count).Select(i => Png(set, i, 8))]),
            ParquetFiles.Plain<long>("label", [.. set.Labels.Select(label => (long?)label)]),
        ]);

    private static byte[] BigEndian(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }
}
