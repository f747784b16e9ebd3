namespace Rote.Corruptions;

/// <summary>An example that was given a wrong label on purpose.</summary>
/// <param name="Row">Its row in the training set.</param>
/// <param name="Label">The label it is trained with.</param>
public readonly record struct Canary(long Row, long Label);

/// <summary>The canaries of a run, in the order of their rows.</summary>
/// <param name="Steering">Those that training may look at.</param>
/// <param name="HeldOut">Those that are measured at the end only.</param>
public sealed record PlantedCanaries(IReadOnlyList<Canary> Steering, IReadOnlyList<Canary> HeldOut)
{
    /// <summary>Stands in the place of a canary's true label, which its planted one is not to be compared with.</summary>
    public const long NoTruth = -1;

    /// <summary>Those that were given a label and then left out of training, to be told from <see cref="HeldOut"/>; mostly
    /// none.</summary>
    public IReadOnlyList<Canary> LeftOut { get; init; } = [];

    /// <summary>All that are trained on.</summary>
    public IEnumerable<Canary> All => Steering.Concat(HeldOut);
}
