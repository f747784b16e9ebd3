namespace Rote.Data.Formats.Numpy;

/// <summary>The checksum that zip archives keep of their files; .NET's reader does not compare it.</summary>
/// <remarks>Source: PKWARE, APPNOTE.TXT, section 4.4.7: CRC-32 with the polynomial 0xdebb20e3, as in ISO 3309; table-driven after Sarwate 1988.</remarks>
internal static class Crc32
{
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(i => Enumerable.Range(0, 8).Aggregate((uint)i, (crc, _) => (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320))];

    /// <summary>Continues a checksum.</summary>
    /// <param name="crc">That of what came before; 0 at the start.</param>
    /// <param name="bytes">What comes next.</param>
    public static uint Append(uint crc, ReadOnlySpan<byte> bytes)
    {
        crc = ~crc;
        foreach (var b in bytes)
        {
            crc = (crc >> 8) ^ Table[(byte)(crc ^ b)];
        }

        return ~crc;
    }
}
