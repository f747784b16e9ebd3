using System.Buffers.Binary;
using Rote.Data;
using Rote.Data.Formats.Numpy;
using Rote.Tests.Support;
using static TorchSharp.torch;

namespace Rote.Tests.Data.Formats.Numpy;

[NoTensorLeaks]
public sealed class ArrayVectorsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("|u1", new byte[] { 1, 255 }, 1f, 255f)]
    [InlineData("|i1", new byte[] { 1, 255 }, 1f, -1f)]
    [InlineData("|b1", new byte[] { 1, 0 }, 1f, 0f)]
    [InlineData("<u2", new byte[] { 1, 0, 255, 255 }, 1f, 65535f)]
    [InlineData(">i2", new byte[] { 0, 1, 255, 254 }, 1f, -2f)]
    [InlineData("<i4", new byte[] { 1, 0, 0, 0, 255, 255, 255, 255 }, 1f, -1f)]
    [InlineData("<u4", new byte[] { 1, 0, 0, 0, 0, 0, 0, 128 }, 1f, 2147483648f)]
    [InlineData("<i8", new byte[] { 1, 0, 0, 0, 0, 0, 0, 0, 255, 255, 255, 255, 255, 255, 255, 255 }, 1f, -1f)]
    [InlineData("<u8", new byte[] { 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 128 }, 1f, 9223372036854775808f)]
    [InlineData("<f2", new byte[] { 0, 0x3C, 0, 0xC0 }, 1f, -2f)]
    [InlineData(">f4", new byte[] { 0x3F, 0x80, 0, 0, 0xC0, 0, 0, 0 }, 1f, -2f)]
    public void All_plain_types_are_read(string descr, byte[] elements, float first, float second) =>
        Assert.Equal([first, second], Values(NpyFiles.Array(descr, elements, 1, 2)));

    [Fact]
    public void Values_of_64_bits_are_kept_and_Fortran_order_is_put_in_order()
    {
        var raw = NpyFiles.Raw([1.1, 2.2, 3.3, 4.4, 5.5, 6.6], 8, BinaryPrimitives.WriteDoubleLittleEndian);
        Assert.Equal([1.1, 2.2, 3.3, 4.4, 5.5, 6.6], Values(NpyFiles.Array("<f8", raw, 2, 3)));
        Assert.Equal([1.1, 3.3, 5.5, 2.2, 4.4, 6.6], Values(NpyFiles.Fortran("<f8", raw, 2, 3)));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(1e300)]
    public void A_value_that_is_not_finite_is_told_by_row_and_column(double value) =>
        Assert.Equal(
            "a: row 1 has a value that is not a number or not finite as float32, in column 2 (both from 0); fill or remove such rows.",
            Assert
                .Throws<InputException>(() =>
                    Values(NpyFiles.Array("<f8", NpyFiles.Raw([0, 0, 0, 0, 0, value], 8, BinaryPrimitives.WriteDoubleLittleEndian), 2, 3))
                )
                .Message
        );

    [Theory]
    [InlineData(0, 4)]
    [InlineData(4, 0)]
    [InlineData(1, 70_000)]
    public void Shapes_of_nothing_and_of_too_much_are_refused(long rows, long columns) =>
        Assert.Equal(
            $"a has the shape [{rows}, {columns}], expected vectors [N, D] with at least one example of 1 to 65536 features.",
            Assert.Throws<InputException>(() => Values(NpyFiles.Bytes(new byte[rows * columns], rows, columns))).Message
        );

    [Fact]
    public void Vectors_beside_labels_are_split_and_named_by_their_rows()
    {
        PictureFiles.Write(
            _folder,
            "a.npz",
            NpyFiles.Npz(true, ("x.npy", NpyFiles.Floats([0, 1, 2, 3, 4, 5, 6, 7], 4, 2)), ("y.npy", NpyFiles.Labels(0, 0, 1, 1)))
        );
        using var data = Load("a.npz");
        Assert.True(data.Data.Train.IsVectors);
        Assert.All(
            Enumerable.Range(0, 2),
            i => Assert.Equal($"a.npz[{data.Data.Train.Pixels.data<float>()[2 * i] / 2}]", data.Data.Train.ExampleNames![i])
        );
    }

    [Fact]
    public void Vectors_to_train_and_test_must_have_as_many_features()
    {
        var (x, y) = (NpyFiles.Floats(new float[8], 4, 2), NpyFiles.Labels(0, 0, 1, 1));
        PictureFiles.Write(
            _folder,
            "a.npz",
            NpyFiles.Npz(
                true,
                ("x_train.npy", x),
                ("y_train.npy", y),
                ("x_test.npy", NpyFiles.Floats(new float[12], 4, 3)),
                ("y_test.npy", y)
            )
        );
        Assert.EndsWith(
            "the examples of x_train are [2] and those of x_test [3], expected the same.",
            Assert.Throws<InputException>(() => Load("a.npz")).Message,
            StringComparison.Ordinal
        );
    }

    private NamedData Load(string file) => DatasetLoader.Load(_folder.File(file), new DataFolder("/nowhere"));

    private static double[] Values(byte[] file)
    {
        using var scope = NewDisposeScope();
        using var array = new NpyArray("a", new MemoryStream(file), file.Length, file.Length, crc: null);
        return Vectors.Values(ArrayVectors.Read(array, isSplitLater: false));
    }
}
