using System.Buffers.Binary;
using System.IO.Compression;

namespace Rote.Data.Formats.Idx;

/// <summary>Reads IDX files of bytes, the format of MNIST, plain or gzip (recognized by content).</summary>
/// <remarks>Source: LeCun, "The MNIST database", section "file format": two zero bytes, the element type (8 is uint8), the number of
/// dimensions, each size as a big-endian 32-bit number, then the elements with the last dimension fastest.</remarks>
internal static class IdxFile
{
    private const byte UnsignedByte = 8;

    /// <summary>Reads a file.</summary>
    /// <param name="content">The whole file.</param>
    /// <param name="file">Its name, for messages.</param>
    /// <param name="dimensions">The expected number: 3 for images, 1 for labels.</param>
    /// <returns>The sizes, and as many elements as their product.</returns>
    /// <exception cref="InputException">The file is not such an IDX file, is cut, or goes on after its end.</exception>
    public static (int[] Sizes, byte[] Elements) Read(byte[] content, string file, int dimensions)
    {
        if (content.Length == 0)
        {
            throw new InputException($"{file} is empty, expected an IDX file.");
        }

        var isGzip = content is [0x1f, 0x8b, ..];
        using var stream = isGzip
            ? (Stream)new GZipStream(new MemoryStream(content), CompressionMode.Decompress)
            : new MemoryStream(content);
        try
        {
            var sizes = Sizes(stream, file, dimensions);

            // Deflate packs at most 1032 bytes into one. A larger claim is false, and is refused before memory is allocated for it.
            var headerBytes = 4 + (4 * dimensions);
            var most = isGzip ? 1032L * content.Length : content.Length - headerBytes;
            var claimed = Product(sizes, most, file, isGzip);
            var elements = new byte[claimed];
            var found = stream.ReadAtLeast(elements, elements.Length, throwOnEndOfStream: false);
            if (found < claimed)
            {
                throw new InputException($"{file} is cut: it has {found} elements, expected {Text(sizes)} = {claimed}.");
            }

            if (stream.ReadByte() != -1)
            {
                throw new InputException($"{file} goes on after its {Text(sizes)} = {claimed} elements, expected its end.");
            }

            // A gzip file ends with the size of its content modulo 2³². .NET's reader does not notice if only this end is cut off.
            var closing = isGzip
                ? BinaryPrimitives.ReadUInt32LittleEndian(content.AsSpan(content.Length - 4))
                : headerBytes + (uint)claimed;
            return closing == headerBytes + (uint)claimed
                ? (sizes, elements)
                : throw new InputException($"{file} is cut: its gzip closing says {closing} bytes, expected {headerBytes + claimed}.");
        }
        catch (InvalidDataException e)
        {
            throw new InputException($"{file} is not a sound gzip file ({e.Message.TrimEnd('.')}), expected a whole one.", e);
        }
    }

    private static int[] Sizes(Stream stream, string file, int dimensions)
    {
        Span<byte> header = stackalloc byte[4 + (4 * dimensions)];
        var found = stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        if (found < 4)
        {
            throw new InputException($"{file} is cut: it has {found} bytes, expected an IDX header of {header.Length}.");
        }

        if (header[0] != 0 || header[1] != 0 || header[2] != UnsignedByte || header[3] != dimensions)
        {
            throw new InputException(
                $"{file}: the magic number is {Convert.ToHexStringLower(header[..4])}, expected 000008{dimensions:x2} (IDX, unsigned "
                    + $"bytes, {dimensions} dimension{(dimensions == 1 ? "" : "s")})."
            );
        }

        if (found < header.Length)
        {
            throw new InputException($"{file} is cut: it has {found} bytes, expected an IDX header of {header.Length}.");
        }

        var sizes = new int[dimensions];
        for (var d = 0; d < dimensions; d++)
        {
            var size = BinaryPrimitives.ReadUInt32BigEndian(header[(4 + (4 * d))..]);
            sizes[d] = size is >= 1 and <= int.MaxValue
                ? (int)size
                : throw new InputException($"{file}: the size of dimension {d} is {size}, expected 1 to {int.MaxValue}.");
        }

        return sizes;
    }

    private static int Product(int[] sizes, long most, string file, bool isGzip)
    {
        // Each step multiplies at most 2³¹ · 2³¹ and is then checked, so 64 bits suffice.
        var product = 1L;
        foreach (var size in sizes)
        {
            product *= size;
            if (product > Math.Min(most, Array.MaxLength))
            {
                throw new InputException(
                    $"{file}: the sizes {Text(sizes)} ask for more elements than the file can hold "
                        + $"({(isGzip ? "packed, at most " : "")}{most} bytes)."
                );
            }
        }

        return (int)product;
    }

    private static string Text(int[] sizes) => string.Join("×", sizes);
}
