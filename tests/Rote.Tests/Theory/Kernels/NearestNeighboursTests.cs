using Rote.Tests.Support;
using Rote.Theory.Kernels;
using static TorchSharp.torch;

namespace Rote.Tests.Theory.Kernels;

[NoTensorLeaks]
public sealed class NearestNeighboursTests
{
    // Tiles of 2: pairs within a tile, across tiles, and one row that two others want.
    [Fact]
    public void The_nearest_pairs_come_first_and_no_row_is_in_two()
    {
        using var scope = NewDisposeScope();
        var whole = eye(7, dtype: float32);
        Set(0, 1, 0.9f);
        Set(2, 5, 0.95f);
        Set(5, 6, 0.94f);
        Set(3, 4, 0.3f);
        using var tiles = Tiles(whole, 2);
        var pairs = NearestNeighbours.Pairs(tiles, 0.5, CancellationToken.None);
        Assert.Equal([(2, 5), (0, 1)], pairs.Select(pair => (pair.First, pair.Second)));
        Assert.Equal([0.95, 0.9], pairs.Select(pair => Math.Round(pair.Kernel, 6)));
        Assert.Equal(3, NearestNeighbours.Pairs(tiles, 0.2, CancellationToken.None).Count);
        Assert.Empty(NearestNeighbours.Pairs(tiles, 0.99, CancellationToken.None));

        void Set(int row, int column, float value) => whole[row, column] = whole[column, row] = value;
    }

    [Fact]
    public void One_row_has_no_neighbour()
    {
        using var tiles = new SymmetricTiles(1, 1);
        using (var scope = NewDisposeScope())
        {
            tiles.Tile(0, 0).fill_(1);
        }

        Assert.Empty(NearestNeighbours.Pairs(tiles, 0.5, CancellationToken.None));
    }

    private static SymmetricTiles Tiles(Tensor whole, int side)
    {
        var tiles = new SymmetricTiles((int)whole.shape[0], side);
        foreach (var (row, column) in tiles.Places)
        {
            var ((top, height), (left, width)) = (tiles.Range(row), tiles.Range(column));
            tiles.Tile(row, column).copy_(whole.narrow(0, top, height).narrow(1, left, width));
        }

        return tiles;
    }
}
