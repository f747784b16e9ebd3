using Rote.Studies.Claims;
using Rote.Tensors;

namespace Rote.Studies.ImageNetSized;

/// <summary>Random labels at the size of ImageNet: 1,281,167 pictures and 1,000 labels that say nothing about them, fitted by one hidden
/// layer (Zhang et al. 2017, Table 2).</summary>
public sealed class SizedStudy : IStudy
{
    /// <inheritdoc/>
    public string Name => "imagenet-sized";

    /// <inheritdoc/>
    public string Title => "Random labels at the size of ImageNet";

    /// <inheritdoc/>
    public string Source => "Zhang et al. 2017";

    /// <inheritdoc/>
    public StudyPlan Plan(string? scale, int seeds, Precision precision) =>
        new SizedPlan(SizedScale.Find(scale ?? "full"), seeds, precision);
}
