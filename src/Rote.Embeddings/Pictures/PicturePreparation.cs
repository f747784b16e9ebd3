using System.Globalization;
using System.Security.Cryptography;
using Rote.Data;
using Rote.Tensors;
using static TorchSharp.torch;

namespace Rote.Embeddings.Pictures;

/// <summary>The preprocessing of a picture before a network sees it: (resized pixel × <see cref="Scale"/> − mean) / deviation, for each
/// colour.</summary>
public sealed record PicturePreparation
{
    /// <summary>The default side in pixels, where neither the network nor the caller gives one: ImageNet's.</summary>
    public const int UsualSide = 224;

    /// <summary>The side of the square that pictures are resized to, in pixels, 1 to 1024. Default: <see cref="UsualSide"/>.</summary>
    /// <exception cref="InputException">The value is out of range.</exception>
    public int Side
    {
        get;
        init =>
            field = value is >= 1 and <= UserDataOptions.MaxImageSize
                ? value
                : throw new InputException($"The side of pictures is {value}, expected 1 to {UserDataOptions.MaxImageSize}.");
    } = UsualSide;

    /// <summary>The factor that pixels of 0 to 255 are multiplied by. Default: 1/255.</summary>
    /// <exception cref="InputException">The value is not positive and finite.</exception>
    public double Scale
    {
        get;
        init =>
            field =
                value > 0 && double.IsFinite(value)
                    ? value
                    : throw new InputException($"The scale of pixels is {value}, expected a positive number.");
    } = 1.0 / 255;

    /// <summary>[3] the mean of red, green and blue that is subtracted after scaling. Default: ImageNet's.</summary>
    /// <exception cref="InputException">There are not three finite values.</exception>
    public IReadOnlyList<double> Mean
    {
        get;
        init =>
            field =
                value.Count == 3 && value.All(double.IsFinite)
                    ? value
                    : throw new InputException($"There are {value.Count} means of colours, expected three finite numbers.");
    } = [0.485, 0.456, 0.406];

    /// <summary>[3] the standard deviation of red, green and blue to divide by. Default: ImageNet's.</summary>
    /// <exception cref="InputException">There are not three positive finite values.</exception>
    public IReadOnlyList<double> Deviation
    {
        get;
        init =>
            field =
                value.Count == 3 && value.All(v => v > 0 && double.IsFinite(v))
                    ? value
                    : throw new InputException($"There are {value.Count} deviations of colours, expected three positive numbers.");
    } = [0.229, 0.224, 0.225];

    /// <summary>Whether the network takes blue, green, red instead of red, green, blue.</summary>
    public bool IsBgr { get; init; }

    /// <summary>[3 · 224 · 224] a mean picture to subtract as well, in the network's order of colours, resized like the pictures. Null:
    /// none.</summary>
    internal float[]? MeanPicture { get; init; }

    /// <summary>Describes all of it in one line, for an encoder's identity.</summary>
    internal string Describe()
    {
        var meanPicture = MeanPicture is null
            ? "none"
            : Convert.ToHexStringLower(SHA256.HashData(System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(MeanPicture)));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"resize bilinear antialias {Side}; scale {Scale:R}; mean {Text(Mean)}; deviation {Text(Deviation)}; bgr {IsBgr}; mean picture "
                + $"{meanPicture}"
        );
    }

    /// <summary>Prepares pictures.</summary>
    /// <param name="pixels">[N, H, W, C] uint8 or float32 in [0, 255], C 1 or 3; grey becomes three equal colours.</param>
    /// <returns>[N, 3, S, S] float32, contiguous.</returns>
    /// <remarks>Resizes as torchvision does (Resize with antialias): bilinear. Where a picture shrinks, each new pixel averages all pixels
    /// that fall on it.</remarks>
    internal Tensor Apply(Tensor pixels)
    {
        Shape.Require(pixels, nameof(pixels), -1, -1, -1, -1);
        using var scope = NewDisposeScope();
        var planes = pixels.permute(0, 3, 1, 2).to(float32); // [N, C, H, W]
        var resized = Resized(planes);
        var colours = (resized.shape[1] == 1 ? resized.expand(-1, 3, -1, -1) : resized).contiguous(); // [N, 3, S, S]
        var factors = tensor(Deviation.Select(d => (float)(Scale / d)).ToArray()).reshape(1, 3, 1, 1);
        var offsets = tensor(Mean.Zip(Deviation, (mean, deviation) => (float)(-mean / deviation)).ToArray()).reshape(1, 3, 1, 1);
        var result = (resized.shape[1] == 1 ? colours : colours.clone()).mul_(factors).add_(offsets);
        if (IsBgr)
        {
            result = result.flip(1);
        }

        if (MeanPicture is { } mean)
        {
            result.sub_(Resized(tensor(mean).reshape(1, 3, UsualSide, UsualSide)));
        }

        return result.contiguous().MoveToOuterDisposeScope();
    }

    private static string Text(IReadOnlyList<double> values) =>
        string.Join(' ', values.Select(value => value.ToString("R", CultureInfo.InvariantCulture)));

    private Tensor Resized(Tensor planes) =>
        planes.shape[2] == Side && planes.shape[3] == Side
            ? planes
            : nn.functional.interpolate(
                planes,
                size: [Side, Side],
                mode: InterpolationMode.Bilinear,
                align_corners: false,
                antialias: true
            );
}
