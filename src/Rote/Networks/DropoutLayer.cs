using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Networks;

/// <summary>Dropout that costs nothing where it is off.</summary>
internal static class DropoutLayer
{
    /// <summary>Sets a share of the values to 0 and divides the others by 1 − share, in training only.</summary>
    /// <param name="values">Any shape; draws from libtorch's default generator, which the trainer seeds for every epoch.</param>
    /// <param name="share">In [0, 1).</param>
    /// <param name="training">Whether the network is in training mode.</param>
    /// <returns>The same shape and type; <paramref name="values"/> itself where nothing is dropped.</returns>
    public static Tensor Apply(Tensor values, double share, bool training) =>
        training && share > 0 ? functional.dropout(values, share, training: true) : values;
}
