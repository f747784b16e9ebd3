using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Rote.Data.Formats.Numpy;

/// <summary>The checked header of a NumPy array.</summary>
/// <param name="Kind">NumPy's letter for the dtype: <c>b</c> bool, <c>i</c> signed, <c>u</c> unsigned, <c>f</c> floating point; <c>U</c>
/// text of 4 bytes a character, <c>S</c> text of bytes.</param>
/// <param name="ItemBytes">Bytes per element: 1, 2, 4 or 8; for text up to 65,536.</param>
/// <param name="IsBigEndian">Whether an element's most significant byte comes first.</param>
/// <param name="IsFortranOrder">Whether the first index varies fastest.</param>
/// <param name="Shape">Sizes; empty for a single number.</param>
/// <param name="Count">Number of elements.</param>
/// <param name="HeaderBytes">Bytes before the elements.</param>
internal sealed record NpyHeader(char Kind, int ItemBytes, bool IsBigEndian, bool IsFortranOrder, long[] Shape, long Count, int HeaderBytes)
{
    /// <summary>The longest header that is believed; a plain array's has some 100 bytes.</summary>
    private const int LongestText = 65_536;

    private const int LongestItem = 65_536;

    /// <summary>Whether the elements are texts.</summary>
    public bool IsText => Kind is 'U' or 'S';

    /// <summary>The number of bytes that <see cref="IsBigEndian"/> orders: those of an element, or of one character of text.</summary>
    public int UnitBytes =>
        Kind switch
        {
            'U' => 4,
            'S' => 1,
            _ => ItemBytes,
        };

    /// <summary>The dtype by NumPy's name, as <c>uint8</c>.</summary>
    public string TypeName =>
        Kind switch
        {
            'b' => "bool",
            'U' => $"text of {ItemBytes / 4} characters",
            'S' => $"text of {ItemBytes} bytes",
            'i' => $"int{8 * ItemBytes}",
            'u' => $"uint{8 * ItemBytes}",
            _ => $"float{8 * ItemBytes}",
        };

    /// <summary>The bytes of all elements.</summary>
    public long DataBytes => Count * ItemBytes;

    /// <summary>Reads a header and leaves the stream at the first element.</summary>
    /// <param name="stream">At the start of the array.</param>
    /// <param name="label">The array's name, for messages.</param>
    /// <remarks>
    /// Source: NumPy's numpy/lib/format.py (NEP 1): the bytes 93 'NUMPY', major and minor version, the length of the text in 2 bytes
    /// (version 1) or 4 (versions 2 and 3), and the text, a Python dictionary in Latin-1 (UTF-8 from version 3 on).
    /// </remarks>
    /// <exception cref="InputException">It is no such header, or its dtype is not read.</exception>
    public static NpyHeader Read(Stream stream, string label)
    {
        Span<byte> start = stackalloc byte[8];
        var found = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        if (found < start.Length || !IsMagic(start))
        {
            throw new InputException(
                $"{label} is not a NumPy array ({(found == 0 ? "it is empty" : "its first bytes are others")}), expected what numpy.save "
                    + $"or numpy.savez writes."
            );
        }

        if (start[6] is < 1 or > 3)
        {
            throw new InputException($"{label} has version {start[6]}.{start[7]} of NumPy's format, expected 1 to 3.");
        }

        Span<byte> length = stackalloc byte[start[6] == 1 ? 2 : 4];
        RequireAll(stream.ReadAtLeast(length, length.Length, throwOnEndOfStream: false), length.Length, label);
        var bytes = length.Length == 2 ? BinaryPrimitives.ReadUInt16LittleEndian(length) : BinaryPrimitives.ReadUInt32LittleEndian(length);
        if (bytes > LongestText)
        {
            throw new InputException($"{label}: its header claims {bytes} bytes, expected at most {LongestText}.");
        }

        var text = new byte[bytes];
        RequireAll(stream.ReadAtLeast(text, text.Length, throwOnEndOfStream: false), text.Length, label);
        return Parse((start[6] == 3 ? Encoding.UTF8 : Encoding.Latin1).GetString(text), label, 8 + length.Length + text.Length);
    }

    private static bool IsMagic(ReadOnlySpan<byte> start) => start[0] == 0x93 && start[1..6].SequenceEqual("NUMPY"u8);

    private static NpyHeader Parse(string text, string label, int headerBytes)
    {
        (string? Descr, bool Fortran, long[] Shape) fields;
        try
        {
            fields = NpyLiteral.Parse(text);
        }
        catch (FormatException e)
        {
            throw new InputException($"{label}: its header is not one of NumPy's ({e.Message}).", e);
        }

        var (kind, bytes, isBig) = ElementType(fields.Descr, label);
        var count = 1L;
        foreach (var size in fields.Shape)
        {
            // Checked at each step, so that no product overflows 64 bits.
            if (size > 0 && count > long.MaxValue / LongestItem / size)
            {
                throw new InputException($"{label}: its shape {Tensors.Shape.Text(fields.Shape)} is more than any memory holds.");
            }

            count *= size;
        }

        return new NpyHeader(kind, bytes, isBig, fields.Fortran, fields.Shape, count, headerBytes);
    }

    private static (char Kind, int Bytes, bool IsBigEndian) ElementType(string? descr, string label)
    {
        switch (descr)
        {
            case null:
                throw new InputException(
                    $"{label} has a structured type, one with named fields, expected plain numbers; "
                        + $"numpy.lib.recfunctions.structured_to_unstructured makes columns of the fields."
                );
            case ['<' or '>' or '|' or '=', 'b' or 'i' or 'u' or 'f', var digit] when IsKnown(descr[1], digit):
                return (descr[1], digit - '0', descr[0] == '>');
            case ['<' or '>' or '|' or '=', 'U' or 'S', .. var size]
                when int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var length)
                    && length > 0
                    && length <= LongestItem / 4:
                return (descr[1], descr[1] == 'U' ? 4 * length : length, descr[0] == '>');
        }

        var kind = descr.TrimStart('<', '>', '|', '=') is [var letter, ..] ? letter : ' ';
        throw new InputException(
            kind switch
            {
                'O' =>
                    $"{label} holds Python objects (dtype object), which only unpickling could read, and unpickling can run any program; "
                        + $"save names of classes with y.astype(str), and numbers with x.astype(float).",
                'M' or 'm' =>
                    $"{label} holds dates or times (\"{descr}\"), expected numbers; x.astype('int64') makes some of them, if they are "
                        + $"features.",
                'c' => $"{label} holds complex numbers (\"{descr}\"), expected real ones; np.concatenate([x.real, x.imag], axis=1) makes "
                    + $"features of them.",
                _ => $"{label} has elements of type \"{descr}\", expected bool, whole numbers, floating point numbers, or text as labels; "
                    + $"x.astype('float64') makes numbers, y.astype(str) text.",
            }
        );
    }

    private static bool IsKnown(char kind, char digit) =>
        kind switch
        {
            'b' => digit == '1',
            'f' => digit is '2' or '4' or '8',
            _ => digit is '1' or '2' or '4' or '8',
        };

    private static void RequireAll(int found, int expected, string label)
    {
        if (found < expected)
        {
            throw new InputException($"{label} is cut: it ends in its header.");
        }
    }
}
