using Rote.Tensors;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Features;

/// <summary>Makes a layer's values small enough to compare thousands of examples: at most 512 numbers per example.</summary>
/// <remarks>
/// Maps [B, C, H, W] are averaged over a grid of s×s windows, s the largest with C·s² ≤ 512, at least 1: what a map responds to, and
/// roughly where, stays. Wider values are projected on 512 directions of a normal distribution, drawn from the stream
/// <c>features/projection</c>: distances are kept up to some 6 % (Johnson and Lindenstrauss 1984).
/// </remarks>
internal static class LayerPooling
{
    /// <summary>The most numbers per example.</summary>
    public const int Most = 512;

    /// <summary>Pools a batch.</summary>
    /// <param name="values">[B, C, H, W], or [B, …] that is flattened; of any float type.</param>
    /// <param name="projection">[D, 512] as <see cref="Projection"/>, created if it is null and needed; the caller owns it.</param>
    /// <param name="draw">Draws the projection.</param>
    /// <returns>[B, at most 512] float32, in the caller's scope.</returns>
    public static Tensor Of(Tensor values, ref Tensor? projection, Func<long, Tensor> draw)
    {
        var pooled = values.dim() == 4 ? Averaged(values).flatten(1) : values.flatten(1).to(float32); // [B, D]
        if (pooled.shape[1] <= Most)
        {
            return pooled;
        }

        projection ??= draw(pooled.shape[1]);
        return pooled.mm(projection);
    }

    /// <summary>How a layer of some shape is pooled, in words.</summary>
    /// <param name="shape">Sizes of an example: [C, H, W] or [D].</param>
    public static string Describe(ReadOnlySpan<long> shape)
    {
        var size = 1L;
        foreach (var side in shape)
        {
            size *= side;
        }

        if (shape.Length == 3 && size > Most)
        {
            var (rows, columns) = Grid(shape[0], shape[1], shape[2]);
            var (averaged, kept) = ($"means, {rows}×{columns}", shape[0] * rows * columns);
            return kept > Most ? $"{averaged}, projected" : averaged;
        }

        return size > Most ? "projected" : "none";
    }

    /// <summary>Directions to project on.</summary>
    /// <param name="width">D.</param>
    /// <param name="stream">The random stream to draw from.</param>
    /// <returns>[D, 512] float32 of variance 1/512; the caller owns it.</returns>
    public static Tensor Projection(long width, RandomStream stream)
    {
        var directions = empty([width, Most], float32);
        var rows = new Rows<float>(directions);
        for (var i = 0L; i < width; i++)
        {
            stream.FillGaussian(rows[i]);
        }

        return directions.div_(Math.Sqrt(Most)).DetachFromDisposeScope();
    }

    private static Tensor Averaged(Tensor maps)
    {
        var values = maps.to(float32);
        if (values.shape[1] * values.shape[2] * values.shape[3] <= Most)
        {
            return values;
        }

        var (rows, columns) = Grid(values.shape[1], values.shape[2], values.shape[3]);
        return functional.adaptive_avg_pool2d(values, [rows, columns]); // [B, C, s, s]
    }

    private static (long Rows, long Columns) Grid(long channels, long height, long width)
    {
        var side = Math.Max(1, (long)Math.Sqrt((double)Most / channels));
        return (Math.Min(side, height), Math.Min(side, width));
    }
}
