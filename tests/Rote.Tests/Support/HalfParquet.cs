using System.Buffers.Binary;
using System.Text;

namespace Rote.Tests.Support;

/// <summary>Writes the smallest Parquet files with 16-bit floating point numbers, which the library that writes the others has no type
/// for.</summary>
/// <remarks>
/// One row group, plain values, no packing. Structs are in Thrift's compact protocol: a byte of (distance to the field before, type), whole
/// numbers as zigzag varints; types here are 5 (i32), 6 (i64), 8 (text), 9 (list), 12 (struct). Field numbers:
/// https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift.
/// </remarks>
internal static class HalfParquet
{
    /// <summary>A file with a required column of 16-bit numbers and one of 64-bit labels.</summary>
    public static byte[] Scalars(string name, Half[] values, long[] labels)
    {
        var file = new List<byte>("PAR1"u8.ToArray());
        var numbers = Chunk(file, name, 7, values.Length, NpyFiles.Raw(values, 2, BinaryPrimitives.WriteHalfLittleEndian));
        var classes = Chunk(file, "label", 2, labels.Length, NpyFiles.Raw(labels, 8, BinaryPrimitives.WriteInt64LittleEndian));
        byte[] schema = [.. Root(2), .. Leaf(name, 7, isHalf: true), .. Leaf("label", 2, isHalf: false)];
        // csharpier-ignore
        byte[] footer =
        [
            0x15, .. Number(2),                                       // 1: version
            0x19, 0x3C, .. schema,                                     // 2: three elements
            0x16, .. Number(labels.Length),                            // 3: rows
            0x19, 0x1C,                                                // 4: one row group
            0x19, 0x2C, .. numbers.Meta, .. classes.Meta,              //    1: its columns
            0x16, .. Number(numbers.Bytes + classes.Bytes),            //    2: bytes
            0x16, .. Number(labels.Length), 0,                         //    3: rows
            0,
        ];
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, footer.Length);
        return [.. file, .. footer, .. length, .. "PAR1"u8];
    }

    private static (byte[] Meta, long Bytes) Chunk(List<byte> file, string name, int type, int count, byte[] values)
    {
        var offset = file.Count;
        // csharpier-ignore
        byte[] header =
        [
            0x15, .. Number(0),                                        // 1: a data page
            0x15, .. Number(values.Length), 0x15, .. Number(values.Length), // 2, 3: bytes
            0x2C, 0x15, .. Number(count), 0x15, .. Number(0), 0x15, .. Number(3), 0x15, .. Number(3), 0, // 5: values, plain, run lengths
            0,
        ];
        file.AddRange([.. header, .. values]);
        var bytes = header.Length + values.Length;
        // csharpier-ignore
        byte[] column =
        [
            0x26, .. Number(offset),                                   // 2: where the chunk begins
            0x1C,                                                      // 3: what it holds
            0x15, .. Number(type), 0x19, 0x15, .. Number(0),           //    1: type; 2: plain
            0x19, 0x18, .. Text(name),                                 //    3: path
            0x15, .. Number(0),                                        //    4: not packed
            0x16, .. Number(count), 0x16, .. Number(bytes), 0x16, .. Number(bytes), // 5, 6, 7
            0x26, .. Number(offset), 0,                                //    9: its first page
            0,
        ];
        return (column, bytes);
    }

    private static byte[] Root(int children) => [0x48, .. Text("schema"), 0x15, .. Number(children), 0];

    /// <summary>A required column; of 16-bit numbers: two bytes of fixed length, with the logical type 15.</summary>
    private static byte[] Leaf(string name, int type, bool isHalf) =>
        [
            0x15,
            .. Number(type),
            .. isHalf ? [0x15, .. Number(2)] : Array.Empty<byte>(),
            (byte)(isHalf ? 0x15 : 0x25),
            .. Number(0),
            0x18,
            .. Text(name),
            .. isHalf ? new byte[] { 0x6C, 0xFC, 0, 0 } : [],
            0,
        ];

    private static byte[] Text(string text) => [(byte)text.Length, .. Encoding.UTF8.GetBytes(text)];

    private static byte[] Number(long value)
    {
        var bytes = new List<byte>();
        var rest = (ulong)((value << 1) ^ (value >> 63));
        for (; rest >= 128; rest >>= 7)
        {
            bytes.Add((byte)(rest | 128));
        }

        return [.. bytes, (byte)rest];
    }
}
