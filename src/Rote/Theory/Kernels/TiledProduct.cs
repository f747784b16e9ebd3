using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Rote.Theory.Kernels;

/// <summary>Multiplies a symmetric matrix in tiles by up to 16 vectors on several threads: float32 within a tile, float64 sums over
/// tiles.</summary>
/// <remarks>Of T threads, each takes every T-th tile and keeps its own sums, which are added in order. The result depends on the number of
/// threads, but on nothing else.</remarks>
internal static class TiledProduct
{
    private const int Lanes = TileProduct.Lanes;

    /// <summary>Multiplies a matrix by vectors.</summary>
    /// <param name="matrix">The matrix.</param>
    /// <param name="vectors">[K, N] float64, K of 1 to 16; rounded to float32.</param>
    /// <returns>[K, N] float64, in the caller's scope.</returns>
    public static Tensor Multiply(SymmetricTiles matrix, Tensor vectors)
    {
        using var scope = NewDisposeScope();
        var count = vectors.shape[0];
        var side = zeros([matrix.Size, Lanes], float32);
        side.narrow(1, 0, count).copy_(vectors.t());
        var points = MemoryMarshal.Cast<byte, float>(side.bytes).ToArray();
        var places = matrix.Places.ToArray();
        var starts = places.Select(place => Address(matrix.Tile(place.Row, place.Column))).ToArray();
        var threads = get_num_threads();
        var sums = Enumerable.Range(0, threads).Select(_ => new double[points.Length]).ToArray();
        Parallel.For(
            0,
            threads,
            new ParallelOptions { MaxDegreeOfParallelism = threads },
            thread =>
            {
                var (rows, columns) = (new float[matrix.Side * Lanes], new float[matrix.Side * Lanes]);
                for (var i = thread; i < places.Length; i += threads)
                {
                    AddTile(matrix, places[i], starts[i], points, rows, columns, sums[thread]);
                }
            }
        );
        for (var thread = 1; thread < threads; thread++)
        {
            AddTo(sums[0], sums[thread]);
        }

        return tensor(sums[0], [matrix.Size, Lanes], float64).narrow(1, 0, count).t().contiguous().MoveToOuterDisposeScope();
    }

    private static unsafe void AddTile(
        SymmetricTiles matrix,
        (int Row, int Column) place,
        nint start,
        float[] points,
        float[] rowSums,
        float[] columnSums,
        double[] sums
    )
    {
        var ((top, height), (left, width)) = (matrix.Range(place.Row), matrix.Range(place.Column));
        var rows = rowSums.AsSpan(0, height * Lanes);
        var columns = columnSums.AsSpan(0, width * Lanes);
        rows.Clear();
        columns.Clear();
        var tile = new ReadOnlySpan<float>((void*)start, height * width);
        TileProduct.Add(tile, points.AsSpan(left * Lanes, width * Lanes), points.AsSpan(top * Lanes, height * Lanes), rows, columns);
        AddTo(sums.AsSpan(top * Lanes), rows);

        // A tile on the diagonal is its own mirror image.
        if (place.Row != place.Column)
        {
            AddTo(sums.AsSpan(left * Lanes), columns);
        }
    }

    private static void AddTo(Span<double> sums, ReadOnlySpan<float> part)
    {
        for (var i = 0; i < part.Length; i++)
        {
            sums[i] += part[i];
        }
    }

    private static void AddTo(double[] sums, double[] part)
    {
        for (var i = 0; i < part.Length; i++)
        {
            sums[i] += part[i];
        }
    }

    // The memory belongs to libtorch and does not move; the caller keeps the matrix alive.
    private static unsafe nint Address(Tensor tile)
    {
        using (tile)
        {
            return (nint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(tile.bytes));
        }
    }
}
