using System.Text.Json.Serialization;
using Rote.Corruptions;
using Rote.Networks;
using Rote.Training;

namespace Rote.Memorization.Tools;

/// <summary>DP-SGD: every example's gradient is cut to a norm, and Gaussian noise is added to their sum, so that no example can do much
/// to the network.</summary>
/// <remarks>Abadi et al. 2016 (arXiv:1607.00133), algorithm 1, but for the batches: they are parts of a random order and not drawn by a
/// coin for each example, as the usual accounts of ε suppose. So no ε is stated.</remarks>
public sealed record DpSgd : ControlMethod
{
    /// <summary>The largest norm of an example's gradient, above 0. Default 1.</summary>
    /// <exception cref="InputException">The value is not above 0, or not finite.</exception>
    public double ClippingNorm
    {
        get;
        init => field = Positive(value, "The clipping norm of DP-SGD");
    } = 1;

    /// <summary>Standard deviation of the noise in clipping norms, above 0. Default 1.</summary>
    /// <exception cref="InputException">The value is not above 0, or not finite.</exception>
    public double Noise
    {
        get;
        init => field = Positive(value, "The noise of DP-SGD");
    } = 1;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Title => $"DP-SGD with norm {ClippingNorm} and noise {Noise}";

    /// <inheritdoc/>
    /// <remarks>The norm of an example's gradient is computed from the layers of an MLP: norm² = Σ ‖δ‖² (‖a‖² + 1) over layers, of which a
    /// is the input and δ the gradient of the output (Goodfellow 2015, arXiv:1510.01799).</remarks>
    public override string? Refusal(NetworkSpec network) =>
        network is Mlp { Dropout: 0, TiedDropout: null }
            ? null
            : $"DP-SGD trains MLPs without dropout; this network is not one ({network.Title}).";

    /// <inheritdoc/>
    public override void RequireFit(Recipe recipe, Corruption corruption)
    {
        Sentence? refusal = recipe switch
        {
            { Loss: not null } => $"cuts the gradients of cross-entropy: leave out {Setting.Loss}",
            { MixupAlpha: not null } => $"cuts the gradient of each example, and a mixture is of two: leave out {Setting.Mixup}",
            { LabelSmoothing: > 0 } => $"cuts the gradients of cross-entropy: leave out {Setting.LabelSmoothing}",
            _ => null,
        };
        if (refusal is not null)
        {
            throw new InputException($"DP-SGD {refusal}.");
        }
    }

    /// <inheritdoc/>
    public override TrainingMethod Create(ControlSetting setting) => new DpSgdTraining(this, setting);

    private static double Positive(double value, string what) =>
        value > 0 && double.IsFinite(value) ? value : throw new InputException($"{what} is {value}, expected a number above 0.");
}
