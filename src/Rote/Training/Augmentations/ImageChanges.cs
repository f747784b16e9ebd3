using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Training.Augmentations;

/// <summary>Rotation and colour of a batch of images [B, H, W, C] float32 in [0, 255], each image by its own amount.</summary>
internal static class ImageChanges
{
    /// <summary>Brightness at strength 1, in units of a pixel's 255 (slim's inception_preprocessing).</summary>
    private const double Brightness = 32;

    /// <summary>Contrast and saturation at strength 1: factors 1 ± this.</summary>
    private const double Factor = 0.5;

    /// <summary>Hue at strength 1, as a share of the full circle.</summary>
    private const double Hue = 0.2;

    /// <summary>Rotates about the centre, bilinear, with the border mirrored into the corners that come free.</summary>
    /// <param name="images">[B, H, W, C].</param>
    /// <param name="angles">[B] radians, counter-clockwise as seen on a screen.</param>
    /// <returns>[B, H, W, C].</returns>
    public static Tensor Rotate(Tensor images, Tensor angles)
    {
        var (batch, height, width) = (images.shape[0], (double)images.shape[1], (double)images.shape[2]);
        var (cosine, sine, zero) = (angles.cos(), angles.sin(), zeros_like(angles));

        // From a place in the result to its place in the source, both in [−1, 1] across the image; rows run downwards.
        var turn = stack([cosine, -sine * (height / width), zero, sine * (width / height), cosine, zero], 1).reshape(batch, 2, 3);
        var planes = images.permute(0, 3, 1, 2).contiguous(); // [B, C, H, W]
        var grid = functional.affine_grid(turn, planes.shape, align_corners: false); // [B, H, W, 2]
        return functional
            .grid_sample(planes, grid, GridSampleMode.Bilinear, GridSamplePaddingMode.Reflection, align_corners: false)
            .permute(0, 2, 3, 1)
            .contiguous();
    }

    /// <summary>Brightness, contrast, saturation and hue, in this order, then cut to [0, 255].</summary>
    /// <param name="images">[B, H, W, C]; saturation and hue only for C = 3, taken as red, green, blue.</param>
    /// <param name="amounts">[B, 4] in [−1, 1].</param>
    /// <returns>[B, H, W, C].</returns>
    public static Tensor Recolor(Tensor images, Tensor amounts)
    {
        var (brightness, contrast, saturation, hue) = (Amount(0), Amount(1), Amount(2), Amount(3)); // each [B, 1, 1, 1]
        var changed = images + (brightness * Brightness);
        var mean = changed.mean([1L, 2L], keepdim: true); // [B, 1, 1, C], as tf.image.adjust_contrast
        changed = ((changed - mean) * (1 + (contrast * Factor))) + mean;
        if (images.shape[3] == 3)
        {
            changed = TurnHue(changed, 1 + (saturation * Factor), hue * (Hue * 2 * Math.PI));
        }

        return changed.clamp(0, 255);

        Tensor Amount(int column) => amounts.select(1, column).reshape(-1, 1, 1, 1);
    }

    /// <summary>Scales and turns the colour plane of YIQ, which leaves every pixel's brightness Y as it is.</summary>
    /// <remarks>YIQ matrix: NTSC 1953, and its inverse, to five digits.</remarks>
    private static Tensor TurnHue(Tensor images, Tensor saturation, Tensor angle)
    {
        var (red, green, blue) = (images.select(3, 0), images.select(3, 1), images.select(3, 2)); // [B, H, W]
        var y = (red * 0.299) + (green * 0.587) + (blue * 0.114);
        var i = (red * 0.59590) - (green * 0.27456) - (blue * 0.32134);
        var q = (red * 0.21154) - (green * 0.52274) + (blue * 0.31120);
        var cosine = (saturation * angle.cos()).squeeze(3); // [B, 1, 1]
        var sine = (saturation * angle.sin()).squeeze(3);
        var (turnedI, turnedQ) = ((i * cosine) - (q * sine), (i * sine) + (q * cosine));
        return stack(
            [
                y + (turnedI * 0.95599) + (turnedQ * 0.62082),
                y - (turnedI * 0.27201) - (turnedQ * 0.64720),
                y - (turnedI * 1.10674) + (turnedQ * 1.70423),
            ],
            3
        );
    }
}
