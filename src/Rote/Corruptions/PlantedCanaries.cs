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

    /// <summary>Canaries that the run is to forget, or to be trained without; they are not read. Usually none.</summary>
    public IReadOnlyList<Canary> Forgotten { get; init; } = [];

    /// <summary>All that are trained on and read.</summary>
    public IEnumerable<Canary> All => Steering.Concat(HeldOut);

    /// <summary>All examples with a planted label.</summary>
    public IEnumerable<Canary> Planted => All.Concat(LeftOut).Concat(Forgotten);

    /// <summary>Whether memorization can be read: neither set is empty.</summary>
    public bool IsReadable => Steering.Count > 0 && HeldOut.Count > 0;

    /// <summary>Throws where coins have left all held-out canaries out of training, or none: nothing can be compared then.</summary>
    /// <returns>The same canaries.</returns>
    /// <exception cref="InputException">They have.</exception>
    internal PlantedCanaries RequireBothSides() =>
        HeldOut.Count > 0 && LeftOut.Count > 0
            ? this
            : throw new InputException(
                $"A coin leaves each held-out canary out of training, and of {HeldOut.Count + LeftOut.Count} it has left out "
                    + $"{(HeldOut.Count > 0 ? "none" : "all")}, so that there is nothing to compare: plant more of them."
            );
}
