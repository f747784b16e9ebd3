using Rote.Audits.Checks;
using Rote.Data;
using Rote.Tests.Support;
using static TorchSharp.torch;

namespace Rote.Tests.Audits.Checks;

[NoTensorLeaks]
public sealed class PictureStatisticsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void The_fast_way_gives_what_plain_loops_give(int channels)
    {
        using var noise = Samples.Noise(5, 2, side: 13, channels: channels);
        var found = PictureStatistics.Of(noise.Train);
        for (var row = 0; row < noise.Train.Count; row++)
        {
            var light = Light(noise.Train, row);
            var mean = light.Cast<double>().Average();
            Assert.Equal(Math.Sqrt(light.Cast<double>().Average(x => (x - mean) * (x - mean))), found.Spread[row], 1e-3);
            Assert.Equal(Math.Min(Kept(light), Kept(Turned(light))), found.Sharpness[row], 1e-5);
            var strongest = Channels(noise.Train, row).Select(c => c.Max()).Order().ToArray();
            Assert.Equal(strongest[(int)Math.Ceiling(0.99 * strongest.Length) - 1], found.Brightest[row]);
            var weakest = Channels(noise.Train, row).Select(c => c.Min()).Order().ToArray();
            Assert.Equal(weakest[(int)Math.Ceiling(0.05 * weakest.Length) - 1], found.Darkest[row]);
        }
    }

    [Fact]
    public void Bytes_and_floats_give_the_same()
    {
        using var noise = Samples.Noise(4, 2, side: 12);
        using var floats = noise.Train.With(pixels: noise.Train.Pixels.to(float32));
        var (a, b) = (PictureStatistics.Of(noise.Train), PictureStatistics.Of(floats));
        Assert.Equal(a.Brightest, b.Brightest);
        Assert.Equal(a.Darkest, b.Darkest);
        Assert.Equal(a.Sharpness.Select(s => (float)s), b.Sharpness.Select(s => (float)s));
    }

    [Fact]
    public void A_picture_without_any_difference_has_no_sharpness_and_so_has_one_smaller_than_the_blur()
    {
        using var noise = Samples.Noise(3, 2, side: 12);
        noise.Train.Pixels.fill_(77);
        var found = PictureStatistics.Of(noise.Train);
        Assert.All(found.Sharpness, s => Assert.True(double.IsNaN(s)));
        Assert.All(found.Spread, s => Assert.Equal(0, s, 1e-3));
        using var small = Samples.Noise(3, 2, side: 6);
        Assert.All(PictureStatistics.Of(small.Train).Sharpness, s => Assert.True(double.IsNaN(s)));
    }

    [Fact]
    public void Vectors_are_refused_and_a_stop_is_obeyed()
    {
        using var vectors = new Dataset(zeros(3, 4), zeros(3, int64), ["a"], Split.Train, new Provenance("v", "test", ""));
        Assert.Throws<ArgumentException>(() => PictureStatistics.Of(vectors));
        using var noise = Samples.Noise(4, 2);
        Assert.Throws<OperationCanceledException>(() => PictureStatistics.Of(noise.Train, null, new CancellationToken(canceled: true)));
    }

    private static double[][] Channels(Dataset pictures, int row)
    {
        using var scope = NewDisposeScope();
        var values = pictures.Pixels[row].contiguous().data<byte>().ToArray();
        return [.. values.Chunk(pictures.Channels).Select(pixel => pixel.Select(v => (double)v).ToArray())];
    }

    private static double[,] Light(Dataset pictures, int row)
    {
        var light = new double[pictures.Height, pictures.Width];
        foreach (var (place, pixel) in Channels(pictures, row).Index())
        {
            light[place / pictures.Width, place % pictures.Width] =
                pixel.Length == 3 ? (0.299 * pixel[0]) + (0.587 * pixel[1]) + (0.114 * pixel[2]) : pixel.Average();
        }

        return light;
    }

    private static double[,] Turned(double[,] light)
    {
        var turned = new double[light.GetLength(1), light.GetLength(0)];
        foreach (
            var (i, j) in from i in Enumerable.Range(0, light.GetLength(0))
            from j in Enumerable.Range(0, light.GetLength(1))
            select (i, j)
        )
        {
            turned[j, i] = light[i, j];
        }

        return turned;
    }

    /// <summary>Crete et al. 2007, along the rows.</summary>
    private static double Kept(double[,] light)
    {
        var (height, width) = (light.GetLength(0), light.GetLength(1));
        double all = 0,
            lost = 0;
        for (var i = 0; i < height; i++)
        {
            double At(int j) => light[i, Math.Clamp(j, 0, width - 1)];
            double Blurred(int j) => Enumerable.Range(-4, 9).Average(d => At(j + d));
            for (var j = 1; j < width; j++)
            {
                all += Math.Abs(At(j) - At(j - 1));
                lost += Math.Max(0, Math.Abs(At(j) - At(j - 1)) - Math.Abs(Blurred(j) - Blurred(j - 1)));
            }
        }

        return lost / all;
    }
}
