using System.Buffers.Binary;
using System.Numerics;
using Google.Protobuf;
using Tensorboard;

namespace Rote.Storage;

/// <summary>The framing of TensorBoard's event files (TFRecord): length, checksum of the length, message, checksum of the message,
/// little-endian.</summary>
/// <remarks>
/// The messages are TorchSharp's <c>Tensorboard.Event</c>. Its SummaryWriter is not used: it dates the file's first record in ticks since
/// the year 1 instead of seconds since 1970, keeps whole seconds only, opens and closes the file for every number without flushing it to
/// the device, and names the file by host, process and time, so that a resumed run gets a second file which repeats epochs of the first
/// (0.107.0).
/// Source: TensorFlow, tensorflow/core/lib/io/record_writer.h (layout) and tensorflow/core/lib/hash/crc32c.h (mask).
/// </remarks>
internal static class EventRecords
{
    private const uint MaskDelta = 0xa282ead8;

    /// <summary>A message in its frame.</summary>
    /// <param name="message">What to write.</param>
    /// <returns>The record's bytes.</returns>
    public static byte[] Frame(Event message)
    {
        var body = message.ToByteArray();
        var record = new byte[12 + body.Length + 4];
        body.CopyTo(record, 12);
        BinaryPrimitives.WriteInt64LittleEndian(record, body.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(8), MaskedChecksum(record.AsSpan(0, 8)));
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(record.Length - 4), MaskedChecksum(body));
        return record;
    }

    /// <summary>CRC-32C, rotated right by 15 bits plus a constant, so that a file of records is not its own checksum's input.</summary>
    /// <param name="bytes">The bytes to sum.</param>
    /// <returns>The masked checksum.</returns>
    public static uint MaskedChecksum(ReadOnlySpan<byte> bytes) => BitOperations.RotateRight(Checksum(bytes), 15) + MaskDelta;

    /// <summary>CRC-32C (Castagnoli), RFC 3720, appendix B.4.</summary>
    /// <param name="bytes">The bytes to sum.</param>
    /// <returns>The checksum.</returns>
    public static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return ~crc;
    }
}
