using Rote.Tests.Support;
using Rote.Theory.Kernels;
using static TorchSharp.torch;

namespace Rote.Tests.Theory.Kernels;

[NoTensorLeaks]
public sealed class SymmetricTilesTests
{
    // Sizes that the side divides, does not divide, and is larger than; more vectors than the processor takes at once.
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(40, 8, 3)]
    [InlineData(61, 8, 10)]
    [InlineData(61, 17, 16)]
    [InlineData(30, 64, 10)]
    [InlineData(50, 16, 23)]
    public void Every_product_is_that_of_the_whole_matrix(int size, int side, int count)
    {
        using var scope = NewDisposeScope();
        var whole = Whole(size);
        using var tiles = Tiles(whole, side);
        var vectors = randn(count, size, dtype: float64);
        var naive = vectors.mm(whole.to(float64));
        Assert.Equal(0, tiles.MultiplyExactly(vectors).sub(naive).abs().max().item<double>(), 1e-12);

        // Rounding a vector, a product and a sum of up to 64 terms: some 10⁻⁷ of the largest sum of sizes.
        var scale = 1e-6 * size;
        Assert.InRange(tiles.Multiply(vectors).sub(naive).abs().max().item<double>(), 0, scale);
        Assert.InRange(tiles.MultiplyByLibrary(vectors).sub(naive).abs().max().item<double>(), 0, scale);
    }

    [Fact]
    public void Half_the_numbers_are_kept() =>
        Gen.Select(Gen.Int[1, 300], Gen.Int[1, 70])
            .Sample(
                (size, side) =>
                {
                    using var tiles = new SymmetricTiles(size, side);
                    var numbers = tiles.Places.Sum(place => (long)tiles.Range(place.Row).Count * tiles.Range(place.Column).Count);
                    return numbers == tiles.Numbers && numbers == SymmetricTiles.NumbersOf(size, side);
                }
            );

    [Fact]
    public void Vectors_of_another_length_are_refused()
    {
        using var scope = NewDisposeScope();
        using var tiles = new SymmetricTiles(5, 2);
        Assert.Contains(
            "expected [*, 5]",
            Assert.Throws<ArgumentException>(() => tiles.Multiply(zeros(2, 4, float64))).Message,
            StringComparison.Ordinal
        );
    }

    private static Tensor Whole(int size)
    {
        var half = randn(size, size);
        return half.add(half.t());
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
