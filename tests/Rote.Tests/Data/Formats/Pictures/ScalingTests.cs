using Rote.Data;
using Rote.Data.Formats.Pictures;
using SkiaSharp;

namespace Rote.Tests.Data.Formats.Pictures;

public sealed class ScalingTests
{
    private static readonly Gen<(int Length, int Kept, int Size, bool IsReversed)> Axis =
        from length in Gen.Int[1, 200]
        from kept in Gen.Int[1, length]
        from size in Gen.Int[1, 80]
        from isReversed in Gen.Bool
        select (length, kept, size, isReversed);

    [Fact]
    public void Weights_add_up_to_one_and_stay_on_the_axis() =>
        Axis.Sample(a =>
            Taps.Of(a.Length, a.Kept, a.Size, a.IsReversed)
                .All(t =>
                    Math.Abs(t.Weights.Sum() - 1) < 1e-5
                    && t.Weights.All(w => w > 0)
                    && t.Start >= 0
                    && t.Start + t.Weights.Length <= a.Length
                )
        );

    [Fact]
    public void When_shrinking_every_source_value_counts_the_same() =>
        Axis.Where(a => a.Kept >= a.Size)
            .Sample(a =>
            {
                var total = new double[a.Length];
                foreach (var (start, weights) in Taps.Of(a.Length, a.Kept, a.Size).Select(t => (t.Start, t.Weights)))
                {
                    for (var k = 0; k < weights.Length; k++)
                    {
                        total[start + k] += weights[k];
                    }
                }

                var used = total.Where(t => t > 0).ToList();
                return used.Count == a.Kept && used.All(t => Math.Abs(t - ((double)a.Size / a.Kept)) < 1e-5);
            });

    [Fact]
    public void Equal_sizes_copy() =>
        Assert.All(
            Taps.Of(33, 32, 32).Index(),
            t => Assert.Equal((t.Index, 1f, 1), (t.Item.Start, t.Item.Weights[0], t.Item.Weights.Length))
        );

    [Fact]
    public void Halving_averages_pairs() =>
        Assert.Equal([(0, "0.5 0.5"), (2, "0.5 0.5")], Taps.Of(4, 4, 2).Select(t => (t.Start, string.Join(' ', t.Weights))));

    // Between the centres of the values, at 1/4 and 3/4 of the way; the ends are held.
    [Fact]
    public void Doubling_interpolates() =>
        Assert.Equal(
            [(0, "1"), (0, "0.75 0.25"), (0, "0.25 0.75"), (1, "1")],
            Taps.Of(2, 2, 4).Select(t => (t.Start, string.Join(' ', t.Weights)))
        );

    [Fact]
    public void The_fast_scaling_is_the_sum_over_all_pixels() =>
        Gen.Select(Gen.Int[1, 12], Gen.Int[1, 12], Gen.Int[1, 15], Gen.Byte.Array[12 * 12 * 4])
            .Sample(
                (rows, columns, size, bytes) =>
                {
                    var source = bytes.AsSpan(0, rows * columns * 4).ToArray();
                    var found = new byte[size * size * 3];
                    Scaling.Fit(new Raster(source, rows, columns), SKEncodedOrigin.TopLeft, size, PictureFit.Crop, found);
                    return found.Zip(Naive(source, rows, columns, size)).All(pair => Math.Abs(pair.First - pair.Second) <= 0.501);
                }
            );

    [Fact]
    public void Grey_stays_grey_whatever_the_scale() =>
        Gen.Select(Gen.Int[1, 12], Gen.Int[1, 12], Gen.Int[1, 15], Gen.Byte.Array[12 * 12])
            .Sample(
                (rows, columns, size, values) =>
                {
                    byte[] source = [.. values.SelectMany(v => new byte[] { v, v, v, 255 })];
                    var found = new byte[size * size * 3];
                    Scaling.Fit(
                        new Raster(source.AsSpan(0, rows * columns * 4), rows, columns),
                        SKEncodedOrigin.TopLeft,
                        size,
                        PictureFit.Crop,
                        found
                    );
                    return found.Chunk(3).All(p => p[0] == p[1] && p[1] == p[2]);
                }
            );

    // A picture of 2 rows and 3 columns with the values 1 to 6; the upright ones after EXIF 2.3, tag 274.
    [Theory]
    [InlineData(SKEncodedOrigin.TopLeft, "123456")]
    [InlineData(SKEncodedOrigin.TopRight, "321654")]
    [InlineData(SKEncodedOrigin.BottomRight, "654321")]
    [InlineData(SKEncodedOrigin.BottomLeft, "456123")]
    [InlineData(SKEncodedOrigin.LeftTop, "142536")]
    [InlineData(SKEncodedOrigin.RightTop, "415263")]
    [InlineData(SKEncodedOrigin.RightBottom, "635241")]
    [InlineData(SKEncodedOrigin.LeftBottom, "362514")]
    public void Pictures_are_turned_upright(SKEncodedOrigin origin, string upright)
    {
        byte[] source = [.. Enumerable.Range(1, 6).SelectMany(v => new byte[] { (byte)v, (byte)v, (byte)v, 255 })];
        var found = new byte[18];
        Scaling.Fit(new Raster(source, 2, 3), origin, size: null, PictureFit.Crop, found);
        Assert.Equal(upright, string.Concat(found.Where((_, i) => i % 3 == 0)));
    }

    // 1 row of 4 to a square of 1 (the crop keeps column 1, and a rest of 3 is cut 1 at the left and 2 at the right), as the eye sees it.
    [Theory]
    [InlineData(SKEncodedOrigin.TopLeft, 2)]
    [InlineData(SKEncodedOrigin.TopRight, 3)]
    public void An_odd_rest_is_cut_at_the_right_of_the_upright_picture(SKEncodedOrigin origin, int expected)
    {
        byte[] source = [.. Enumerable.Range(1, 4).SelectMany(v => new byte[] { (byte)v, (byte)v, (byte)v, 255 })];
        var found = new byte[3];
        Scaling.Fit(new Raster(source, 1, 4), origin, size: 1, PictureFit.Crop, found);
        Assert.Equal(expected, found[0]);
    }

    private static IEnumerable<double> Naive(byte[] source, int rows, int columns, int size)
    {
        var side = Math.Min(rows, columns);
        var (down, across) = (Taps.Of(rows, side, size), Taps.Of(columns, side, size));
        for (var r = 0; r < size; r++)
        {
            for (var c = 0; c < size; c++)
            {
                for (var p = 0; p < 3; p++)
                {
                    var sum = 0.0;
                    for (var y = 0; y < down[r].Weights.Length; y++)
                    {
                        for (var x = 0; x < across[c].Weights.Length; x++)
                        {
                            var at = 4 * (((down[r].Start + y) * columns) + across[c].Start + x);
                            var opacity = source[at + 3] / 255.0;
                            sum += down[r].Weights[y] * across[c].Weights[x] * ((opacity * source[at + p]) + ((1 - opacity) * 255));
                        }
                    }

                    yield return sum;
                }
            }
        }
    }
}
