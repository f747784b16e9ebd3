using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Networks;

/// <summary>TensorFlow's SAME padding: a window of stride s turns n values into ⌈n/s⌉, and where the padding is odd the extra row comes
/// last.</summary>
/// <remarks>
/// A window of 3 and stride 2 on 28 values is padded 0 before and 1 after; PyTorch's own padding is the same on both sides.
/// Source: TensorFlow's guide to tf.nn, "Notes on padding".
/// </remarks>
internal static class SamePadding
{
    /// <summary>How many values are added to a row of values.</summary>
    /// <param name="size">Values in the row, at least 1.</param>
    /// <param name="kernel">Values a window covers, at least 1.</param>
    /// <param name="stride">Values from one window to the next, at least 1.</param>
    /// <returns>The number before the first and after the last value; After is Before or one more where the kernel is at least the
    /// stride.</returns>
    public static (long Before, long After) Of(long size, long kernel, long stride)
    {
        var windows = (size + stride - 1) / stride;
        var total = Math.Max(((windows - 1) * stride) + kernel - size, 0);
        return (total / 2, total - (total / 2));
    }

    /// <summary>Adds zeros where a side needs more than the other; what both sides need is left to the convolution, which adds it without a
    /// copy.</summary>
    /// <param name="input">[B, C, H, W].</param>
    /// <param name="kernel">The window; a number is a square one.</param>
    /// <param name="stride">Rows and columns from one window to the next.</param>
    /// <returns>The input, itself or padded, and the padding [rows, columns] still to be added on both sides.</returns>
    public static (Tensor Padded, long[] Symmetric) Zeros(Tensor input, KernelSize kernel, long stride)
    {
        var (top, bottom) = Of(input.shape[2], kernel.Rows, stride);
        var (left, right) = Of(input.shape[3], kernel.Columns, stride);
        var padded = top == bottom && left == right ? input : functional.pad(input, [0, right - left, 0, bottom - top]);
        return (padded, [top, left]);
    }

    /// <summary>The largest value in windows of 3×3 and stride 2; what lies outside the image never wins.</summary>
    /// <param name="input">[B, C, H, W].</param>
    /// <returns>[B, C, ⌈H/2⌉, ⌈W/2⌉].</returns>
    public static Tensor MaxPool3x3Stride2(Tensor input)
    {
        // An odd side is padded 1 on both sides; an even one 0 and 1, which is what a window that reaches over the edge does (ceil_mode).
        long[] padding = [input.shape[2] % 2, input.shape[3] % 2];
        return functional.max_pool2d(input, [3, 3], [2, 2], padding, ceil_mode: true);
    }

    /// <summary>The mean of windows of 3×3 and stride 1 over what lies inside the image: padding is not counted, as in
    /// TensorFlow.</summary>
    /// <param name="input">[B, C, H, W].</param>
    /// <returns>The same shape; a corner is the mean of 4 values and not of 9.</returns>
    public static Tensor AveragePool3x3(Tensor input) =>
        functional.avg_pool2d(input, [3, 3], [1, 1], [1, 1], ceil_mode: false, count_include_pad: false);
}
