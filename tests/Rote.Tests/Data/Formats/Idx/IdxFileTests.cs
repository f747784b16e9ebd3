using System.IO.Compression;
using Rote.Data.Formats.Idx;

namespace Rote.Tests.Data.Formats.Idx;

public sealed class IdxFileTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_file_is_read_plain_and_packed(bool isPacked)
    {
        byte[] plain = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 11, 12, 13, 14];
        var (sizes, elements) = IdxFile.Read(isPacked ? Pack(plain) : plain, "f", 3);
        Assert.Equal([2, 1, 2], sizes);
        Assert.Equal([11, 12, 13, 14], elements);
    }

    [Theory]
    [InlineData("", "f is empty, expected an IDX file.")]
    [InlineData("0000", "f is cut: it has 2 bytes, expected an IDX header of 8.")]
    [InlineData("00000801 0000", "f is cut: it has 6 bytes, expected an IDX header of 8.")]
    [InlineData(
        "00000803 00000001 00000001 00000001 05",
        "f: the magic number is 00000803, expected 00000801 (IDX, unsigned bytes, 1 dimension)."
    )]
    [InlineData("00000d01 00000001 05", "f: the magic number is 00000d01, expected 00000801 (IDX, unsigned bytes, 1 dimension).")]
    [InlineData("89504e47 0d0a1a0a", "f: the magic number is 89504e47, expected 00000801 (IDX, unsigned bytes, 1 dimension).")]
    [InlineData("00000801 00000000", "f: the size of dimension 0 is 0, expected 1 to 2147483647.")]
    [InlineData("00000801 ffffffff 05", "f: the size of dimension 0 is 4294967295, expected 1 to 2147483647.")]
    [InlineData("00000801 00000002 05", "f: the sizes 2 ask for more elements than the file can hold (1 bytes).")]
    [InlineData("00000801 00000001 0505", "f goes on after its 1 = 1 elements, expected its end.")]
    public void A_file_that_is_not_sound_is_refused(string hex, string sentence) =>
        Assert.Equal(sentence, Assert.Throws<InputException>(() => IdxFile.Read(Bytes(hex), "f", 1)).Message);

    // 65536 · 65536 · 1 is 2³²: as a 32-bit product it would be 0. 2³¹−1 cubed does not fit 64 bits.
    [Theory]
    [InlineData("00010000 00010000 00000001", "65536×65536×1")]
    [InlineData("7fffffff 7fffffff 7fffffff", "2147483647×2147483647×2147483647")]
    public void Sizes_whose_product_overflows_are_refused_before_memory_is_set_aside(string sizes, string text)
    {
        var file = Bytes("00000803" + sizes);
        var before = System.GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<InputException>(() => IdxFile.Read(file, "f", 3));
        Assert.InRange(System.GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
        Assert.Equal($"f: the sizes {text} ask for more elements than the file can hold (0 bytes).", error.Message);
    }

    [Fact]
    public void A_packed_file_cannot_claim_more_than_packing_can_hold()
    {
        var file = Pack(Bytes("00000801 3fffffff 05"));
        var before = System.GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains(
            "packed, at most",
            Assert.Throws<InputException>(() => IdxFile.Read(file, "f", 1)).Message,
            StringComparison.Ordinal
        );
        Assert.InRange(System.GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Fact]
    public void A_packed_file_with_fewer_elements_than_it_says_is_refused() =>
        Assert.Equal(
            "f is cut: it has 1 elements, expected 9 = 9.",
            Assert.Throws<InputException>(() => IdxFile.Read(Pack(Bytes("00000801 00000009 05")), "f", 1)).Message
        );

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_file_cut_anywhere_is_refused(bool isPacked)
    {
        byte[] plain = [0, 0, 8, 1, 0, 0, 3, 232, .. Enumerable.Range(0, 1000).Select(i => (byte)(i * i))];
        var file = isPacked ? Pack(plain) : plain;
        Assert.Equal(1000, IdxFile.Read(file, "f", 1).Elements.Length);
        Assert.All(Enumerable.Range(0, file.Length), length => Assert.Throws<InputException>(() => IdxFile.Read(file[..length], "f", 1)));
    }

    [Fact]
    public void A_packed_file_with_a_changed_byte_is_refused()
    {
        byte[] plain = [0, 0, 8, 1, 0, 0, 3, 232, .. Enumerable.Range(0, 1000).Select(i => (byte)(i * i))];
        var file = Pack(plain);
        file[file.Length / 2] ^= 0x10;
        Assert.Throws<InputException>(() => IdxFile.Read(file, "f", 1));
    }

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

    private static byte[] Pack(byte[] plain)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(plain);
        }

        return packed.ToArray();
    }
}
