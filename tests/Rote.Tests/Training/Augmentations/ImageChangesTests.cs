using Rote.Tests.Support;
using Rote.Training.Augmentations;
using static TorchSharp.torch;

namespace Rote.Tests.Training.Augmentations;

[NoTensorLeaks]
public sealed class ImageChangesTests
{
    [Theory]
    [InlineData(4, 4)]
    [InlineData(7, 7)]
    public void A_quarter_turn_counter_clockwise_moves_the_right_edge_to_the_top(int height, int width)
    {
        using var scope = NewDisposeScope();
        var images = rand(2, height, width, 3) * 255;
        var turned = ImageChanges.Rotate(images, tensor(new[] { (float)(Math.PI / 2), 0f }));
        Assert.True(turned[0].allclose(images[0].rot90(1, (0, 1)), atol: 1e-2)); // numpy's rot90 is counter-clockwise
        Assert.True(turned[1].allclose(images[1], atol: 1e-3));
    }

    [Fact]
    public void Turning_there_and_back_keeps_the_middle_of_a_smooth_image()
    {
        using var scope = NewDisposeScope();
        var ramp = arange(16, float32).reshape(1, 16, 1, 1).expand(1, 16, 12, 1) * 10;
        var angle = tensor(new[] { 0.4f });
        var back = ImageChanges.Rotate(ImageChanges.Rotate(ramp, angle), -angle);
        Assert.True(back[0, 7, 6, 0].item<float>() is > 69 and < 71);
    }

    [Fact]
    public void No_amount_of_colour_leaves_the_image()
    {
        using var scope = NewDisposeScope();
        var images = rand(3, 4, 5, 3) * 255;
        Assert.True(ImageChanges.Recolor(images, zeros(3, 4)).allclose(images, atol: 0.01));
    }

    [Fact]
    public void Brightness_adds_contrast_spreads_about_the_mean_and_values_stay_in_range()
    {
        using var scope = NewDisposeScope();
        var image = tensor(new[] { 100f, 140f }, [1, 1, 2, 1]);
        Assert.Equal([116f, 156f], Recolor(0.5f, 0));
        Assert.Equal([90f, 150f], Recolor(0, 1)); // mean 120, distances 20 → 30
        Assert.Equal([110f, 130f], Recolor(0, -1));

        var bright = tensor(new[] { 250f, 0f }, [1, 1, 2, 1]);
        Assert.Equal([255f, 32f], ImageChanges.Recolor(bright, tensor(new[] { 1f, 0f, 0f, 0f }, [1, 4])).data<float>().ToArray());

        float[] Recolor(float brightness, float contrast) =>
            ImageChanges.Recolor(image, tensor(new[] { brightness, contrast, 1f, 1f }, [1, 4])).data<float>().ToArray();
    }

    [Fact]
    public void Saturation_and_hue_leave_every_pixels_brightness_and_grey_pixels_alone()
    {
        using var scope = NewDisposeScope();
        var image = tensor(new[] { 150f, 100f, 90f, 120f, 120f, 120f }, [1, 1, 2, 3]);
        var changed = ImageChanges.Recolor(image, tensor(new[] { 0f, 0f, -1f, 0.5f }, [1, 4])).data<float>().ToArray();
        var mean = 0.299 * 150 + 0.587 * 100 + 0.114 * 90;
        Assert.Equal(mean, 0.299 * changed[0] + 0.587 * changed[1] + 0.114 * changed[2], 0.05);
        Assert.NotEqual(150, changed[0], 1f);
        Assert.All(changed[3..], value => Assert.Equal(120, value, 0.05f));
    }
}
