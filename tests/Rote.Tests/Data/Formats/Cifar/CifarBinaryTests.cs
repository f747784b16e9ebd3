using Rote.Data.Formats.Cifar;

namespace Rote.Tests.Data.Formats.Cifar;

public sealed class CifarBinaryTests
{
    [Fact]
    public void A_record_is_a_label_and_three_planes()
    {
        var record = new byte[3073];
        record[0] = 7;
        record[1 + 33] = 10; // red of row 1, column 1
        record[1 + 1024 + 33] = 20; // green
        record[1 + 2048 + 33] = 30; // blue
        var (pixels, labels) = Read(record);
        Assert.Equal([7], labels);
        Assert.Equal([10, 20, 30], pixels.AsSpan(33 * 3, 3).ToArray());
        Assert.Equal(60, pixels.Sum(p => p));
    }

    [Fact]
    public void Separating_undoes_reading() =>
        Gen
            .Byte.Array[3072]
            .Sample(
                planes =>
                {
                    var (pixels, _) = Read([0, .. planes]);
                    var again = new byte[3072];
                    CifarBinary.Separate(pixels, again);
                    return again.AsSpan().SequenceEqual(planes);
                },
                iter: 20
            );

    [Theory]
    [InlineData(0, "b.bin is empty, expected records of 3073 bytes.")]
    [InlineData(3072, "b.bin has 3072 bytes, which is not a whole number of 3073-byte records: it ends 3072 bytes into record 0.")]
    [InlineData(3074, "b.bin has 3074 bytes, which is not a whole number of 3073-byte records: it ends 1 bytes into record 1.")]
    [InlineData(6146, "b.bin has 2 records, expected 1.")]
    public void A_file_of_another_size_is_refused(int bytes, string sentence) =>
        Assert.Equal(sentence, Assert.Throws<InputException>(() => Read(new byte[bytes])).Message);

    [Fact]
    public void A_label_out_of_range_is_refused_by_record_and_value()
    {
        var record = new byte[3073];
        record[0] = 10;
        Assert.Equal("b.bin: the label of record 0 is 10, expected 0 to 9.", Assert.Throws<InputException>(() => Read(record)).Message);
    }

    private static (byte[] Pixels, long[] Labels) Read(byte[] file)
    {
        var (pixels, labels) = (new byte[3072], new long[1]);
        CifarBinary.Read(file, "b.bin", 10, pixels, labels);
        return (pixels, labels);
    }
}
