using System.Buffers.Binary;

namespace Rote.Data.Formats.Arrow;

/// <summary>A FlatBuffers table whose lengths are checked against the bytes that are there.</summary>
/// <remarks>Layout: https://flatbuffers.dev/internals/.</remarks>
/// <param name="buffer">The whole buffer.</param>
/// <param name="at">The table's offset.</param>
internal readonly ref struct FlatTable(ReadOnlySpan<byte> buffer, int at)
{
    private readonly ReadOnlySpan<byte> _buffer = buffer;

    /// <summary>The root table of a buffer.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The buffer ends before it.</exception>
    public static FlatTable Root(ReadOnlySpan<byte> buffer) => new(buffer, BinaryPrimitives.ReadInt32LittleEndian(buffer));

    /// <summary>A field that holds a 64-bit integer; 0 where it is absent.</summary>
    public long Long(int field) => Place(field) is var place and > 0 ? BinaryPrimitives.ReadInt64LittleEndian(_buffer[place..]) : 0;

    /// <summary>A field that holds one byte; 0 where it is absent.</summary>
    public byte Byte(int field) => Place(field) is var place and > 0 ? _buffer[place] : (byte)0;

    /// <summary>Whether a field is present, and the table that it refers to.</summary>
    public bool TryTable(int field, out FlatTable table)
    {
        var place = Place(field);
        table = place > 0 ? new FlatTable(_buffer, Target(place)) : default;
        return place > 0;
    }

    /// <summary>The offset and number of the entries in a vector field; both 0 where the field is absent.</summary>
    /// <param name="field">The field's number in the schema.</param>
    /// <param name="entryBytes">The size of an entry in bytes.</param>
    /// <exception cref="InvalidDataException">The buffer has fewer bytes than the vector claims.</exception>
    public (int At, int Count) Vector(int field, int entryBytes)
    {
        var place = Place(field);
        if (place == 0)
        {
            return default;
        }

        var vector = Target(place);
        var count = BinaryPrimitives.ReadUInt32LittleEndian(_buffer[vector..]);
        vector += sizeof(uint);
        return count * (long)entryBytes <= _buffer.Length - vector
            ? (vector, (int)count)
            : throw new InvalidDataException("a list claims more entries than there are");
    }

    /// <summary>One of the tables that a vector field refers to.</summary>
    /// <param name="vector">The result of <see cref="Vector"/> for entries of four bytes.</param>
    /// <param name="index">In [0, count).</param>
    public FlatTable Entry((int At, int Count) vector, int index) => new(_buffer, Target(vector.At + (index * sizeof(int))));

    /// <summary>The 64-bit integer at an offset of the buffer.</summary>
    public long LongAt(int place) => BinaryPrimitives.ReadInt64LittleEndian(_buffer[place..]);

    private int Target(int place) => place + BinaryPrimitives.ReadInt32LittleEndian(_buffer[place..]);

    /// <summary>The offset of a field; 0 where it is absent.</summary>
    private int Place(int field)
    {
        var fields = at - BinaryPrimitives.ReadInt32LittleEndian(_buffer[at..]);
        var entry = (2 + field) * sizeof(ushort);
        if (entry + sizeof(ushort) > BinaryPrimitives.ReadUInt16LittleEndian(_buffer[fields..]))
        {
            return 0;
        }

        var offset = BinaryPrimitives.ReadUInt16LittleEndian(_buffer[(fields + entry)..]);
        return offset == 0 ? 0 : at + offset;
    }
}
