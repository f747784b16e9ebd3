namespace Rote.Tests.Support;

/// <summary>Makes a JPEG that no encoder here writes: four inks, as for print.</summary>
internal static class JpegFiles
{
    /// <summary>8×8 pixels of one colour in the inks cyan, magenta, yellow and black, with Adobe's marker.</summary>
    /// <remarks>ITU-T T.81, baseline: one block of a mean and no waves for each ink; means have 12 categories with codes of 4 bits, "end of
    /// block" is the bit 0.</remarks>
    public static byte[] Inks(byte cyan, byte magenta, byte yellow, byte black)
    {
        var bits = "";
        foreach (var value in new[] { cyan, magenta, yellow, black })
        {
            var mean = 8 * (value - 128);
            var category = mean == 0 ? 0 : (int)Math.Floor(Math.Log2(Math.Abs(mean))) + 1;
            bits += Convert.ToString(category, 2).PadLeft(4, '0');
            bits += category == 0 ? "" : Convert.ToString(mean > 0 ? mean : mean + (1 << category) - 1, 2).PadLeft(category, '0');
            bits += "0";
        }

        bits = bits.PadRight((bits.Length + 7) / 8 * 8, '1');
        var data = bits.Chunk(8).Select(b => Convert.ToByte(new string(b), 2)).SelectMany(b => b == 0xFF ? new byte[] { 0xFF, 0 } : [b]);
        return
        [
            0xFF,
            0xD8,
            .. Segment(0xEE, [.. "Adobe"u8, 0, 100, 0, 0, 0, 0, 0]),
            .. Segment(0xDB, [0, .. Enumerable.Repeat((byte)1, 64)]),
            .. Segment(0xC0, [8, 0, 8, 0, 8, 4, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0, 4, 0x11, 0]),
            .. Segment(0xC4, [0x00, 0, 0, 0, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]),
            .. Segment(0xC4, [0x10, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
            .. Segment(0xDA, [4, 1, 0, 2, 0, 3, 0, 4, 0, 0, 63, 0]),
            .. data,
            0xFF,
            0xD9,
        ];
    }

    private static byte[] Segment(byte marker, byte[] content) => [0xFF, marker, 0, (byte)(content.Length + 2), .. content];
}
