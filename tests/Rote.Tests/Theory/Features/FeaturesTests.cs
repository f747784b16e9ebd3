using Rote.Tensors;
using Rote.Tests.Support;
using Rote.Theory.Features;
using static TorchSharp.torch;

namespace Rote.Tests.Theory.Features;

[NoTensorLeaks]
public sealed class FeaturesTests
{
    [Fact]
    public void Pixels_are_divided_by_255_in_the_order_of_the_picture()
    {
        using var scope = NewDisposeScope();
        var pixels = tensor(new byte[] { 0, 51, 102, 255 }, [1, 2, 1, 2], uint8);
        Assert.Equal([0f, 0.2f, 0.4f, 1f], new PixelFeatures(4).Compute(pixels, 0, CancellationToken.None).data<float>().ToArray());
    }

    [Fact]
    public void A_wavelet_has_mean_0_and_size_1()
    {
        using var scope = NewDisposeScope();
        var bank = GaborFeatures.Bank(4);
        Assert.Equal([16, 1, 11, 11], bank.shape);
        Assert.Equal(0, bank.mean([1L, 2L, 3L]).abs().max().item<float>(), 1e-6);
        Assert.Equal(1, bank.square().sum([1L, 2L, 3L]).min().item<float>(), 1e-5);
    }

    // A picture of one wave answers most to the wavelet of its length and direction. Angle 0 is a wave along x, k = 4 one along y.
    [Theory]
    [InlineData(4, 0)]
    [InlineData(8, 0)]
    [InlineData(8, 4)]
    public void A_wave_is_found_by_its_length_and_direction(double wavelength, int direction)
    {
        using var scope = NewDisposeScope();
        var features = new GaborFeatures(32, 1);
        var pixels = new byte[32 * 32];
        for (var i = 0; i < pixels.Length; i++)
        {
            var along = direction == 0 ? i % 32 : i / 32;
            pixels[i] = (byte)(128 + (100 * Math.Cos(2 * Math.PI * along / wavelength)));
        }

        var answer = features.Compute(tensor(pixels, [1, 32, 32, 1], uint8), 0, CancellationToken.None);
        Assert.Equal(features.Dimension, answer.shape[1]);

        // [wavelength, direction, cell row, cell column]: the middle cells, away from the picture's border.
        var middle = answer.reshape(3, 8, 8, 8).narrow(2, 2, 4).narrow(3, 2, 4).mean([2L, 3L]).reshape(-1);
        Assert.Equal(((wavelength == 4 ? 0 : 2) * 8) + direction, middle.argmax().item<long>());
    }

    [Fact]
    public void A_picture_without_structure_has_no_wavelets_in_its_middle()
    {
        using var scope = NewDisposeScope();
        var answer = new GaborFeatures(32, 1).Compute(full([1, 32, 32, 1], 200, uint8), 0, CancellationToken.None);
        Assert.Equal(0, answer.reshape(3, 8, 8, 8).narrow(2, 3, 2).narrow(3, 3, 2).max().item<float>(), 1e-2);
    }

    [Fact]
    public void Patch_features_are_the_naive_loop()
    {
        using var scope = NewDisposeScope();
        using var data = Samples.Noise(60, 1, side: 9, channels: 2);
        using var features = new PatchFeatures(data.Train.Pixels, 5, new Seeds(1));
        var answer = features.Compute(data.Train.Pixels.narrow(0, 0, 2), 0, CancellationToken.None);
        Assert.Equal([2, 40], answer.shape);
        for (var filter = 0; filter < 5; filter++)
        {
            // Four positions a row of 9 − 6 + 1, of which the first two are the upper and left half.
            var sums = new double[2, 2];
            for (var position = 0; position < 16; position++)
            {
                var response = Response(data.Train.Pixels, features, filter, position / 4, position % 4);
                sums[position / 4 / 2, position % 4 / 2] += Math.Max(response - 0.25, 0) / 4;
            }

            for (var quadrant = 0; quadrant < 4; quadrant++)
            {
                Assert.Equal(sums[quadrant / 2, quadrant % 2], answer[0, (filter * 4) + quadrant].item<float>(), 1e-4);
            }
        }
    }

    [Fact]
    public void Many_filters_come_in_blocks()
    {
        using var scope = NewDisposeScope();
        using var data = Samples.Noise(20, 1, side: 8);
        using var features = new PatchFeatures(data.Train.Pixels, 700, new Seeds(1));
        Assert.Equal((2, 5_600), (features.Blocks, features.Dimension));
        Assert.Equal([20, 4_096], features.Compute(data.Train.Pixels, 0, CancellationToken.None).shape);
        Assert.Equal([20, 1_504], features.Compute(data.Train.Pixels, 1, CancellationToken.None).shape);
    }

    private static double Response(Tensor pixels, PatchFeatures features, int filter, int row, int column)
    {
        var patch = new double[72];
        for (var i = 0; i < patch.Length; i++)
        {
            patch[i] = pixels[0, row + (i % 36 / 6), column + (i % 6), i / 36].item<byte>() / 255.0;
        }

        var mean = patch.Average();
        var size = Math.Sqrt(patch.Sum(v => (v - mean) * (v - mean))) + 0.05;
        return patch
            .Select((v, i) => (((v - mean) / size) - features.Mean[i, 0].item<float>()) * features.Weights[filter, i].item<float>())
            .Sum();
    }
}
