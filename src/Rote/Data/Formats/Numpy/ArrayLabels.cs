using System.Buffers.Binary;
using Rote.Data.Labels;

namespace Rote.Data.Formats.Numpy;

/// <summary>Labels from arrays of whole numbers of any type (gaps allowed), one-hot rows, or text. The classes of numbers are the distinct
/// values in ascending order.</summary>
/// <param name="ClassNames">The names of the classes.</param>
/// <param name="Train">[N] class numbers.</param>
/// <param name="Test">[M] class numbers; null if there is no such array.</param>
internal sealed record ArrayLabels(IReadOnlyList<string> ClassNames, long[] Train, long[]? Test)
{
    /// <summary>The training labels as they were written; null for numbers.</summary>
    public LabelTexts? Texts { get; private init; }

    /// <summary>Reads the label arrays.</summary>
    /// <exception cref="InputException">They are not labels, have one class only, or a test label does not occur in training.</exception>
    public static ArrayLabels Read(ArrayStore store, ArrayLayout layout)
    {
        if (ArrayTexts.AreIn(store, layout.Labels) || (layout.Test is { } part && ArrayTexts.AreIn(store, part.Labels)))
        {
            return OfTexts(store, layout);
        }

        var train = Values(store, layout.Labels);
        var classes = train.Distinct().Order().ToArray();
        if (classes.Length < 2)
        {
            throw new InputException($"{store.Path}: every label of {layout.Labels} is {classes[0]}, expected at least two classes.");
        }

        var numbers = classes.Select((value, number) => (value, number)).ToDictionary(c => c.value, c => (long)c.number);
        long[]? test = null;
        if (layout.Test is { } arrays)
        {
            test = Values(store, arrays.Labels);
            var stranger = Array.FindIndex(test, v => !numbers.ContainsKey(v));
            if (stranger >= 0)
            {
                throw new InputException(
                    $"{store.Path}: the label of example {stranger} of {arrays.Labels} is {test[stranger]}, which {layout.Labels} lacks; "
                        + $"expected classes that can be learned."
                );
            }
        }

        return new ArrayLabels([.. classes.Select(c => $"{c}")], Numbers(train), test is null ? null : Numbers(test));

        long[] Numbers(long[] values) => Array.ConvertAll(values, v => numbers[v]);
    }

    private static ArrayLabels OfTexts(ArrayStore store, ArrayLayout layout)
    {
        var (train, name) = (ArrayTexts.Read(store, layout.Labels), $"{store.Path}: {layout.Labels}");
        var classes = ClassList.Of(train.Distinct, name);
        var test = layout.Test is { } part ? ArrayTexts.Read(store, part.Labels).Numbers(classes, $"{store.Path}: {part.Labels}") : null;
        return new ArrayLabels(classes.Names, train.Numbers(classes, name), test) { Texts = train };
    }

    /// <summary>Reads whole numbers.</summary>
    /// <exception cref="InputException">They are not whole numbers.</exception>
    public static long[] Values(ArrayStore store, string name)
    {
        using var array = store.Open(name);
        var (header, label) = (array.Header, array.Label);
        if (header.Shape is { Length: > 2 } or [] or [_, 0])
        {
            throw new InputException($"{label} has the shape {array.ShapeText}, expected one label an example, [N] or [N, 1].");
        }

        if (header.Count == 0 || header.Count > Array.MaxLength)
        {
            throw new InputException($"{label} has {header.Count} labels, expected 1 to {Array.MaxLength}.");
        }

        // Two 64-bit integers per label: the value and then its class number; several for a row of one-hot labels.
        MemoryGuard.Require(label, "one label", 4 * sizeof(long), header.Count, "save fewer examples");

        if (header.Shape is [> 1, > 1])
        {
            return OneHotLabels.Read(array);
        }

        var values = new long[header.Count];
        array.Read(
            (first, elements) =>
            {
                for (var i = 0; i < elements.Length / header.ItemBytes; i++)
                {
                    values[first + i] = Value(elements.Slice(i * header.ItemBytes, header.ItemBytes), header.Kind, label);
                }
            }
        );
        return header.Shape is not [1, > 1]
            ? values
            : throw new InputException(
                $"{label} has the shape {array.ShapeText}, one row of labels, expected one label an example, [N] or [N, 1]; save y.ravel()."
            );
    }

    private static long Value(ReadOnlySpan<byte> bytes, char kind, string label)
    {
        if (kind != 'f')
        {
            return Value(bytes, kind == 'i', label);
        }

        var value = bytes.Length == 8 ? BinaryPrimitives.ReadDoubleLittleEndian(bytes) : ArrayVectors.Value(bytes, kind);
        return Math.Abs(value) <= 1L << 53 && Math.Floor(value) == value
            ? (long)value
            : throw new InputException(
                double.IsNaN(value)
                    ? $"{label} has a label that is NaN, which is none; leave out examples without a label."
                    : FormattableString.Invariant(
                        $"{label} has a label of {value}, expected classes, as whole numbers. {ClassList.Quantity}"
                    )
            );
    }

    private static long Value(ReadOnlySpan<byte> bytes, bool isSigned, string label) =>
        (bytes.Length, isSigned) switch
        {
            (1, true) => (sbyte)bytes[0],
            (1, false) => bytes[0],
            (2, true) => BinaryPrimitives.ReadInt16LittleEndian(bytes),
            (2, false) => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
            (4, true) => BinaryPrimitives.ReadInt32LittleEndian(bytes),
            (4, false) => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
            (_, true) => BinaryPrimitives.ReadInt64LittleEndian(bytes),
            (_, false) when BinaryPrimitives.ReadUInt64LittleEndian(bytes) is var value and <= long.MaxValue => (long)value,
            _ => throw new InputException(
                $"{label} has a label of {BinaryPrimitives.ReadUInt64LittleEndian(bytes)}, expected at most {long.MaxValue}."
            ),
        };
}
