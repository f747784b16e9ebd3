using Rote.Networks;
using static TorchSharp.torch;

namespace Rote.Features;

/// <summary>The filters of a first layer as small pictures.</summary>
/// <param name="Count">The number of filters, those of the largest norm first.</param>
/// <param name="Height">Rows of a filter.</param>
/// <param name="Width">Columns of a filter.</param>
/// <param name="Channels">1 or 3.</param>
/// <param name="Pixels">[Count·Height·Width·Channels]; 128 is a weight of 0, and each filter's largest is 1 or 255.</param>
public sealed record FilterPicture(int Count, int Height, int Width, int Channels, IReadOnlyList<byte> Pixels)
{
    /// <summary>The most filters.</summary>
    public const int Most = 64;

    /// <summary>Draws the filters.</summary>
    /// <param name="weight">[m, C, rows, columns], or [m, H·W·C] of a layer on whole pictures.</param>
    /// <param name="shape">The shape of the pictures.</param>
    /// <returns>The pictures; null if the filters do not have one or three channels of rows and columns.</returns>
    internal static FilterPicture? Of(Tensor weight, TaskShape shape)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        if (shape.IsVector || shape.Channels is not (1 or 3) || (weight.dim() == 2 && weight.shape[1] != shape.Inputs))
        {
            return null;
        }

        // [m, h, w, C]
        var filters = weight.dim() == 4 ? weight.permute(0, 2, 3, 1) : weight.view(-1, shape.Height, shape.Width, shape.Channels);
        var count = Math.Min(Most, filters.shape[0]);
        var strongest = filters.flatten(1).square().sum([1L]).topk((int)count, 0, largest: true, sorted: true).indexes;
        var chosen = filters.index_select(0, strongest).to(float32).contiguous(); // [n, h, w, C]
        var largest = chosen.flatten(1).abs().amax([1L]).clamp_min(1e-12).view(-1, 1, 1, 1);
        var bytes = ((chosen / largest * 127) + 128).round().clamp(0, 255).to(uint8).contiguous();
        return new FilterPicture(
            (int)count,
            (int)chosen.shape[1],
            (int)chosen.shape[2],
            (int)chosen.shape[3],
            bytes.data<byte>().ToArray()
        );
    }
}
