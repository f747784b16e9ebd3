using Rote.Studies.Claims;
using Rote.Tensors;

namespace Rote.Studies.Feldman2020;

/// <summary>Which examples a network memorizes, and what that is worth: Feldman and Zhang 2020 (arXiv:2008.03703).</summary>
public sealed class FeldmanStudy : IStudy
{
    /// <inheritdoc/>
    public string Name => "feldman2020";

    /// <inheritdoc/>
    public string Title => "What networks memorize and why, claim by claim";

    /// <inheritdoc/>
    public string Source => "Feldman and Zhang 2020";

    /// <inheritdoc/>
    public StudyPlan Plan(string? scale, int seeds, Precision precision) =>
        new FeldmanPlan(FeldmanScale.Find(scale ?? "laptop"), seeds, precision);
}
