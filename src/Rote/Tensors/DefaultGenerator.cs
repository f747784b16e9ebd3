using static TorchSharp.torch;

namespace Rote.Tensors;

/// <summary>libtorch's default random generator, of which a process has one: whoever seeds it and draws must be alone until the draw is
/// done.</summary>
internal static class DefaultGenerator
{
    private static readonly Lock Alone = new();

    /// <summary>Seeds it for what a layer draws from now on. Nobody else may seed it while such a layer is trained.</summary>
    /// <param name="seed">Any number.</param>
    public static void Seed(long seed)
    {
        lock (Alone)
        {
            manual_seed(seed);
        }
    }

    /// <summary>Seeds it and draws; other threads that would seed it wait.</summary>
    /// <param name="seed">Any number.</param>
    /// <param name="draw">Draws, and seeds nothing itself.</param>
    /// <returns>What <paramref name="draw"/> returns.</returns>
    public static T Draw<T>(long seed, Func<T> draw)
    {
        lock (Alone)
        {
            manual_seed(seed);
            return draw();
        }
    }
}
