using Rote.Data;
using Rote.Tensors;
using Rote.Tests.Support;
using Rote.Training;
using Rote.Training.Augmentations;
using static TorchSharp.torch;

namespace Rote.Tests.Training.Augmentations;

[NoTensorLeaks]
public sealed class AugmenterTests
{
    [Fact]
    public void A_window_holds_the_pixels_that_a_naive_loop_takes() =>
        Gen.Select(Gen.Int[1, 5], Gen.Int[5, 9], Gen.Int[0, 4], Gen.Bool, Gen.Int[1, 3], Gen.Long[1, 99])
            .Sample(
                (count, side, border, flip, channels, seed) =>
                {
                    using var scope = NewDisposeScope();
                    using var data = Samples.Noise(count, 1, side, channels, seed: seed);
                    var window = border == 0 ? side - 2 : side;
                    var augmentation = new Augmentation { CropPadding = border, HorizontalFlip = flip };
                    using var augmenter = new Augmenter(data.Train, window, window, augmentation, Precision.Float32);
                    var draws = augmenter.Draw(new Seeds(seed), 3);
                    var rows = Enumerable.Range(0, count).Reverse().Select(i => (long)i).ToArray();
                    var batch = augmenter.Batch(draws, tensor(rows, int64));
                    var expected = PreparedData.Whiten(Naive(data.Train, rows, draws, border, window));
                    Assert.True(batch.allclose(expected, rtol: 0, atol: 1e-6));
                },
                iter: 100
            );

    [Fact]
    public void Every_place_and_both_sides_are_drawn()
    {
        using var scope = NewDisposeScope();
        var draws = AugmentationDraws.Of(new Augmentation { CropPadding = 0, HorizontalFlip = true }, 2000, 4, 4, new Seeds(1), 1);
        var places = draws.Top!.data<long>().ToArray().Zip(draws.Left!.data<long>().ToArray()).GroupBy(p => p).ToArray();
        Assert.Equal(25, places.Length);
        Assert.All(places, place => Assert.InRange(place.Count(), 40, 130)); // 80 expected, 5 deviations
        Assert.InRange(draws.Flipped!.data<bool>().ToArray().Count(f => f), 890, 1110);
    }

    [Fact]
    public void Changes_differ_between_epochs_and_one_kind_does_not_move_another()
    {
        using var scope = NewDisposeScope();
        var crop = new Augmentation { CropPadding = 0 };
        Assert.Equal(Tops(crop, 1), Tops(crop, 1));
        Assert.NotEqual(Tops(crop, 1), Tops(crop, 2));
        Assert.Equal(Tops(crop, 1), Tops(crop with { HorizontalFlip = true, RotationDegrees = 10, Color = 1 }, 1));

        static long[] Tops(Augmentation augmentation, int epoch) =>
            AugmentationDraws.Of(augmentation, 50, 4, 4, new Seeds(1), epoch).Top!.data<long>().ToArray();
    }

    [Fact]
    public void Rotation_and_colour_keep_to_their_limits()
    {
        using var scope = NewDisposeScope();
        var draws = AugmentationDraws.Of(new Augmentation { RotationDegrees = 25, Color = 0.5 }, 1000, 0, 0, new Seeds(1), 1);
        Assert.Null(draws.Top);
        var angles = draws.Angle!.data<float>().ToArray();
        Assert.All(angles, a => Assert.InRange(a, -25 * Math.PI / 180, 25 * Math.PI / 180));
        Assert.True(angles.Max() > 0.4 && angles.Min() < -0.4);
        Assert.All(draws.Color!.data<float>().ToArray(), c => Assert.InRange(c, -0.5, 0.5));
    }

    [Fact]
    public void A_batch_is_whitened_after_the_window_is_taken()
    {
        using var scope = NewDisposeScope();
        using var data = Samples.Noise(4, 1, side: 8);
        using var augmenter = new Augmenter(data.Train, 6, 6, new Augmentation { CropPadding = 0 }, Precision.Float32);
        var batch = augmenter.Batch(augmenter.Draw(new Seeds(1), 1), arange(4, int64)).flatten(1);
        Assert.All(batch.mean([1L]).data<float>().ToArray(), mean => Assert.Equal(0, mean, 1e-5));
        Assert.All(batch.square().mean([1L]).data<float>().ToArray(), square => Assert.Equal(1, square, 1e-4));
    }

    [Theory]
    [InlineData(0, "no room")]
    [InlineData(6, "expected less than the image's side of 6")]
    public void A_window_that_cannot_move_is_refused(int border, string expected)
    {
        using var data = Samples.Noise(4, 1, side: 6);
        Assert.Contains(
            expected,
            Assert
                .Throws<InputException>(() => new Augmenter(data.Train, 6, 6, new Augmentation { CropPadding = border }, Precision.Float32))
                .Message,
            StringComparison.Ordinal
        );
    }

    private static Tensor Naive(Dataset images, long[] rows, AugmentationDraws draws, int border, int window)
    {
        var (side, channels) = (images.Height, images.Channels);
        var source = images.Pixels.data<byte>().ToArray();
        var (top, left) = (draws.Top!.data<long>().ToArray(), draws.Left!.data<long>().ToArray());
        var flipped = draws.Flipped?.data<bool>().ToArray();
        var result = new List<byte>();
        foreach (var row in rows)
        {
            for (var y = 0; y < window; y++)
            {
                for (var x = 0; x < window; x++)
                {
                    var column = flipped?[row] == true ? window - 1 - x : x;
                    var (sy, sx) = (Mirror((int)top[row] + y - border), Mirror((int)left[row] + column - border));
                    for (var c = 0; c < channels; c++)
                    {
                        result.Add(source[(((((int)row * side) + sy) * side) + sx) * channels + c]);
                    }
                }
            }
        }

        return tensor(result.ToArray(), [rows.Length, window, window, channels], uint8);

        int Mirror(int i) =>
            i < 0 ? -i
            : i >= side ? (2 * (side - 1)) - i
            : i;
    }
}
