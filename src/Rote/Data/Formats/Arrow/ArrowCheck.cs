using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace Rote.Data.Formats.Arrow;

/// <summary>Checks the claims of a record batch's column against the bytes that are there. The Arrow library trusts offsets, and a wrong
/// one ends the process.</summary>
/// <remarks>Layouts: https://arrow.apache.org/docs/format/Columnar.html, "Buffer Listing for Each Layout".</remarks>
internal static class ArrowCheck
{
    private const int Deepest = 8;

    /// <summary>Throws if a column does not hold all values that it claims.</summary>
    /// <param name="data">The column.</param>
    /// <param name="length">The least number of values that it must have.</param>
    /// <param name="depth">The number of lists that enclose it.</param>
    /// <exception cref="InvalidDataException">It claims more than there is.</exception>
    public static void Require(ArrayData data, long length, int depth = 0)
    {
        var end = (long)data.Offset + data.Length;
        if (
            depth > Deepest
            || data.Offset < 0
            || data.Length < length
            || end > int.MaxValue
            || (data.NullCount > 0 && Bytes(data, 0) * 8 < end)
        )
        {
            throw Broken();
        }

        if (Bytes(data, 0) > 0 && data.DataType.TypeId != ArrowTypeId.Null && Bytes(data, 0) * 8 < end)
        {
            throw Broken();
        }

        switch (data.DataType)
        {
            case NullType:
                break;
            case BooleanType:
                RequireBytes(data, 1, (end + 7) / 8);
                break;
            case DictionaryType dictionary:
                RequireBytes(data, 1, end * ((FixedWidthType)dictionary.IndexType).BitWidth / 8);
                Require(data.Dictionary ?? throw Broken(), 0, depth + 1);
                break;
            case StringType or BinaryType:
                RequireOffsets<int>(data, Bytes(data, 2));
                break;
            case LargeStringType or LargeBinaryType:
                RequireOffsets<long>(data, Bytes(data, 2));
                break;
            case ListType:
                Require(Child(data), 0, depth + 1);
                RequireOffsets<int>(data, Child(data).Length);
                break;
            case LargeListType:
                Require(Child(data), 0, depth + 1);
                RequireOffsets<long>(data, Child(data).Length);
                break;
            case FixedSizeListType list:
                Require(Child(data), list.ListSize >= 0 ? end * list.ListSize : throw Broken(), depth + 1);
                break;
            case FixedWidthType type:
                RequireBytes(data, 1, end * type.BitWidth / 8);
                break;
            default:
                break; // columns of this type are not read
        }
    }

    private static InvalidDataException Broken() => new("a column claims more than there is");

    private static ArrayData Child(ArrayData data) => data.Children is [var child, ..] ? child : throw Broken();

    private static long Bytes(ArrayData data, int buffer) => buffer < data.Buffers.Length ? data.Buffers[buffer].Length : 0;

    private static void RequireBytes(ArrayData data, int buffer, long bytes)
    {
        if (Bytes(data, buffer) < bytes)
        {
            throw Broken();
        }
    }

    /// <summary>Throws unless offsets never fall and stay within their values. None are needed without values.</summary>
    private static unsafe void RequireOffsets<T>(ArrayData data, long most)
        where T : unmanaged, System.Numerics.IBinaryInteger<T>
    {
        if (data.Length == 0 && Bytes(data, 1) == 0)
        {
            return;
        }

        RequireBytes(data, 1, ((long)data.Offset + data.Length + 1) * sizeof(T));
        var last = 0L;
        foreach (var offset in MemoryMarshal.Cast<byte, T>(data.Buffers[1].Span).Slice(data.Offset, data.Length + 1))
        {
            var next = long.CreateTruncating(offset);
            last = next >= last && next <= most ? next : throw Broken();
        }
    }
}
