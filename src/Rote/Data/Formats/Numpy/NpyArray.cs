namespace Rote.Data.Formats.Numpy;

/// <summary>Receives some of an array's elements.</summary>
/// <param name="first">Index of the first element, in the order of the file.</param>
/// <param name="elements">Their bytes, each element little-endian.</param>
internal delegate void TakeElements(long first, ReadOnlySpan<byte> elements);

/// <summary>Reads one array of a file: its header, then its elements, once and piece by piece.</summary>
internal sealed class NpyArray : IDisposable
{
    private const int PieceBytes = 1 << 20;

    private readonly CheckedStream _stream;
    private readonly uint? _crc;

    /// <summary>Reads the header.</summary>
    /// <param name="label">The array's name, for messages.</param>
    /// <param name="stream">At the start of the array; closed with this object.</param>
    /// <param name="bytes">The array's size in bytes according to its container.</param>
    /// <param name="mostBytes">The most bytes that it can have, whatever its container claims.</param>
    /// <param name="crc">Its CRC-32; null where the container stores none.</param>
    /// <exception cref="InputException">The header is not sound, or claims more or less data than there is.</exception>
    public NpyArray(string label, Stream stream, long bytes, long mostBytes, uint? crc)
    {
        (Label, _stream, _crc) = (label, new CheckedStream(stream), crc);
        try
        {
            Header = NpyHeader.Read(_stream, label);

            // Checked before memory is allocated for what a header of 100 bytes claims.
            var expected = Header.HeaderBytes + Header.DataBytes;
            if (bytes != expected || expected > mostBytes)
            {
                var has = bytes == expected ? $"can have at most {mostBytes} bytes" : $"has {bytes} bytes";
                throw new InputException(
                    $"{label} {has}, and its header speaks of {expected} ({Header.TypeName} of shape "
                        + $"{Tensors.Shape.Text(Header.Shape)}); it is cut or damaged."
                );
            }
        }
        catch
        {
            _stream.Dispose();
            throw;
        }
    }

    /// <summary>The file and the array, for messages.</summary>
    public string Label { get; }

    /// <summary>Type and shape.</summary>
    public NpyHeader Header { get; }

    /// <summary>The shape as text, as <c>[60000, 28, 28]</c>.</summary>
    public string ShapeText => Tensors.Shape.Text(Header.Shape);

    /// <summary>Passes on all elements in the order of the file. Call it only once.</summary>
    /// <exception cref="InputException">The array is cut, goes on after its data, or has another checksum.</exception>
    public void Read(TakeElements take)
    {
        var piece = new byte[Math.Min(PieceBytes / Header.ItemBytes * Header.ItemBytes, Header.DataBytes)]; // whole elements
        for (var done = 0L; done < Header.DataBytes; )
        {
            var part = piece.AsSpan(0, (int)Math.Min(piece.Length, Header.DataBytes - done));
            if (_stream.ReadAtLeast(part, part.Length, throwOnEndOfStream: false) < part.Length)
            {
                throw new InputException(
                    $"{Label} is cut: its header speaks of {Header.DataBytes} bytes of data ({Header.TypeName} of shape {ShapeText})."
                );
            }

            if (Header.IsBigEndian)
            {
                TurnRound(part, Header.UnitBytes);
            }

            take(done / Header.ItemBytes, part);
            done += part.Length;
        }

        if (_stream.ReadByte() != -1)
        {
            throw new InputException($"{Label} goes on after the {Header.DataBytes} bytes of data that its header speaks of.");
        }

        if (_crc is { } crc && crc != _stream.Crc)
        {
            throw new InputException($"{Label} is damaged: its checksum is {_stream.Crc:x8}, and the archive says {crc:x8}.");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private static void TurnRound(Span<byte> elements, int unitBytes)
    {
        for (var start = 0; start < elements.Length; start += unitBytes)
        {
            elements.Slice(start, unitBytes).Reverse();
        }
    }
}
