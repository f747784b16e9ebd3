using System.Text;

namespace Rote.Embeddings.Onnx;

/// <summary>One field of a Protocol Buffers message, as it stands in the file.</summary>
/// <param name="Number">Its number in the message's definition.</param>
/// <param name="Whole">The field with its tag.</param>
/// <param name="Content">The content of a text, bytes or a message; else empty.</param>
/// <param name="Value">The bits of a whole number; else 0.</param>
internal readonly record struct ProtobufField(int Number, ReadOnlyMemory<byte> Whole, ReadOnlyMemory<byte> Content, ulong Value)
{
    /// <summary>The content as text.</summary>
    public string Text => Encoding.UTF8.GetString(Content.Span);
}

/// <summary>Reads and writes messages in the wire format of Protocol Buffers, field by field, without their definitions. That is enough to
/// look into an ONNX file of any size, and to write one with a part changed.</summary>
/// <remarks>Source: protobuf.dev, "Encoding". Parsing with Google.Protobuf would need the classes of all of ONNX, and would copy all
/// weights.</remarks>
internal static class Protobuf
{
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int Delimited = 2;
    private const int Fixed32 = 5;

    /// <summary>Returns the fields of a message in their order.</summary>
    /// <param name="message">Its bytes.</param>
    /// <exception cref="InvalidDataException">The bytes are not a message.</exception>
    public static IEnumerable<ProtobufField> Fields(ReadOnlyMemory<byte> message)
    {
        var at = 0;
        while (at < message.Length)
        {
            var start = at;
            var tag = Number(message, ref at);
            var (content, value) = ((ReadOnlyMemory<byte>)default, 0UL);
            switch ((int)(tag & 7))
            {
                case Varint:
                    value = Number(message, ref at);
                    break;
                case Fixed64:
                    at = End(message, at, 8);
                    break;
                case Fixed32:
                    at = End(message, at, 4);
                    break;
                case Delimited:
                    var length = Number(message, ref at);
                    var from = at;
                    at = End(message, at, length);
                    content = message[from..at];
                    break;
                default:
                    throw new InvalidDataException("a field of a kind that there is not");
            }

            yield return new ProtobufField((int)Math.Min(tag >> 3, int.MaxValue), message[start..at], content, value);
        }
    }

    /// <summary>Encodes a text, bytes or a message as a field.</summary>
    /// <param name="number">The field's number.</param>
    /// <param name="parts">Its content; the parts are joined.</param>
    public static byte[] Field(int number, params IReadOnlyList<ReadOnlyMemory<byte>> parts)
    {
        using var result = new MemoryStream();
        Write(result, ((ulong)number << 3) | Delimited);
        Write(result, (ulong)parts.Sum(part => (long)part.Length));
        foreach (var part in parts)
        {
            result.Write(part.Span);
        }

        return result.ToArray();
    }

    /// <summary>Encodes a text as a field.</summary>
    /// <param name="number">The field's number.</param>
    /// <param name="text">The text.</param>
    public static byte[] Field(int number, string text) => Field(number, Encoding.UTF8.GetBytes(text).AsMemory());

    /// <summary>Encodes a whole number as a field.</summary>
    /// <param name="number">The field's number.</param>
    /// <param name="value">At least 0.</param>
    public static byte[] Field(int number, long value)
    {
        using var result = new MemoryStream();
        Write(result, (ulong)number << 3);
        Write(result, (ulong)value);
        return result.ToArray();
    }

    private static void Write(Stream stream, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            stream.WriteByte((byte)(value | 0x80));
        }

        stream.WriteByte((byte)value);
    }

    private static ulong Number(ReadOnlyMemory<byte> message, ref int at)
    {
        var bytes = message.Span;
        var value = 0UL;
        for (var shift = 0; shift < 64 && at < bytes.Length; shift += 7)
        {
            var next = bytes[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw new InvalidDataException("a number without an end");
    }

    private static int End(ReadOnlyMemory<byte> message, int at, ulong length) =>
        length <= (ulong)(message.Length - at) ? at + (int)length : throw new InvalidDataException("a field longer than its message");
}
