using Rote.Studies.Claims;
using Rote.Tensors;

namespace Rote.Studies.ComplexityMeasures;

/// <summary>What predicts how well a network generalizes? Measures of complexity on a grid of networks that are trained to one loss (Jiang
/// et al. 2020, arXiv:1912.02178; Dziugaite et al. 2020, arXiv:2010.11924), beside the control that most forget: the loss after the first
/// epoch.</summary>
public sealed class ComplexityStudy : IStudy
{
    /// <inheritdoc/>
    public string Name => "complexity-measures";

    /// <inheritdoc/>
    public string Title => "What predicts generalization, measure by measure";

    /// <inheritdoc/>
    public string Source => "Jiang et al. 2020, Dziugaite et al. 2020";

    /// <inheritdoc/>
    public StudyPlan Plan(string? scale, int seeds, Precision precision) =>
        new ComplexityPlan(ComplexityScale.Find(scale ?? "laptop"), seeds, precision);
}
