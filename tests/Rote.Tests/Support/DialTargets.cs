using Rote.Memorization.Dial;
using Rote.Tensors;
using static TorchSharp.torch;

namespace Rote.Tests.Support;

/// <summary>A selector over examples of random trust, the first of which are canaries, and a teacher that contradicts the first half of the
/// labels.</summary>
internal static class DialTargets
{
    public const int Canaries = 100;
    public const int Count = 4000;

    public static Tensor Contradicted() => arange(Count, int64).lt(Count / 2);

    public static LabelSelector Selector()
    {
        using var scope = NewDisposeScope();
        var stream = new Seeds(1).Stream("trust");
        return new LabelSelector(
            tensor(Enumerable.Range(0, Count).Select(_ => (float)stream.NextDouble()).ToArray(), float32),
            [.. Enumerable.Range(0, Canaries).Select(i => (long)i)],
            new Seeds(1)
        );
    }
}
