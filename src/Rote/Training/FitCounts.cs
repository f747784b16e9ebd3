namespace Rote.Training;

/// <summary>What a network predicts for a set of examples of which some came with a wrong label.</summary>
/// <param name="Correct">Examples whose given label is predicted, whether it is true or not.</param>
/// <param name="Clean">Those of them whose given label is the true one.</param>
/// <param name="Memorized">Those of them whose given label is a wrong one.</param>
/// <param name="Recovered">Examples whose given label is a wrong one and whose true label is predicted.</param>
/// <remarks>The division of Liu et al. 2020 (arXiv:2007.00151), figure 1; of the rest neither label is predicted.</remarks>
public readonly record struct FitCounts(long Correct, long Clean, long Memorized, long Recovered)
{
    /// <summary>Mean cross-entropy against the given labels in nats; null where it was not asked for.</summary>
    public double? Loss { get; init; }
}
