using Rote.Studies.Claims;
using Rote.Tensors;

namespace Rote.Studies.Zhang2017;

/// <summary>The study of Zhang et al. 2017 (arXiv:1611.03530), with claims of Arpit et al. 2017 (arXiv:1706.05394).</summary>
public sealed class ZhangStudy : IStudy
{
    /// <inheritdoc/>
    public string Name => "zhang2017";

    /// <inheritdoc/>
    public string Title => "Understanding deep learning requires rethinking generalization, claim by claim";

    /// <inheritdoc/>
    public string Source => "Zhang, Bengio, Hardt, Recht and Vinyals 2017";

    /// <inheritdoc/>
    public StudyPlan Plan(string? scale, int seeds, Precision precision) =>
        new ZhangPlan(ScaleFile.Load(), scale ?? "laptop", seeds, precision);
}
