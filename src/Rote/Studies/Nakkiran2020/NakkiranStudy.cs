using Rote.Studies.Claims;
using Rote.Tensors;

namespace Rote.Studies.Nakkiran2020;

/// <summary>Deep double descent: test error against the width of a trained network, against its epochs, and against the number of examples
/// (Nakkiran et al. 2020, arXiv:1912.02292).</summary>
public sealed class NakkiranStudy : IStudy
{
    /// <inheritdoc/>
    public string Name => "nakkiran2020";

    /// <inheritdoc/>
    public string Title => "Deep double descent, claim by claim";

    /// <inheritdoc/>
    public string Source => "Nakkiran et al. 2020";

    /// <inheritdoc/>
    public StudyPlan Plan(string? scale, int seeds, Precision precision) =>
        new NakkiranPlan(NakkiranScale.Find(scale ?? "laptop"), seeds, precision);
}
