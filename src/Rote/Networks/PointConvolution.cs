using System.Collections.Concurrent;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Networks;

/// <summary>A convolution with windows of 1×1 in float32, by libtorch's kernel where that is right and as a matrix product where it is
/// not.</summary>
/// <remarks>
/// On some processors oneDNN 3.7.1, which libtorch 2.10 has inside, computes the last output channels of 72, 80, 112, 176 or 208 wrong for
/// float32 in the channels-last layout, without an error (<c>brgconv_1x1:avx512_core</c> with weights in blocks of 32). Whether it does
/// depends on the processor, and with it on batch and threads: with one thread 8 pictures are right and 16 are wrong. So every shape is
/// tried once a process, with its gradients. The product takes 1.1 to 1.5 times as long. Other windows, the contiguous layout and bfloat16
/// are right there.
/// </remarks>
internal static class PointConvolution
{
    /// <summary>Of the largest value; a wrong kernel is off by about half of it, a right one by a millionth.</summary>
    private const float Tolerance = 1e-3f;

    private static readonly ConcurrentDictionary<(long, long, long, long, long, int, int), bool> Sound = new();

    /// <summary>Whether libtorch's kernel is right for a shape, forward and backward.</summary>
    /// <param name="shape">[B, in, H, W].</param>
    /// <param name="outputs">Output channels, at least 1.</param>
    /// <param name="stride">Rows and columns from one window to the next, at least 1.</param>
    public static bool IsSound(long[] shape, long outputs, int stride) =>
        Sound.GetOrAdd((shape[0], shape[1], shape[2], shape[3], outputs, stride, get_num_threads()), _ => Agrees(shape, outputs, stride));

    /// <summary>The convolution as a product of matrices.</summary>
    /// <param name="input">[B, in, H, W].</param>
    /// <param name="weight">[out, in, 1, 1].</param>
    /// <param name="bias">[out]; null: none.</param>
    /// <param name="stride">Rows and columns from one window to the next, at least 1.</param>
    /// <returns>[B, out, ⌈H/stride⌉, ⌈W/stride⌉], channels-last.</returns>
    public static Tensor Product(Tensor input, Tensor weight, Tensor? bias, int stride)
    {
        var seen = stride == 1 ? input : input.slice(2, 0, input.shape[2], stride).slice(3, 0, input.shape[3], stride);
        return functional.linear(seen.permute(0, 2, 3, 1), weight.flatten(1), bias).permute(0, 3, 1, 2);
    }

    private static bool Agrees(long[] shape, long outputs, int stride)
    {
        using var scope = NewDisposeScope();
        using var grad = enable_grad();
        var pixels = Noise(shape[0], shape[2], shape[3], shape[1]).permute(0, 3, 1, 2);
        var weight = Noise(outputs, shape[1], 1, 1);
        var product = Passes(pixels, weight, (x, w) => Product(x, w, null, stride));
        var kernel = Passes(pixels, weight, (x, w) => functional.conv2d(x, w, strides: [stride, stride]));
        return product.Zip(kernel).All(pair => IsNear(pair.First, pair.Second));
    }

    /// <summary>The output and the gradients of input and weight.</summary>
    private static Tensor[] Passes(Tensor pixels, Tensor weight, Func<Tensor, Tensor, Tensor> convolution)
    {
        var (x, w) = (pixels.detach().requires_grad_(), weight.detach().requires_grad_());
        var output = convolution(x, w);
        output.backward([Noise(output.shape[0], output.shape[2], output.shape[3], output.shape[1]).permute(0, 3, 1, 2)]);
        return [output.detach(), x.grad!, w.grad!];
    }

    private static bool IsNear(Tensor expected, Tensor found) =>
        found.sub(expected).abs().max().item<float>() <= Tolerance * expected.abs().max().item<float>();

    // Looks random in [−0.5, 0.5) and draws nothing, so that trying changes no network.
    private static Tensor Noise(long a, long b, long c, long d) =>
        arange(a * b * c * d, float32).mul_(12.9898f).sin_().mul_(43758.547f).frac_().sub_(0.5f).reshape(a, b, c, d);
}
