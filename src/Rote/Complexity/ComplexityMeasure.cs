using Rote.Storage;

namespace Rote.Complexity;

/// <summary>A complexity measure: a number of a trained network that is said to predict how well it generalizes: the larger, the
/// worse.</summary>
/// <param name="Name">Its name: lower-case letters, digits and hyphens.</param>
/// <param name="Title">It in a few words.</param>
/// <param name="Formula">What is computed.</param>
/// <param name="Source">Who proposed it.</param>
/// <param name="Read">Reads it from the weights and the run.</param>
internal sealed record ComplexityMeasure(
    string Name,
    string Title,
    string Formula,
    string Source,
    Func<ComplexitySubject, FinishedRun, double> Read
)
{
    /// <summary>The name of the one that is a control: the loss after the first epoch.</summary>
    public const string Control = "first-epoch";

    private const string Fantastic = "Jiang et al. 2020";

    /// <summary>All measures, family by family.</summary>
    public static IReadOnlyList<ComplexityMeasure> All { get; } =
    [.. Norms(), .. Margins(), .. Flatness(), .. Gradients(), .. Layers(), .. Speed()];

    /// <summary>Finds a measure by name.</summary>
    public static ComplexityMeasure Find(string name) => All.Single(measure => measure.Name == name);

    private static IEnumerable<ComplexityMeasure> Norms() =>
        [
            new("parameters", "number of parameters", "weights and biases", Fantastic, (s, _) => NormMeasures.Parameters(s)),
            new("squares", "sum of squared weights", "Σ‖W‖²_F", Fantastic, (s, _) => NormMeasures.SumOfSquares(s)),
            new("frobenius-product", "product of Frobenius norms", "Π‖W‖²_F", Fantastic, (s, _) => NormMeasures.LogFrobeniusProduct(s)),
            new(
                "frobenius-margin",
                "Frobenius norms over the margin",
                "Π‖W‖²_F/γ²",
                Fantastic,
                (s, _) => NormMeasures.FrobeniusOverMargin(s)
            ),
            new("spectral-product", "product of spectral norms", "Π‖W‖²₂", Fantastic, (s, _) => NormMeasures.LogSpectralProduct(s)),
            new(
                "spectral-margin",
                "spectral norms over the margin",
                "Π‖W‖²₂/γ²",
                "Bartlett et al. 2017",
                (s, _) => NormMeasures.SpectralOverMargin(s)
            ),
            new("stable-rank", "sum of stable ranks", "Σ‖W‖²_F/‖W‖²₂", Fantastic, (s, _) => NormMeasures.StableRank(s)),
            new(
                "spectral-bound",
                "spectrally normalized bound",
                "Π‖W‖²₂ · Σ‖W − Z‖²_F/‖W‖²₂ / γ²",
                "Neyshabur et al. 2018",
                (s, _) => NormMeasures.SpectralBound(s)
            ),
            new("distance", "distance from the start", "Σ‖W − Z‖²_F", "Dziugaite and Roy 2017", (s, _) => NormMeasures.Distance(s)),
            new(
                "spectral-distance",
                "spectral distance from the start",
                "Σ‖W − Z‖²₂",
                Fantastic,
                (s, _) => NormMeasures.SpectralDistance(s)
            ),
            new(
                "path-norm",
                "path norm",
                "sum over paths of squared products",
                "Neyshabur et al. 2015",
                (s, _) => NormMeasures.PathNorm(s)
            ),
            new("path-margin", "path norm over the margin", "the same/γ²", Fantastic, (s, _) => NormMeasures.PathNormOverMargin(s)),
        ];

    private static IEnumerable<ComplexityMeasure> Margins() =>
        [
            new("margin", "inverse margin of the output", "1/γ", Fantastic, (s, _) => MarginMeasures.Inverse(s)),
            new(
                "input-margin",
                "inverse margin at the input",
                "one over the margin at the input",
                "Elsayed et al. 2018",
                (s, _) => MarginMeasures.AtInput(s)
            ),
            new(
                "layer-margins",
                "margins at all layers",
                "−Σ log of the margin at each layer",
                "Jiang et al. 2019",
                (s, _) => MarginMeasures.AtAllLayers(s)
            ),
        ];

    private static IEnumerable<ComplexityMeasure> Flatness() =>
        [
            new("sharpness", "average sharpness", "1/σ², noise σ costs 10 points", Fantastic, (s, _) => FlatnessMeasures.Average(s)),
            new(
                "relative-sharpness",
                "magnitude-aware sharpness",
                "1/σ², noise σ|w| costs 10 points",
                Fantastic,
                (s, _) => FlatnessMeasures.MagnitudeAware(s)
            ),
            new("pac-bayes", "PAC-Bayes around the start", "‖w − z‖²/σ²", Fantastic, (s, _) => FlatnessMeasures.PacBayes(s)),
            new(
                "worst-sharpness",
                "worst-case sharpness",
                "rise of the loss at a distance",
                "Keskar et al. 2017",
                (s, _) => FlatnessMeasures.Worst(s)
            ),
            new(
                "relative-worst",
                "magnitude-aware worst case",
                "rise of the loss at a relative distance",
                "Kwon et al. 2021",
                (s, _) => FlatnessMeasures.WorstMagnitudeAware(s)
            ),
        ];

    private static IEnumerable<ComplexityMeasure> Gradients() =>
        [
            new("gradient-noise", "gradient noise at the end", "E‖gᵢ‖² − ‖E gᵢ‖²", Fantastic, (s, _) => GradientMeasures.Noise(s)),
            new("fisher-rao", "Fisher-Rao norm", "E⟨w, gᵢ⟩²", "Liang et al. 2019", (s, _) => GradientMeasures.FisherRao(s)),
            new("input-jacobian", "input Jacobian", "E‖∂f/∂x‖²_F", "Novak et al. 2018", (s, _) => GradientMeasures.InputJacobian(s)),
        ];

    private static IEnumerable<ComplexityMeasure> Layers() =>
        [
            new(
                "davies-bouldin",
                "Davies-Bouldin index",
                "of the last hidden layer",
                "Davies and Bouldin 1979",
                (s, _) => RepresentationMeasures.DaviesBouldin(s)
            ),
            new(
                "mixup",
                "loss on mixtures",
                "of two examples of one label",
                "Natekar and Sharma 2020",
                (s, _) => RepresentationMeasures.Mixup(s)
            ),
            new(
                "davies-bouldin-mixup",
                "Davies-Bouldin × mixtures",
                "the product of both",
                "Natekar and Sharma 2020",
                (s, _) => RepresentationMeasures.DaviesBouldinMixup(s)
            ),
            new(
                "prediction-depth",
                "mean prediction depth",
                "over the number of layers",
                "Baldock et al. 2021",
                (s, _) => RepresentationMeasures.PredictionDepth(s)
            ),
        ];

    private static IEnumerable<ComplexityMeasure> Speed() =>
        [
            new(
                Control,
                "loss after epoch 1",
                "mean over the training examples",
                "a control",
                (_, run) => SpeedMeasures.LossAfterEpoch1(run)
            ),
            new(
                "code-length",
                "code length of epoch 1",
                "loss of each example before it is trained on",
                "Blier and Ollivier 2018",
                (_, run) => SpeedMeasures.CodeLength(run)
            ),
            new("loss-sum", "sum of training losses", "over all epochs", "Ru et al. 2021", (_, run) => SpeedMeasures.SumOfLosses(run)),
            new("steps", "steps until the loss", "batches", Fantastic, (_, run) => SpeedMeasures.Steps(run)),
        ];
}
