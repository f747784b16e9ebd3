namespace Rote.Memorization;

/// <summary>A given label that the dial did not let through, and in whose place the network was taught something else.</summary>
/// <param name="Row">The example's row in <see cref="Training.TrainingData.Train"/>.</param>
/// <param name="Given">The label given.</param>
/// <param name="Suggested">What the teacher said, always another class.</param>
/// <param name="Trust">The network's belief in the given label while it learned, in [0, 1].</param>
public readonly record struct DistrustedLabel(long Row, long Given, long Suggested, double Trust);

/// <summary>An objective that can say which labels it did not trust.</summary>
public interface IDistrusts
{
    /// <summary>Labels that it does not let through now, although it would say another class.</summary>
    /// <returns>The least trusted first; empty while it lets all through.</returns>
    IReadOnlyList<DistrustedLabel> Distrusted();
}
