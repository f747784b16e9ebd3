namespace Rote.Corruptions;

/// <summary>An example with a deliberately wrong label.</summary>
/// <param name="Row">Its row in the training set.</param>
/// <param name="Label">The label it is trained with.</param>
public readonly record struct Canary(long Row, long Label);

/// <summary>The canaries of a run, in the order of their rows.</summary>
/// <param name="Steering">Those that training may look at.</param>
/// <param name="HeldOut">Those that are measured at the end only.</param>
public sealed record PlantedCanaries(IReadOnlyList<Canary> Steering, IReadOnlyList<Canary> HeldOut)
{
    /// <summary>Replaces the true label of a canary, so that nothing compares it with the planted one.</summary>
    public const long NoTruth = -1;

    /// <summary>Canaries with a new label that were left out of training, to compare <see cref="HeldOut"/> with; usually none.</summary>
    public IReadOnlyList<Canary> LeftOut { get; init; } = [];

    /// <summary>All that are trained on.</summary>
    public IEnumerable<Canary> All => Steering.Concat(HeldOut);
}
