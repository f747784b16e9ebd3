using System.IO.Hashing;

namespace Rote.Data.Formats.Numpy;

/// <summary>Reads another stream and keeps the CRC-32 of all bytes read.</summary>
internal sealed class CheckedStream(Stream inner) : ForwardStream(inner)
{
    private readonly Crc32 _crc = new();

    /// <summary>The CRC-32 of all bytes read so far. Zip archives store it, but .NET's reader does not compare it.</summary>
    public uint Crc => _crc.GetCurrentHashAsUInt32();

    public override int Read(Span<byte> buffer)
    {
        var count = Inner.Read(buffer);
        _crc.Append(buffer[..count]);
        return count;
    }
}
