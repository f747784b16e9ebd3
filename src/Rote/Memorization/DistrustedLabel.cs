namespace Rote.Memorization;

/// <summary>A given label that the dial replaced by another target.</summary>
/// <param name="Row">The example's row in <see cref="Training.TrainingData.Train"/>.</param>
/// <param name="Given">The label given.</param>
/// <param name="Suggested">The teacher's prediction, always another class.</param>
/// <param name="Confidence">The network's confidence in the given label while it learned, in [0, 1].</param>
public readonly record struct DistrustedLabel(long Row, long Given, long Suggested, double Confidence);

/// <summary>A training method that can name the labels that it did not trust.</summary>
public interface IDistrusts
{
    /// <summary>Labels that it does not let through now, although it would predict another class.</summary>
    /// <returns>The least trusted first; empty while it lets all through.</returns>
    IReadOnlyList<DistrustedLabel> Distrusted();
}
