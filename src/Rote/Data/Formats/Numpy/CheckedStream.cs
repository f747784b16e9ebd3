using System.IO.Hashing;

namespace Rote.Data.Formats.Numpy;

/// <summary>Reads another stream and keeps the CRC-32 of what has passed.</summary>
internal sealed class CheckedStream(Stream inner) : ForwardStream(inner)
{
    private readonly Crc32 _crc = new();

    /// <summary>CRC-32 of all bytes read so far, which zip archives keep of their files and .NET's reader does not compare.</summary>
    public uint Crc => _crc.GetCurrentHashAsUInt32();

    public override int Read(Span<byte> buffer)
    {
        var count = Inner.Read(buffer);
        _crc.Append(buffer[..count]);
        return count;
    }
}
