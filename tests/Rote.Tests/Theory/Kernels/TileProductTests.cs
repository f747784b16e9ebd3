using Rote.Tensors;
using Rote.Theory.Kernels;

namespace Rote.Tests.Theory.Kernels;

public sealed class TileProductTests
{
    private const int Lanes = TileProduct.Lanes;

    // Heights and widths around the eight rows and 256 columns of a step.
    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 3)]
    [InlineData(8, 256)]
    [InlineData(19, 257)]
    [InlineData(16, 600)]
    public void It_is_the_naive_loop(int height, int width)
    {
        var stream = new Seeds(1).Stream("tile");
        var (tile, p, q) = (Draw(height * width), Draw(width * Lanes), Draw(height * Lanes));
        var (rows, columns) = (Draw(height * Lanes), Draw(width * Lanes));
        var (rowsBefore, columnsBefore) = ((float[])rows.Clone(), (float[])columns.Clone());
        TileProduct.Add(tile, p, q, rows, columns);
        for (var lane = 0; lane < Lanes; lane++)
        {
            for (var i = 0; i < height; i++)
            {
                var sum = Enumerable.Range(0, width).Sum(j => (double)tile[(i * width) + j] * p[(j * Lanes) + lane]);
                Assert.Equal(rowsBefore[(i * Lanes) + lane] + sum, rows[(i * Lanes) + lane], 1e-3);
            }

            for (var j = 0; j < width; j++)
            {
                var sum = Enumerable.Range(0, height).Sum(i => (double)tile[(i * width) + j] * q[(i * Lanes) + lane]);
                Assert.Equal(columnsBefore[(j * Lanes) + lane] + sum, columns[(j * Lanes) + lane], 1e-3);
            }
        }

        float[] Draw(int count)
        {
            var values = new float[count];
            stream.FillGaussian(values);
            return values;
        }
    }

    [Fact]
    public void Lengths_that_do_not_fit_are_refused()
    {
        var vector = new float[Lanes];
        Assert.Throws<ArgumentException>(() => TileProduct.Add(new float[2], vector, vector, new float[Lanes], new float[Lanes]));
        Assert.Throws<ArgumentException>(() => TileProduct.Add(new float[1], vector, vector, [], new float[Lanes]));
        Assert.Throws<ArgumentException>(() => TileProduct.Add(new float[1], vector, vector, new float[Lanes], []));
    }
}
