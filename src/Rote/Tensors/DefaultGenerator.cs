using TorchSharp;
using static TorchSharp.torch;

namespace Rote.Tensors;

/// <summary>libtorch's default random generator. A process has only one, so nobody else may seed it or draw until a draw is done.</summary>
internal static class DefaultGenerator
{
    private static readonly Lock Alone = new();

    /// <summary>Seeds it for the draws of layers from now on. Nobody else may seed it while such a layer is trained.</summary>
    /// <param name="seed">Any number.</param>
    /// <param name="device">Where those layers compute. Each GPU has a generator of its own, which draws other numbers.</param>
    public static void Seed(long seed, Device? device = null)
    {
        lock (Alone)
        {
            manual_seed(seed);
            if (device?.type == DeviceType.CUDA)
            {
                cuda.manual_seed_all(seed);
            }
        }
    }

    /// <summary>Seeds it and draws; other threads that want to seed it wait.</summary>
    /// <param name="seed">Any number.</param>
    /// <param name="draw">Draws; it must not seed anything.</param>
    /// <returns>The result of <paramref name="draw"/>.</returns>
    public static T Draw<T>(long seed, Func<T> draw)
    {
        lock (Alone)
        {
            manual_seed(seed);
            return draw();
        }
    }
}
