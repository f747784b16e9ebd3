using Rote.Studies.Arpit2017.Networks;
using Rote.Studies.Claims;

namespace Rote.Studies.Arpit2017.Claims;

/// <summary>Some regularizers hinder memorization and not learning.</summary>
internal static class RegularizerClaims
{
    private const string Paper = "Section 5, Figure 10";
    private const string AtThisPrice =
        "training accuracy on random labels that the best strength takes, at a cost of at most one point on real data";

    private static readonly RegularizerKind[] Others =
    [
        RegularizerKind.InputDropout,
        RegularizerKind.InputNoise,
        RegularizerKind.WeightDecay,
        RegularizerKind.Adversarial,
    ];

    /// <summary>Returns the claims.</summary>
    public static IEnumerable<Claim> Of(ClaimFactory make) =>
        [
            make.Create(
                "regularizers/dropout",
                Paper,
                $"Dropout hinders memorization and not learning ({AtThisPrice})",
                "noise can be capped at no cost",
                Unit.Points,
                new AtLeast(0.2, "A fifth of what there is to learn by rote: no accident of one network."),
                draw => draw.Regularizers().Hindered(RegularizerKind.Dropout)
            ),
            make.Create(
                "regularizers/decay",
                Paper,
                "Weight decay does so less (the same, dropout minus weight decay)",
                "dropout does it best",
                Unit.Points,
                ClaimFactory.Larger(0),
                draw => Hindered(draw, RegularizerKind.Dropout) - Hindered(draw, RegularizerKind.WeightDecay)
            ),
            make.Create(
                "regularizers/dropout-best",
                Paper,
                "So does every other (the same, dropout minus the best of input dropout, input noise, weight decay and adversarial "
                    + "training)",
                "dropout does it best",
                Unit.Points,
                ClaimFactory.Larger(0),
                draw => Hindered(draw, RegularizerKind.Dropout) - Others.Max(kind => Hindered(draw, kind))
            ),
            make.Create(
                "control/memorized",
                ClaimFactory.Control,
                "Without a regularizer random labels are learned by rote (share of the training examples)",
                "all",
                Unit.Share,
                new AtLeast(0.99, "Else there is little to hinder."),
                draw => draw.Regularizers().Plain.Memorized
            ),
            make.Create(
                "control/strongest",
                ClaimFactory.Control,
                "Every regularizer hinders memorization if it is strong enough, so that the strengths reach far enough (what the largest "
                    + "strength takes, the smallest of five kinds)",
                "much",
                Unit.Points,
                new AtLeast(0.2, "As much as is asked of dropout."),
                draw => Others.Append(RegularizerKind.Dropout).Min(kind => Strongest(draw.Regularizers(), kind))
            ),
        ];

    private static double Hindered(ArpitDraw draw, RegularizerKind kind) => draw.Regularizers().Hindered(kind);

    private static double Strongest(RegularizerResult result, RegularizerKind kind) =>
        result.Plain.Memorized
        - result.Points.Where(point => point.Regularizer.Kind == kind).MaxBy(point => point.Regularizer.Strength)!.Memorized;
}
