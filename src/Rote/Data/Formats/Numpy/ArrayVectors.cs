using System.Buffers.Binary;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Rote.Data.Formats.Numpy;

/// <summary>Reads vectors from a two-dimensional array of any plain dtype and scale: a row is an example, a column a feature.</summary>
internal static class ArrayVectors
{
    /// <summary>The most features a vector may have.</summary>
    public const int MostFeatures = 65_536;

    /// <summary>Whether an array holds vectors.</summary>
    public static bool IsIn(NpyArray array) => array.Header.Shape.Length == 2;

    /// <summary>Reads an array of vectors.</summary>
    /// <param name="array">The array, at its first element.</param>
    /// <param name="isSplitLater">Whether a copy will be made later, which must also fit into memory.</param>
    /// <returns>[N, D] float32, or float64 where float32 would round (<see cref="VectorPrecision"/>); every value finite, in the caller's
    /// scope.</returns>
    /// <exception cref="InputException">The shape is not that of vectors, or a value is not finite as float32.</exception>
    /// <exception cref="MachineException">It does not fit into memory.</exception>
    public static Tensor Read(NpyArray array, bool isSplitLater)
    {
        var (header, label) = (array.Header, array.Label);
        var (count, features) = (header.Shape[0], header.Shape[1]);
        if (count is 0 or > int.MaxValue || features is 0 or > MostFeatures)
        {
            throw new InputException(
                $"{label} has the shape {array.ShapeText}, expected vectors [N, D] with at least one example of 1 to {MostFeatures} "
                    + $"features."
            );
        }

        var isWide = header.ItemBytes >= 8 || (header.ItemBytes == 4 && header.Kind != 'f');
        var copies = isSplitLater || header.IsFortranOrder || isWide ? 2 : 1;
        MemoryGuard.Require(
            label,
            $"{features} features",
            copies * (isWide ? sizeof(double) : sizeof(float)) * features,
            count,
            "save fewer examples, or fewer features"
        );
        using var scope = NewDisposeScope();
        var stored = empty(header.IsFortranOrder ? [features, count] : [count, features], isWide ? float64 : float32);
        Fill(array, stored.flatten());
        var vectors = (header.IsFortranOrder ? stored.t() : stored).contiguous(); // [N, D]
        RequireFinite(vectors, label);
        return (isWide ? VectorPrecision.Narrow(vectors) : vectors).MoveToOuterDisposeScope();
    }

    /// <summary>Throws if a value is not finite as float32.</summary>
    /// <param name="vectors">[N, D] float32 or float64.</param>
    /// <param name="label">Their name in the message.</param>
    /// <exception cref="InputException">A value is not finite as float32; the message names its row and column, from 0.</exception>
    private static void RequireFinite(Tensor vectors, string label)
    {
        const int Part = 1000;
        for (var start = 0L; start < vectors.shape[0]; start += Part)
        {
            using var scope = NewDisposeScope();
            // [wrong, 2]
            var wrong = vectors.narrow(0, start, Math.Min(Part, vectors.shape[0] - start)).to(float32).isfinite().logical_not().nonzero();
            if (wrong.shape[0] > 0)
            {
                var first = wrong[0].data<long>().ToArray();
                throw new InputException(
                    $"{label}: row {start + first[0]} has a value that is not a number or not finite as float32, in column {first[1]} "
                        + $"(both from 0); fill or remove such rows."
                );
            }
        }
    }

    private static void Fill(NpyArray array, Tensor flat)
    {
        var (kind, bytes) = (array.Header.Kind, array.Header.ItemBytes);
        array.Read(
            (first, elements) =>
            {
                using var scope = NewDisposeScope();
                var target = flat.narrow(0, first, elements.Length / bytes).bytes;
                if (flat.dtype == float64)
                {
                    FillWide(MemoryMarshal.Cast<byte, double>(target), elements, kind, bytes);
                    return;
                }

                var floats = MemoryMarshal.Cast<byte, float>(target);
                for (var i = 0; i < floats.Length; i++)
                {
                    floats[i] = Value(elements.Slice(i * bytes, bytes), kind);
                }
            }
        );
    }

    private static void FillWide(Span<double> target, ReadOnlySpan<byte> elements, char kind, int bytes)
    {
        for (var i = 0; i < target.Length; i++)
        {
            var element = elements.Slice(i * bytes, bytes);
            target[i] = (kind, bytes) switch
            {
                ('f', _) => BinaryPrimitives.ReadDoubleLittleEndian(element),
                ('i', 4) => BinaryPrimitives.ReadInt32LittleEndian(element),
                (_, 4) => BinaryPrimitives.ReadUInt32LittleEndian(element),
                ('i', _) => BinaryPrimitives.ReadInt64LittleEndian(element),
                _ => BinaryPrimitives.ReadUInt64LittleEndian(element),
            };
        }
    }

    /// <summary>Returns an element as float32.</summary>
    /// <param name="element">Its bytes, little-endian.</param>
    /// <param name="kind">NumPy's letter for its dtype.</param>
    public static float Value(ReadOnlySpan<byte> element, char kind) =>
        (kind, element.Length) switch
        {
            ('f', 2) => (float)BinaryPrimitives.ReadHalfLittleEndian(element),
            ('f', 4) => BinaryPrimitives.ReadSingleLittleEndian(element),
            ('f', _) => (float)BinaryPrimitives.ReadDoubleLittleEndian(element),
            ('i', 1) => (sbyte)element[0],
            (_, 1) => element[0],
            ('i', 2) => BinaryPrimitives.ReadInt16LittleEndian(element),
            (_, 2) => BinaryPrimitives.ReadUInt16LittleEndian(element),
            ('i', 4) => BinaryPrimitives.ReadInt32LittleEndian(element),
            (_, 4) => BinaryPrimitives.ReadUInt32LittleEndian(element),
            ('i', _) => BinaryPrimitives.ReadInt64LittleEndian(element),
            _ => BinaryPrimitives.ReadUInt64LittleEndian(element),
        };
}
