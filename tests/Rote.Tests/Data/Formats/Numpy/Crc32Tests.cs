using Rote.Data.Formats.Numpy;

namespace Rote.Tests.Data.Formats.Numpy;

public sealed class Crc32Tests
{
    // The check value of CRC-32/ISO-HDLC in the catalogue of parametrised CRC algorithms (reveng.sourceforge.io).
    [Fact]
    public void The_published_check_value() => Assert.Equal(0xCBF43926u, Crc32.Append(0, "123456789"u8));

    [Fact]
    public void Parts_give_what_the_whole_gives() => Gen.Select(Gen.Byte.Array, Gen.Byte.Array).Sample((first, second) =>
        Crc32.Append(Crc32.Append(0, first), second) == Crc32.Append(0, [.. first, .. second]));
}
