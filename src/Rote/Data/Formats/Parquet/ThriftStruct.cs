namespace Rote.Data.Formats.Parquet;

/// <summary>Walks over a struct of Thrift's compact protocol. Checks every claimed size against the bytes that are there, and every type
/// against the format.</summary>
/// <remarks>A Parquet file describes itself in such structs, and the Parquet library trusts them. One changed byte in a footer of 400 bytes
/// made it skip a list of two billion elements that did not exist. Behind the end it reads missing bytes as a number that never ends.
/// Format: https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md.</remarks>
internal ref struct ThriftStruct
{
    private const int Deepest = 32; // Parquet's own structs nest six deep
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly Dictionary<(int Field, int Inner), long> _numbers = [];
    private readonly List<(int Leaf, int Offset)> _halves = [];
    private int _at;
    private int _leaves;

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
    /// <param name="bytes">Bytes that begin with the struct; more may follow.</param>
    /// <param name="shape">The struct's name in <see cref="ParquetShapes"/>; null if its types are not known.</param>
    /// <returns>Its length in bytes, and its integers. The key is the integer's field with inner field 0, or the field of an inner struct
    /// and the field there.</returns>
    /// <exception cref="InvalidDataException">It is no such struct, claims more than there is, or has a field whose type differs from the
    /// format's.</exception>
    public static (int Length, IReadOnlyDictionary<(int Field, int Inner), long> Numbers) Walk(
        ReadOnlySpan<byte> bytes,
        string? shape = null
    )
    {
        var walk = new ThriftStruct(bytes);
        walk.Fields(0, 0, shape);
        return (walk._at, walk._numbers);
    }

    /// <summary>Walks over a footer and finds its float16 columns.</summary>
    /// <returns>Its length in bytes; and for each float16 column its index among the columns that hold values, and the offset of the byte
    /// that gives its type.</returns>
    /// <exception cref="InvalidDataException">As for <see cref="Walk"/>.</exception>
    public static (int Length, IReadOnlyList<(int Leaf, int Offset)> Halves) WalkFooter(ReadOnlySpan<byte> bytes)
    {
        var walk = new ThriftStruct(bytes);
        walk.Fields(0, 0, ParquetShapes.Footer);
        return (walk._at, walk._halves);
    }

    private static InvalidDataException Broken() => new("its description of itself is cut off or broken");

    private void Fields(int depth, int outer, string? shape)
    {
        if (depth > Deepest)
        {
            throw Broken();
        }

        var isLeaf = false;
        for (var field = 0L; ; )
        {
            var head = Next();
            var kind = (Kind)(head & 15);
            if (head == (int)Kind.Stop)
            {
                _leaves += isLeaf ? 1 : 0;
                return;
            }

            field = head >> 4 == 0 ? ZigZag(Varint()) : field + (head >> 4);
            if (field is < 1 or > short.MaxValue)
            {
                throw Broken();
            }

            isLeaf |= shape == "SchemaElement" && field == 1; // a group of columns has no type
            if (shape == "LogicalType" && head >> 4 == ParquetShapes.Float16)
            {
                _halves.Add((_leaves, _at - 1));
            }

            var type = ParquetShapes.TypeOf(shape, (int)field);
            Require(kind, type);
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
                Value(kind, depth, (int)field, type);
            }
        }
    }

    private static void Require(Kind kind, string? type)
    {
        var isRight = type switch
        {
            null => true,
            "bool" => kind is Kind.True or Kind.False,
            "byte" => kind == Kind.Byte,
            "i16" => kind == Kind.I16,
            "i32" => kind == Kind.I32,
            "i64" => kind == Kind.I64,
            "double" => kind == Kind.Double,
            "binary" => kind == Kind.Binary,
            _ => kind == (type[0] == '[' ? Kind.List : Kind.Struct),
        };
        if (!isRight)
        {
            throw Broken();
        }
    }

    private void Value(Kind kind, int depth, int field, string? type)
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
                List(depth + 1, type?[1..^1]);
                break;
            case Kind.Struct:
                Fields(depth + 1, field, type);
                break;
            default:
                throw Broken(); // Parquet has no maps, and no lists of bools, whose size readers disagree about
        }
    }

    private void List(int depth, string? type)
    {
        var head = Next();
        var count = head >> 4 == 15 ? Varint() : (ulong)(head >> 4);
        if (depth > Deepest || count > (ulong)(_bytes.Length - _at)) // an element has at least one byte
        {
            throw Broken();
        }

        if (count > 0)
        {
            Require((Kind)(head & 15), type);
        }

        for (var i = 0UL; i < count; i++)
        {
            Value((Kind)(head & 15), depth + 1, 0, type);
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
