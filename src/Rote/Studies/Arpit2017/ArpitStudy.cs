using Rote.Studies.Claims;
using Rote.Tensors;

namespace Rote.Studies.Arpit2017;

/// <summary>How learning from noise differs from learning from real data: Arpit et al. 2017, "A Closer Look at Memorization in Deep
/// Networks" (arXiv:1706.05394).</summary>
public sealed class ArpitStudy : IStudy
{
    /// <inheritdoc/>
    public string Name => "arpit2017";

    /// <inheritdoc/>
    public string Title => "A closer look at memorization, claim by claim";

    /// <inheritdoc/>
    public string Source => "Arpit et al. 2017";

    /// <inheritdoc/>
    /// <remarks>The precision has no effect: networks are computed in float32.</remarks>
    public StudyPlan Plan(string? scale, int seeds, Precision precision) => new ArpitPlan(ArpitScale.Find(scale ?? "laptop"), seeds);
}
