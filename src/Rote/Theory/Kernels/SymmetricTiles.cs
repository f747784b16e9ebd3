using Rote.Tensors;
using static TorchSharp.torch;

namespace Rote.Theory.Kernels;

/// <summary>A symmetric float32 matrix that stores only the tiles on and above the diagonal: half the memory, and half the memory traffic
/// of a product.</summary>
/// <remarks>A product uses every tile twice while it is in the cache: for its own rows and, transposed, for those of its mirror image.
/// Vectors are rows, [K, N]: with ten vectors, libtorch is four times as fast with that layout as with [N, K].</remarks>
internal sealed class SymmetricTiles : IDisposable
{
    private readonly Tensor _buffer;

    /// <summary>Allocates the memory; the content is undefined.</summary>
    /// <param name="size">The number of rows N, at least 1.</param>
    /// <param name="side">The number of rows and columns of a tile; the last tiles may be smaller.</param>
    public SymmetricTiles(int size, int side)
    {
        (Size, Side, Rows) = (size, side, (size + side - 1) / side);
        _buffer = empty([NumbersOf(size, side)], float32).DetachFromDisposeScope();
    }

    /// <summary>The number of rows N of the matrix.</summary>
    public int Size { get; }

    /// <summary>The number of rows of a tile.</summary>
    public int Side { get; }

    /// <summary>The number of rows of tiles.</summary>
    public int Rows { get; }

    /// <summary>The number of stored elements.</summary>
    public long Numbers => _buffer.numel();

    /// <summary>The row and column of each tile, in memory order.</summary>
    public IEnumerable<(int Row, int Column)> Places
    {
        get
        {
            for (var row = 0; row < Rows; row++)
            {
                for (var column = row; column < Rows; column++)
                {
                    yield return (row, column);
                }
            }
        }
    }

    /// <summary>The number of elements that a matrix of a given size stores.</summary>
    public static long NumbersOf(long size, long side)
    {
        var (whole, rest) = (size / side, size % side);
        return (whole * (whole + 1) / 2 * side * side) + (whole * side * rest) + (rest * rest);
    }

    /// <summary>The matrix rows of a row of tiles: the first, and their number.</summary>
    public (int Start, int Count) Range(int row) => (row * Side, Math.Min(Side, Size - (row * Side)));

    /// <summary>Returns a tile as a view of the memory.</summary>
    /// <param name="row">In [0, <see cref="Rows"/>).</param>
    /// <param name="column">In [<paramref name="row"/>, <see cref="Rows"/>).</param>
    /// <returns>[rows, columns], in the caller's scope.</returns>
    public Tensor Tile(int row, int column)
    {
        var (height, width) = ((long)Range(row).Count, (long)Range(column).Count);
        return _buffer.narrow(0, Offset(row, column), height * width).view(height, width);
    }

    /// <summary>Multiplies by a few vectors: float32 products within a tile, float64 sums over the tiles.</summary>
    /// <param name="vectors">[K, N] float64; rounded to float32.</param>
    /// <returns>[K, N] float64.</returns>
    public Tensor Multiply(Tensor vectors)
    {
        Shape.Require(vectors, nameof(vectors), -1, Size);
        return TileProduct.IsSupported && vectors.shape[0] <= TileProduct.Lanes
            ? TiledProduct.Multiply(this, vectors)
            : MultiplyByLibrary(vectors);
    }

    /// <summary>Computes the same by libtorch, for other processors and more vectors.</summary>
    internal Tensor MultiplyByLibrary(Tensor vectors) => Multiply(vectors, float32);

    /// <summary>Multiplies the stored float32 elements in float64 arithmetic.</summary>
    /// <param name="vectors">[K, N] float64.</param>
    /// <returns>[K, N] float64.</returns>
    public Tensor MultiplyExactly(Tensor vectors) => Multiply(vectors, float64);

    /// <inheritdoc/>
    public void Dispose() => _buffer.Dispose();

    private Tensor Multiply(Tensor vectors, ScalarType type)
    {
        Shape.Require(vectors, nameof(vectors), -1, Size);
        using var scope = NewDisposeScope();
        var parts = Enumerable.Range(0, Rows).Select(row => Part(vectors, row).to(type).contiguous()).ToArray();
        var product = zeros(vectors.shape[0], Size, float64);
        foreach (var (row, column) in Places)
        {
            using var inner = NewDisposeScope();
            var tile = Tile(row, column).to(type);
            Part(product, row).add_(parts[column].mm(tile.t()));
            if (row != column)
            {
                Part(product, column).add_(parts[row].mm(tile));
            }
        }

        return product.MoveToOuterDisposeScope();
    }

    private Tensor Part(Tensor vectors, int row) => vectors.narrow(1, Range(row).Start, Range(row).Count);

    private long Offset(long row, long column)
    {
        // Rows of tiles above have full height; each row begins at its diagonal.
        var (start, count) = (row * Side, Math.Min(Side, Size - (row * Side)));
        var above = (start * Size) - (Side * Side * (row * (row - 1) / 2));
        return above + (count * Math.Max(0, (column - row) * Side));
    }
}
