using System.Collections.Concurrent;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Tensors;

/// <summary>Convolutions by libtorch's kernel where that is right, and as a product of matrices where it is not.</summary>
/// <remarks>
/// oneDNN 3.7.1, which libtorch 2.10 has inside, computes some shapes wrong on some processors, without an error: channels are mixed up,
/// NaN or of any size. Seen on an AMD EPYC of family 26 on a virtual machine that hides its caches: windows of 1×1 in float32 with 72, 80,
/// 112 or 176 output channels, 3×3 in the contiguous layout, bfloat16 with odd numbers of output channels; with oneDNN switched off
/// all are right. Which shapes depends on processor, layout, batch and threads, so each shape is tried once a process, with its
/// gradients, on values that are drawn from nothing. Of the networks with names, small-inception needs the product for windows of 1×1 in
/// float32, where it takes 1.1 to 1.5 times as long, and residual networks in bfloat16 for the first layer on pictures of one channel.
/// Larger windows take the memory of every window's values.
/// </remarks>
public static class CheckedConvolution
{
    /// <summary>Channels in a register of 512 bits; see <see cref="Of"/>.</summary>
    private const int Lanes = 16;

    private static readonly ConcurrentDictionary<Kernel, bool> Sound = new();

    /// <summary>Convolves.</summary>
    /// <param name="input">[B, in, H, W] float32 or bfloat16, in either layout.</param>
    /// <param name="weight">[out, in, rows, columns] of the same type.</param>
    /// <param name="bias">[out] of the same type; null: none.</param>
    /// <param name="stride">Rows and columns from one window to the next, at least 1.</param>
    /// <param name="padding">Zeros added on both sides, [rows, columns].</param>
    /// <returns>[B, out, H', W'] of that type.</returns>
    internal static Tensor Of(Tensor input, Tensor weight, Tensor? bias, int stride, long[] padding)
    {
        if (input.device_type != DeviceType.CPU)
        {
            return functional.conv2d(input, weight, bias, strides: [stride, stride], padding: padding); // not oneDNN's
        }

        if (weight.shape[2] == 1 && weight.shape[3] == 1 && stride > 1 && weight.shape[1] % Lanes != 0)
        {
            // oneDNN writes beyond its work space here (its issue 6035), which can end the process; without a stride it has no such space.
            input = input.slice(2, 0, input.shape[2], stride).slice(3, 0, input.shape[3], stride).contiguous();
            stride = 1;
        }

        var kernel = Kernel.Of(input, weight, stride, padding);
        return input.shape[0] == 0 || Sound.GetOrAdd(kernel, _ => IsSound(kernel, input, weight, stride, padding))
            ? functional.conv2d(input, weight, bias, strides: [stride, stride], padding: padding)
            : Product(input, weight, bias, stride, padding);
    }

    /// <summary>Tries a few shapes that some processors compute wrong, for a look at a machine; a fraction of a second.</summary>
    /// <returns>How many were tried, and how many of them are wrong here.</returns>
    public static (int Tried, int Wrong) Look()
    {
        using var scope = NewDisposeScope();
        var shapes =
            from type in new[] { ScalarType.Float32, ScalarType.BFloat16 }
            from window in (IEnumerable<long>)[1, 3]
            from outputs in (IEnumerable<long>)[72, 80, 112, 176]
            select (Input: zeros([32, 8, 8, 64], type).permute(0, 3, 1, 2), Weight: zeros([outputs, 64, window, window], type));
        bool[] isSound =
        [
            .. shapes.Select(s =>
            {
                long[] padding = [s.Weight.shape[2] / 2, s.Weight.shape[2] / 2];
                var kernel = Kernel.Of(s.Input, s.Weight, 1, padding) with { HasInputGradient = true, HasWeightGradient = true };
                return IsSound(kernel, s.Input, s.Weight, 1, padding);
            }),
        ];
        return (isSound.Length, isSound.Count(sound => !sound));
    }

    /// <summary>The convolution as a product of matrices, computed in float32.</summary>
    /// <inheritdoc cref="Of"/>
    internal static Tensor Product(Tensor input, Tensor weight, Tensor? bias, int stride, long[] padding)
    {
        var (rows, columns, type) = (weight.shape[2], weight.shape[3], input.dtype);
        long[] size = [.. padding.Select((zeros, i) => ((input.shape[2 + i] + (2 * zeros) - weight.shape[2 + i]) / stride) + 1)];
        var windows =
            rows == 1 && columns == 1 && stride == 1 && padding is [0, 0]
                ? input.to(float32).permute(0, 2, 3, 1)
                : functional
                    .unfold(input.to(float32), (rows, columns), padding: (padding[0], padding[1]), stride: (stride, stride))
                    .transpose(1, 2);
        var product = functional.linear(windows, weight.to(float32).flatten(1), bias?.to(float32)); // [B, …, out]
        return product.reshape(input.shape[0], size[0], size[1], weight.shape[0]).permute(0, 3, 1, 2).to(type);
    }

    /// <summary>Tries the kernel: the first and the last example of a batch against the product, output and the gradients that are
    /// wanted.</summary>
    private static bool IsSound(Kernel kernel, Tensor input, Tensor weight, int stride, long[] padding)
    {
        using var scope = NewDisposeScope();
        using var grad = enable_grad();
        var (x, w) = (Noise(input), Noise(weight));
        var output = functional.conv2d(x, w, strides: [stride, stride], padding: padding);
        var last = input.shape[0] - 1;
        var ends = last > 0 ? tensor([0, last]) : zeros(1, int64);
        var change = zeros_like(output).index_copy_(0, ends, Noise(output.detach().index_select(0, ends)));
        output.backward([change]);

        var (someX, exactW) = (Exact(x.detach().index_select(0, ends)), Exact(w));
        var exact = Product(someX, exactW, null, stride, padding);
        exact.backward([change.index_select(0, ends).to(float32)]);
        var tolerance = input.dtype == ScalarType.BFloat16 ? 0.03f : 1e-3f; // a wrong kernel is off by 0.07 at the least that was seen
        return IsNear(exact, output.index_select(0, ends), tolerance)
            && (!kernel.HasInputGradient || IsNear(someX.grad!, x.grad!.index_select(0, ends), tolerance))
            && (!kernel.HasWeightGradient || IsNear(exactW.grad!, w.grad!, tolerance));
    }

    private static Tensor Exact(Tensor values) => values.detach().to(float32).clone().requires_grad_();

    private static bool IsNear(Tensor exact, Tensor found, float tolerance) =>
        found.to(float32).sub(exact).abs().max().item<float>() <= tolerance * exact.abs().max().item<float>(); // NaN is not near

    // Looks random in (−1, 1) with mean 0, so that sums cancel and an error shows; draws nothing, so that trying changes no network.
    private static Tensor Noise(Tensor like)
    {
        var noise = arange(like.numel(), float32).mul_(12.9898f).sin_().mul_(43758.547f).frac_();
        return empty_like(like).detach().copy_(noise.reshape(like.shape)).requires_grad_();
    }

    /// <summary>All that a kernel is chosen by.</summary>
    private readonly record struct Kernel(
        ScalarType Type,
        (long, long, long, long) Input,
        (long, long, long, long) Layout,
        (long Outputs, long Rows, long Columns, int Stride) Weight,
        (long, long) Padding,
        bool HasInputGradient,
        bool HasWeightGradient,
        int Threads
    )
    {
        public static Kernel Of(Tensor input, Tensor weight, int stride, long[] padding) =>
            new(
                input.dtype,
                Four(input.shape),
                Four(input.stride()),
                (weight.shape[0], weight.shape[2], weight.shape[3], stride),
                (padding[0], padding[1]),
                is_grad_enabled() && input.requires_grad,
                is_grad_enabled() && weight.requires_grad,
                get_num_threads()
            );

        private static (long, long, long, long) Four(long[] values) => (values[0], values[1], values[2], values[3]);
    }
}
