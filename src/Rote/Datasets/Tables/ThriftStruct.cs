namespace Rote.Datasets.Tables;

/// <summary>Walks over a struct of Thrift's compact protocol and holds every size that it claims against the bytes that are there.</summary>
/// <remarks>
/// A Parquet file describes itself in such structs, and the library that reads them believes them: one changed byte in a footer of 400 made it skip a list of
/// two thousand million elements that nobody had written. Format: https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md.
/// </remarks>
internal ref struct ThriftStruct
{
    private const int Deepest = 32; // Parquet's own nest six deep
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly Dictionary<(int Field, int Inner), long> _numbers = [];
    private int _at;

    private ThriftStruct(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    private enum Kind
    {
        Stop = 0,
        True = 1,
        False = 2,
        Byte = 3,
        I16 = 4,
        I32 = 5,
        I64 = 6,
        Double = 7,
        Binary = 8,
        List = 9,
        Set = 10,
        Map = 11,
        Struct = 12,
    }

    /// <summary>Walks to the end of the struct.</summary>
    /// <param name="bytes">Begins with the struct; more may follow.</param>
    /// <returns>Its length in bytes; and its whole numbers by the number of their field (with inner field 0) or of the struct within it and the field there.</returns>
    /// <exception cref="InvalidDataException">It is not one, or claims more than there is.</exception>
    public static (int Length, IReadOnlyDictionary<(int Field, int Inner), long> Numbers) Walk(ReadOnlySpan<byte> bytes)
    {
        var walk = new ThriftStruct(bytes);
        walk.Fields(0, 0);
        return (walk._at, walk._numbers);
    }

    private static InvalidDataException Broken() => new("its description of itself is cut off or broken");

    private void Fields(int depth, int outer)
    {
        if (depth > Deepest)
        {
            throw Broken();
        }

        for (var field = 0L; ;)
        {
            var head = Next();
            var kind = (Kind)(head & 15);
            if (head == (int)Kind.Stop)
            {
                return;
            }

            field = head >> 4 == 0 ? ZigZag(Varint()) : field + (head >> 4);
            if (field is < 1 or > short.MaxValue)
            {
                throw Broken();
            }

            if (kind is Kind.I16 or Kind.I32 or Kind.I64)
            {
                var number = ZigZag(Varint());
                if (depth < 2)
                {
                    _numbers[depth == 0 ? ((int)field, 0) : (outer, (int)field)] = number;
                }
            }
            else if (kind is not (Kind.True or Kind.False))
            {
                Value(kind, depth, (int)field);
            }
        }
    }

    private void Value(Kind kind, int depth, int field)
    {
        switch (kind)
        {
            case Kind.Byte:
                Skip(1);
                break;
            case Kind.I16 or Kind.I32 or Kind.I64:
                Varint();
                break;
            case Kind.Double:
                Skip(8);
                break;
            case Kind.Binary:
                Skip(Varint());
                break;
            case Kind.List or Kind.Set:
                List(depth + 1);
                break;
            case Kind.Struct:
                Fields(depth + 1, field);
                break;
            default:
                throw Broken(); // Parquet has no maps; and no bool stands in its lists, whose size readers disagree about
        }
    }

    private void List(int depth)
    {
        var head = Next();
        var count = head >> 4 == 15 ? Varint() : (ulong)(head >> 4);
        if (depth > Deepest || count > (ulong)(_bytes.Length - _at)) // an element has a byte at least
        {
            throw Broken();
        }

        for (var i = 0UL; i < count; i++)
        {
            Value((Kind)(head & 15), depth + 1, 0);
        }
    }

    private int Next() => _at < _bytes.Length ? _bytes[_at++] : throw Broken();

    private void Skip(ulong count) => _at = count <= (ulong)(_bytes.Length - _at) ? _at + (int)count : throw Broken();

    private ulong Varint()
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var part = Next();
            value |= (ulong)(part & 127) << shift;
            if (part < 128)
            {
                return value;
            }
        }

        throw Broken();
    }

    private static long ZigZag(ulong value) => (long)(value >> 1) ^ -(long)(value & 1);
}
