using System.Buffers.Binary;

namespace Rote.Data.Formats.Numpy;

/// <summary>Labels from arrays: whole numbers, gaps allowed; the classes are the distinct values in ascending order.</summary>
/// <param name="ClassNames">The values.</param>
/// <param name="Train">[N] class numbers.</param>
/// <param name="Test">[M] class numbers; null if there is no such array.</param>
internal sealed record ArrayLabels(IReadOnlyList<string> ClassNames, long[] Train, long[]? Test)
{
    /// <summary>Reads the label arrays.</summary>
    /// <exception cref="InputException">They are no labels, of one class only, or the test has a label that training lacks.</exception>
    public static ArrayLabels Read(ArrayStore store, ArrayLayout layout)
    {
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
                throw new InputException($"{store.Path}: the label of example {stranger} of {arrays.Labels} is {test[stranger]}, which {layout.Labels} lacks; expected classes that can be learned.");
            }
        }

        return new ArrayLabels([.. classes.Select(c => $"{c}")], Numbers(train), test is null ? null : Numbers(test));

        long[] Numbers(long[] values) => Array.ConvertAll(values, v => numbers[v]);
    }

    /// <summary>Reads whole numbers.</summary>
    /// <exception cref="InputException">They are none.</exception>
    public static long[] Values(ArrayStore store, string name)
    {
        using var array = store.Open(name);
        var (header, label) = (array.Header, array.Label);
        if (header.Shape is [_, > 1] or { Length: > 2 } or [])
        {
            var oneHot = header.Shape is [_, > 1] ? "; for one-hot labels save y.argmax(axis=1)" : "";
            throw new InputException($"{label} has the shape {array.ShapeText}, expected one label an example, [N] or [N, 1]{oneHot}.");
        }

        if (header.Kind == 'f')
        {
            throw new InputException($"{label} has elements of type {header.TypeName}, expected whole numbers; save y.astype(\"int64\").");
        }

        if (header.Count == 0 || header.Count > Array.MaxLength)
        {
            throw new InputException($"{label} has {header.Count} labels, expected 1 to {Array.MaxLength}.");
        }

        // As numbers of 64 bits: the values, and then the classes that stand for them.
        MemoryGuard.Require(label, "one label", 2 * sizeof(long), header.Count, "save fewer examples");

        var values = new long[header.Count];
        array.Read((first, elements) =>
        {
            for (var i = 0; i < elements.Length / header.ItemBytes; i++)
            {
                values[first + i] = Value(elements.Slice(i * header.ItemBytes, header.ItemBytes), header.Kind == 'i', label);
            }
        });
        return values;
    }

    private static long Value(ReadOnlySpan<byte> bytes, bool isSigned, string label) => (bytes.Length, isSigned) switch
    {
        (1, true) => (sbyte)bytes[0],
        (1, false) => bytes[0],
        (2, true) => BinaryPrimitives.ReadInt16LittleEndian(bytes),
        (2, false) => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        (4, true) => BinaryPrimitives.ReadInt32LittleEndian(bytes),
        (4, false) => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        (_, true) => BinaryPrimitives.ReadInt64LittleEndian(bytes),
        (_, false) when BinaryPrimitives.ReadUInt64LittleEndian(bytes) is var value and <= long.MaxValue => (long)value,
        _ => throw new InputException($"{label} has a label of {BinaryPrimitives.ReadUInt64LittleEndian(bytes)}, expected at most {long.MaxValue}."),
    };
}
