using Rote.Studies.Claims;
using Rote.Tensors;

namespace Rote.Studies.BenignKernels;

/// <summary>Interpolation without harm: kernel machines that fit every label, wrong ones too, and still generalize (Belkin, Ma and Mandal
/// 2018, arXiv:1802.01396), and why bounds by uniform convergence cannot say so (Nagarajan and Kolter 2019, arXiv:1902.04742).</summary>
public sealed class BenignStudy : IStudy
{
    /// <inheritdoc/>
    public string Name => "benign-kernels";

    /// <inheritdoc/>
    public string Title => "Interpolation and its bounds, claim by claim";

    /// <inheritdoc/>
    public string Source => "Belkin et al. 2018, Nagarajan and Kolter 2019";

    /// <inheritdoc/>
    /// <remarks>The precision has no effect: kernels are computed in float64, networks in float32.</remarks>
    public StudyPlan Plan(string? scale, int seeds, Precision precision) => new BenignPlan(BenignScale.Find(scale ?? "laptop"), seeds);
}
