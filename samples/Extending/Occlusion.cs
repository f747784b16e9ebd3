using Rote.Corruptions;
using Rote.Data;
using Rote.Foundation;
using Rote.Tensors;
using static TorchSharp.torch;

namespace Extending;

/// <summary>A corruption: a black square at a random place of every picture, in training and in test.</summary>
public sealed record Occlusion : Corruption
{
    internal const int DefaultSide = 8;

    /// <summary>The square's side in pixels, at least 1; where a picture is smaller all of it is black. Default 8.</summary>
    /// <exception cref="InputException">The value is below 1.</exception>
    public int Side
    {
        get;
        init => field = value >= 1 ? value : throw new InputException($"The side of the occlusion is {value} pixels, expected at least 1.");
    } = DefaultSide;

    /// <inheritdoc/>
    protected override (Tensor? Train, Tensor? Test) CorruptPixels(DatasetSplits data, Seeds seeds) =>
        (Occlude(data.Train, "occlusion/train", seeds), Occlude(data.Test, "occlusion/test", seeds));

    private Tensor Occlude(Dataset images, string purpose, Seeds seeds)
    {
        if (images.IsVectors)
        {
            throw new InputException("Occlusion covers a part of a picture, and these examples are vectors; choose another corruption.");
        }

        var pixels = images.Pixels.clone(); // [N, H, W, C]
        var stream = seeds.Stream(purpose);
        var (height, width) = (Math.Min(Side, images.Height), Math.Min(Side, images.Width));
        for (var i = 0; i < images.Count; i++)
        {
            using var square = pixels[i]
                .narrow(0, stream.NextInt(images.Height - height + 1), height)
                .narrow(1, stream.NextInt(images.Width - width + 1), width);
            square.zero_();
        }

        return pixels;
    }
}
