using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Rote.Tests.Support;

/// <summary>Writes NumPy arrays byte by byte, after numpy/lib/format.py: magic, version, length, dictionary padded with spaces to 64 bytes,
/// elements.</summary>
internal static class NpyFiles
{
    /// <summary>An array of bytes with a shape.</summary>
    public static byte[] Bytes(byte[] elements, params long[] shape) => Array("|u1", elements, shape);

    /// <summary>An array of 64-bit whole numbers in one dimension.</summary>
    public static byte[] Labels(params long[] values) =>
        Array("<i8", Raw(values, 8, BinaryPrimitives.WriteInt64LittleEndian), values.Length);

    /// <summary>An array of 32-bit numbers with a shape.</summary>
    public static byte[] Floats(float[] values, params long[] shape) =>
        Array("<f4", Raw(values, 4, BinaryPrimitives.WriteSingleLittleEndian), shape);

    /// <summary>An array of any type from its bytes.</summary>
    public static byte[] Array(string descr, byte[] elements, params long[] shape) =>
        WithHeader($"{{'descr': '{descr}', 'fortran_order': False, 'shape': {Tuple(shape)}, }}", elements);

    /// <summary>An array whose first index runs fastest.</summary>
    public static byte[] Fortran(string descr, byte[] elements, params long[] shape) =>
        WithHeader($"{{'descr': '{descr}', 'fortran_order': True, 'shape': {Tuple(shape)}, }}", elements);

    /// <summary>Any header text before any bytes.</summary>
    public static byte[] WithHeader(string header, byte[] elements, byte version = 1)
    {
        var fixedBytes = version == 1 ? 10 : 12;
        var text = header.PadRight(((fixedBytes + header.Length + 1 + 63) / 64 * 64) - fixedBytes - 1) + "\n";
        var length = new byte[fixedBytes - 8];
        if (version == 1)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)text.Length);
        }
        else
        {
            BinaryPrimitives.WriteUInt32LittleEndian(length, (uint)text.Length);
        }

        return [0x93, .. "NUMPY"u8, version, 0, .. length, .. Encoding.Latin1.GetBytes(text), .. elements];
    }

    /// <summary>A zip archive of arrays, packed as by savez_compressed or not as by savez.</summary>
    public static byte[] Npz(bool isPacked, params (string Name, byte[] Content)[] entries)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                using var target = archive.CreateEntry(name, isPacked ? CompressionLevel.Optimal : CompressionLevel.NoCompression).Open();
                target.Write(content);
            }
        }

        return stream.ToArray();
    }

    public delegate void WriteElement<T>(Span<byte> target, T value);

    /// <summary>The bytes of elements.</summary>
    public static byte[] Raw<T>(IReadOnlyList<T> values, int itemBytes, WriteElement<T> write)
    {
        var raw = new byte[values.Count * itemBytes];
        for (var i = 0; i < values.Count; i++)
        {
            write(raw.AsSpan(i * itemBytes), values[i]);
        }

        return raw;
    }

    private static string Tuple(long[] shape) => shape.Length == 1 ? $"({shape[0]},)" : $"({string.Join(", ", shape)})";
}
