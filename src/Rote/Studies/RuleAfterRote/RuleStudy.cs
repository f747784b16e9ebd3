using Rote.Studies.Claims;
using Rote.Tensors;

namespace Rote.Studies.RuleAfterRote;

/// <summary>A network on modular addition learns by rote first, then by rule, and unlearns the rote. Power et al. 2022 (arXiv:2201.02177)
/// and Doshi et al. 2024 (arXiv:2310.13061).</summary>
public sealed class RuleStudy : IStudy
{
    /// <inheritdoc/>
    public string Name => "rule-after-rote";

    /// <inheritdoc/>
    public string Title => "From rote to rule and back, claim by claim";

    /// <inheritdoc/>
    public string Source => "Power et al. 2022, Doshi et al. 2024";

    /// <inheritdoc/>
    public StudyPlan Plan(string? scale, int seeds, Precision precision) =>
        new RulePlan(RuleScale.Find(scale ?? "laptop"), seeds, precision);
}
