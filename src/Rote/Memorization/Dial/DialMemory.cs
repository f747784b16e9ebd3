using static TorchSharp.torch;

namespace Rote.Memorization.Dial;

/// <summary>What the dial remembers from epoch to epoch, beside label confidence and the teacher's predictions. It is kept in a tensor, so
/// that a checkpoint holds it.</summary>
/// <param name="LearnedIn">The epoch after which the teacher was frozen; 0 in the learning phase.</param>
/// <param name="Share">Share of wrong labels to release, in [−1, 1]; below 0 to suppress.</param>
/// <param name="Integral">The controller's sum.</param>
/// <param name="FirstHits">Share of the steering canaries that was hit when the release phase began.</param>
internal readonly record struct DialMemory(int LearnedIn, double Share, double Integral, double FirstHits)
{
    /// <summary>Number of values.</summary>
    public const int Size = 4;

    /// <summary>Reads it.</summary>
    /// <param name="memory">[<see cref="Size"/>] float64.</param>
    public static DialMemory Of(Tensor memory)
    {
        using var values = memory.data<double>(); // not by an index of the tensor, which is a tensor of its own
        return new DialMemory((int)values[0], values[1], values[2], values[3]);
    }

    /// <summary>Writes it.</summary>
    /// <param name="memory">[<see cref="Size"/>] float64.</param>
    public void WriteTo(Tensor memory)
    {
        using var values = tensor([LearnedIn, Share, Integral, FirstHits], float64, CPU);
        memory.copy_(values);
    }
}
