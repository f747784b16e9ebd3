using Rote.Studies.Claims;
using Rote.Tensors;

namespace Rote.Studies.DoubleDescent;

/// <summary>Double descent: test error falls, rises where a model just fits its examples, and falls again. Belkin et al. 2019
/// (arXiv:1812.11118), on random features in closed form.</summary>
public sealed class DescentStudy : IStudy
{
    /// <inheritdoc/>
    public string Name => "double-descent";

    /// <inheritdoc/>
    public string Title => "Double descent, claim by claim";

    /// <inheritdoc/>
    public string Source => "Belkin et al. 2019, Nakkiran et al. 2020";

    /// <inheritdoc/>
    /// <remarks>The precision has no effect: everything is computed in float64.</remarks>
    public StudyPlan Plan(string? scale, int seeds, Precision precision) => new DescentPlan(DescentScale.Find(scale ?? "laptop"), seeds);
}
