using Rote.Measurement;
using Rote.Studies.Claims;

namespace Rote.Studies.ComplexityMeasures.Claims;

/// <summary>What papers say of measures that are to predict generalization.</summary>
/// <param name="plan">The grid.</param>
internal sealed class MeasureClaims(ComplexityPlan plan)
{
    private const string Jiang = "Jiang et al. 2020, section 5 to 7";
    private const string Dziugaite = "Dziugaite et al. 2020";
    private const double Coin = 0.5;

    private readonly ClaimFactory _factory = new(plan);

    /// <summary>Returns the claims.</summary>
    public IEnumerable<Claim> All() => [.. Norms(), .. Flatness(), .. Others(), .. Robust()];

    private IEnumerable<Claim> Norms() =>
        [
            AtMostZero("norms/parameters", "parameters", "Networks with more parameters do not err more", "negative"),
            AtMostZero(
                "norms/spectral-bound",
                "spectral-bound",
                "The spectrally normalized bound does not rise with the test error",
                "negative"
            ),
            AtMostZero("norms/spectral-margin", "spectral-margin", "Nor does the product of spectral norms over the margin", "negative"),
            _factory.Orders("norms/path-norm", Jiang, "path-margin", "The path norm over the margin rises with the test error", "positive"),
        ];

    private IEnumerable<Claim> Flatness() =>
        [
            _factory.Orders(
                "flatness/relative",
                Jiang,
                "relative-sharpness",
                "Magnitude-aware sharpness rises with the test error",
                "among the best"
            ),
            _factory.Beats(
                "flatness/relative-beats-plain",
                Jiang,
                "relative-sharpness",
                "sharpness",
                "Magnitude-aware sharpness orders better than plain sharpness",
                "better"
            ),
            _factory.Beats(
                "flatness/beats-norms",
                Jiang,
                "relative-sharpness",
                "spectral-bound",
                "Magnitude-aware sharpness orders better than a bound by norms",
                "better"
            ),
            _factory.Beats(
                "flatness/worst-case",
                "Kwon et al. 2021",
                "relative-worst",
                "worst-sharpness",
                "The magnitude-aware worst case orders better than the plain one",
                "better"
            ),
        ];

    private IEnumerable<Claim> Others() =>
        [
            _factory.Orders("gradients/noise", Jiang, "gradient-noise", "Gradient noise at the end rises with the test error", "positive"),
            _factory.Beats(
                "margins/layers",
                "Jiang et al. 2019",
                "layer-margins",
                "margin",
                "Margins at all layers order better than that of the output",
                "better"
            ),
            _factory.Orders(
                "layers/mixup",
                "Natekar and Sharma 2020",
                "davies-bouldin-mixup",
                "Davies-Bouldin index × loss on mixtures rises with the test error",
                "won a competition"
            ),
            _factory.Orders(
                "layers/depth",
                "Baldock et al. 2021",
                "prediction-depth",
                "The mean prediction depth rises with the test error",
                "positive"
            ),
            _factory.Orders(
                "speed/loss-sum",
                "Ru et al. 2021",
                "loss-sum",
                "Networks that are trained with a larger sum of losses err more",
                "positive"
            ),
            _factory.Orders(
                "speed/code-length",
                "Blier and Ollivier 2018",
                "code-length",
                "Networks that compress the labels less in the first epoch err more",
                "compression goes with generalization"
            ),
        ];

    private IEnumerable<Claim> Robust() =>
        [
            _factory.Create(
                "robust/none",
                Dziugaite,
                "Each measure has an axis of settings along which it is no better than a coin (the least, of all measures, of the largest "
                    + "share of pairs ordered wrongly)",
                "no better than a coin",
                Unit.Share,
                new AtLeast(Coin, "A coin orders half of the pairs wrongly."),
                read => read.All().MinBy(ranks => ranks.WorstWrong.Value)!.WorstWrong.Estimate
            ),
            _factory.Create(
                "robust/mean-hides",
                Dziugaite,
                "A mean hides that: the measure with the best granulated τ (largest share of pairs ordered wrongly along an axis, minus "
                    + "its mean over axes)",
                "a mean hides failures",
                Unit.Points,
                new AtLeast(0.1, "Ten points: a difference that would change a choice."),
                Hidden
            ),
        ];

    private Claim AtMostZero(string id, string measure, string statement, string paper) =>
        _factory.Create(
            id,
            Jiang,
            $"{statement} (Kendall's τ with the test error, within a noise level)",
            paper,
            Unit.Number,
            new AtMost(0, "A measure of complexity that is right would be above 0."),
            read => read.Rank(measure).Within.Estimate
        );

    private static Estimate Hidden(ComplexityReadings read)
    {
        var best = read.All().MaxBy(ranks => ranks.Granulated.Value)!;
        return best.WorstWrong.Minus(best.MeanWrong);
    }
}
