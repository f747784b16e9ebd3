using Rote.Corruptions;
using Rote.Measurement;

namespace Rote.Memorization;

/// <summary>The canaries' outcome of a run, and that of the control that they steered.</summary>
/// <param name="Summary">Hits of both sets.</param>
/// <param name="Canaries">The canaries, by rows of the whole training set.</param>
/// <param name="Distrusted">Labels that were not trusted, by rows of the whole training set; no canaries among them; null: nothing
/// distrusts.</param>
public sealed record ControlOutcome(CanarySummary Summary, PlantedCanaries Canaries, IReadOnlyList<DistrustedLabel>? Distrusted)
{
    /// <summary>The second network and the degrees of adjustable memorization; still the caller's. Null: there is one degree.</summary>
    internal AdjustedNetworks? Adjusted { get; init; }
}
