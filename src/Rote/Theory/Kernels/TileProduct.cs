using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Rote.Theory.Kernels;

/// <summary>Multiplies a tile by up to 16 vectors, and its transpose by up to 16 others, in one pass over the tile.</summary>
/// <remarks>Sixteen vectors lie side by side, so one 512-bit register holds the numbers of all of them for a matrix element. That makes two
/// fused multiply-adds per element, which two cores compute faster than memory delivers. A matrix product of libtorch with ten columns
/// takes several times as long.</remarks>
internal static class TileProduct
{
    /// <summary>The number of vectors multiplied at once.</summary>
    public const int Lanes = 16;

    // The number of rows whose sums stay in registers, and of columns whose vectors stay in the L1 cache.
    private const int RowsAStep = 8;
    private const int ColumnsAStep = 256;

    /// <summary>Whether this processor has 512-bit registers.</summary>
    public static bool IsSupported => Vector512.IsHardwareAccelerated;

    /// <summary>Adds T·P to the rows' sums and Tᵀ·Q to the columns' sums.</summary>
    /// <param name="tile">[H, W] row after row.</param>
    /// <param name="columns">[W, 16] the vectors P at the tile's columns.</param>
    /// <param name="rows">[H, 16] the vectors Q at the tile's rows.</param>
    /// <param name="rowSums">[H, 16] added to.</param>
    /// <param name="columnSums">[W, 16] added to.</param>
    public static void Add(
        ReadOnlySpan<float> tile,
        ReadOnlySpan<float> columns,
        ReadOnlySpan<float> rows,
        Span<float> rowSums,
        Span<float> columnSums
    )
    {
        var (height, width) = (rows.Length / Lanes, columns.Length / Lanes);
        if (tile.Length != height * width || rowSums.Length != rows.Length || columnSums.Length != columns.Length)
        {
            throw new ArgumentException(
                $"A tile of {tile.Length} numbers does not fit {height} rows and {width} columns, or their sums do not.",
                nameof(tile)
            );
        }

        for (var left = 0; left < width; left += ColumnsAStep)
        {
            var count = Math.Min(ColumnsAStep, width - left);
            var p = columns.Slice(left * Lanes, count * Lanes);
            var sums = columnSums.Slice(left * Lanes, count * Lanes);
            var top = 0;
            for (; top <= height - RowsAStep; top += RowsAStep)
            {
                EightRows(
                    tile[((top * width) + left)..],
                    width,
                    p,
                    rows.Slice(top * Lanes, RowsAStep * Lanes),
                    rowSums.Slice(top * Lanes, RowsAStep * Lanes),
                    sums
                );
            }

            for (; top < height; top++)
            {
                OneRow(tile.Slice((top * width) + left, count), p, rows.Slice(top * Lanes, Lanes), rowSums.Slice(top * Lanes, Lanes), sums);
            }
        }
    }

    private static void OneRow(
        ReadOnlySpan<float> tile,
        ReadOnlySpan<float> p,
        ReadOnlySpan<float> q,
        Span<float> rowSum,
        Span<float> columnSums
    )
    {
        var sum = Vector512.Create((ReadOnlySpan<float>)rowSum);
        var own = Vector512.Create(q);
        for (var j = 0; j < tile.Length; j++)
        {
            var element = Vector512.Create(tile[j]);
            var at = columnSums.Slice(j * Lanes, Lanes);
            sum = Vector512.FusedMultiplyAdd(element, Vector512.Create(p.Slice(j * Lanes, Lanes)), sum);
            Vector512.FusedMultiplyAdd(element, own, Vector512.Create((ReadOnlySpan<float>)at)).CopyTo(at);
        }

        sum.CopyTo(rowSum);
    }

    /// <summary>Does the same for eight rows, and reads a column's vectors and sums once for all of them. The caller checks the
    /// lengths.</summary>
    private static void EightRows(
        ReadOnlySpan<float> tile,
        int stride,
        ReadOnlySpan<float> p,
        ReadOnlySpan<float> q,
        Span<float> rowSums,
        Span<float> columnSums
    )
    {
        ref readonly var t = ref tile[0];
        ref readonly var vectors = ref p[0];
        ref var sums = ref columnSums[0];
        var (q0, q1, q2, q3) = (Row(q, 0), Row(q, 1), Row(q, 2), Row(q, 3));
        var (q4, q5, q6, q7) = (Row(q, 4), Row(q, 5), Row(q, 6), Row(q, 7));
        var (s0, s1, s2, s3) = (Row(rowSums, 0), Row(rowSums, 1), Row(rowSums, 2), Row(rowSums, 3));
        var (s4, s5, s6, s7) = (Row(rowSums, 4), Row(rowSums, 5), Row(rowSums, 6), Row(rowSums, 7));
        for (var j = 0; j < p.Length / Lanes; j++)
        {
            var vector = Vector512.LoadUnsafe(in vectors, (nuint)(j * Lanes));
            var even = Vector512.LoadUnsafe(in sums, (nuint)(j * Lanes));
            var odd = Vector512<float>.Zero;
            Element(in t, j, vector, q0, ref s0, ref even);
            Element(in t, j + stride, vector, q1, ref s1, ref odd);
            Element(in t, j + (2 * stride), vector, q2, ref s2, ref even);
            Element(in t, j + (3 * stride), vector, q3, ref s3, ref odd);
            Element(in t, j + (4 * stride), vector, q4, ref s4, ref even);
            Element(in t, j + (5 * stride), vector, q5, ref s5, ref odd);
            Element(in t, j + (6 * stride), vector, q6, ref s6, ref even);
            Element(in t, j + (7 * stride), vector, q7, ref s7, ref odd);
            (even + odd).StoreUnsafe(ref sums, (nuint)(j * Lanes));
        }

        ReadOnlySpan<Vector512<float>> all = [s0, s1, s2, s3, s4, s5, s6, s7];
        for (var row = 0; row < RowsAStep; row++)
        {
            all[row].CopyTo(rowSums[(row * Lanes)..]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Element(
        ref readonly float tile,
        int index,
        Vector512<float> vector,
        Vector512<float> own,
        ref Vector512<float> rowSum,
        ref Vector512<float> columnSum
    )
    {
        var element = Vector512.Create(Unsafe.Add(ref Unsafe.AsRef(in tile), index));
        rowSum = Vector512.FusedMultiplyAdd(element, vector, rowSum);
        columnSum = Vector512.FusedMultiplyAdd(element, own, columnSum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Row(ReadOnlySpan<float> rows, int index) => Vector512.Create(rows.Slice(index * Lanes, Lanes));
}
