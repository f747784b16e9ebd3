using System.Buffers.Binary;
using Rote.Storage;
using Tensorboard;

namespace Rote.Tests.Support;

/// <summary>Reads an event file record by record, as TensorBoard does: both checksums must hold, and nothing may be left over.</summary>
internal static class EventFile
{
    public static IReadOnlyList<Event> Read(string path)
    {
        var bytes = File.ReadAllBytes(path).AsSpan();
        var events = new List<Event>();
        while (bytes.Length > 0)
        {
            var length = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);
            Assert.Equal(EventRecords.MaskedChecksum(bytes[..8]), BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]));
            var body = bytes.Slice(12, length);
            Assert.Equal(EventRecords.MaskedChecksum(body), BinaryPrimitives.ReadUInt32LittleEndian(bytes[(12 + length)..]));
            events.Add(Event.Parser.ParseFrom(body.ToArray()));
            bytes = bytes[(16 + length)..];
        }

        return events;
    }
}
