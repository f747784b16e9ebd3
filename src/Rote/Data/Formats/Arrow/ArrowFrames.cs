using System.Buffers.Binary;

namespace Rote.Data.Formats.Arrow;

/// <summary>Checks the lengths that an Arrow file's messages claim against the bytes that are there. The Arrow library allocates as much
/// memory as a length claims before it reads a byte: a file of 857 bytes took 17 GB.</summary>
/// <remarks>Layouts: https://arrow.apache.org/docs/format/Columnar.html, "Serialization and Interprocess Communication"; the field numbers
/// come from Message.fbs, File.fbs and Schema.fbs.</remarks>
internal static class ArrowFrames
{
    private const int MagicLength = 6;
    private const int BlockBytes = 24; // offset, length of the metadata, length of the body, eight bytes each
    private const int Deepest = 8;

    private enum Header : byte
    {
        None,
        Schema,
        Dictionary,
        RecordBatch,
    }

    /// <summary>Throws unless every message, and every list in a message, lies within the file.</summary>
    /// <param name="stream">The file; its position afterwards is undefined.</param>
    /// <param name="isFile">True for the file format, which has a footer; false for a stream of messages.</param>
    /// <exception cref="InvalidDataException">A message or list lies outside the file.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A table claims more bytes than there are.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static void Require(Stream stream, bool isFile)
    {
        if (isFile)
        {
            // After a dictionary the library reads on, message by message, until it meets a record batch.
            foreach (var block in Blocks(stream))
            {
                for (long? next = block; next is { } at; )
                {
                    var end = Next(stream, at, out var header) ?? throw Broken();
                    next = header == Header.Dictionary ? end : null;
                }
            }

            return;
        }

        for (long? next = 0; next is { } at && at < stream.Length; )
        {
            next = Next(stream, at, out var header);
            if ((at == 0) != (header == Header.Schema) && (at == 0 || next is not null))
            {
                throw new InvalidDataException("it does not begin with its only schema");
            }
        }
    }

    /// <summary>The offsets of a file's messages, from its footer.</summary>
    private static List<long> Blocks(Stream stream)
    {
        var end = stream.Length - MagicLength - sizeof(int);
        var length = Number(stream, end);
        if (length <= 0 || length > end)
        {
            throw Broken();
        }

        var footer = FlatTable.Root(Bytes(stream, end - length, length));
        _ = footer.Vector(4, sizeof(int));
        if (footer.TryTable(1, out var schema))
        {
            RequireSchema(schema);
        }

        var offsets = new List<long>();
        foreach (var field in new[] { 2, 3 })
        {
            var (at, count) = footer.Vector(field, BlockBytes);
            for (var i = 0; i < count; i++)
            {
                offsets.Add(footer.LongAt(at + (i * BlockBytes)));
            }
        }

        return offsets;
    }

    /// <summary>The offset of the message that follows the one at an offset; null where there is none.</summary>
    private static long? Next(Stream stream, long offset, out Header header)
    {
        header = Header.None;
        var length = Number(stream, offset);
        offset += sizeof(int);
        if (length == -1) // since version 0.15 a marker comes first
        {
            length = Number(stream, offset);
            offset += sizeof(int);
        }

        if (length == 0)
        {
            return null;
        }

        if (length < 0 || length > stream.Length - offset)
        {
            throw Broken();
        }

        var message = FlatTable.Root(Bytes(stream, offset, length));
        header = RequireHeader(message);
        var body = message.Long(3);
        offset += length;
        if (header == Header.Schema && body != 0)
        {
            throw Broken(); // the library does not skip it
        }

        return body >= 0 && body <= stream.Length - offset ? offset + body : throw Broken();
    }

    private static Header RequireHeader(FlatTable message)
    {
        _ = message.Vector(4, sizeof(int));
        var kind = (Header)message.Byte(1);
        if (!message.TryTable(2, out var header))
        {
            throw new InvalidDataException("a message says nothing");
        }

        switch (kind)
        {
            case Header.Schema:
                RequireSchema(header);
                break;
            case Header.Dictionary:
                RequireBatch(header.TryTable(1, out var values) ? values : throw Broken());
                break;
            case Header.RecordBatch:
                RequireBatch(header);
                break;
            default:
                throw new InvalidDataException($"a message is of the unknown kind {(byte)kind}");
        }

        return kind;
    }

    private static void RequireSchema(FlatTable schema)
    {
        _ = schema.Vector(2, sizeof(int));
        _ = schema.Vector(3, sizeof(long));
        RequireFields(schema, 1, 0);
    }

    private static void RequireFields(FlatTable owner, int number, int depth)
    {
        var fields = depth <= Deepest ? owner.Vector(number, sizeof(int)) : throw Broken();
        for (var i = 0; i < fields.Count; i++)
        {
            var field = owner.Entry(fields, i);
            _ = field.Vector(6, sizeof(int));
            RequireFields(field, 5, depth + 1);
        }
    }

    private static void RequireBatch(FlatTable batch)
    {
        _ = batch.Vector(1, 2 * sizeof(long));
        _ = batch.Vector(2, 2 * sizeof(long));
        _ = batch.Vector(4, sizeof(long));
    }

    private static int Number(Stream stream, long offset) => BinaryPrimitives.ReadInt32LittleEndian(Bytes(stream, offset, sizeof(int)));

    private static byte[] Bytes(Stream stream, long offset, int count)
    {
        if (offset < 0 || offset > stream.Length - count)
        {
            throw Broken();
        }

        var bytes = new byte[count];
        stream.Position = offset;
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static InvalidDataException Broken() => new("a message claims more than there is");
}
