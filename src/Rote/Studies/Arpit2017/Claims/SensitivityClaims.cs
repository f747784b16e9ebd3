using Rote.Measurement;
using Rote.Studies.Arpit2017.Networks;
using Rote.Studies.Claims;

namespace Rote.Studies.Arpit2017.Claims;

/// <summary>Of real data, few examples matter to the loss.</summary>
internal static class SensitivityClaims
{
    private const string Paper = "Section 3.2, Figure 3";
    private const string ByClass = "Section 3.2, Figure 4";

    private static readonly (NoiseLevel Noise, string Key, string Title)[] Random =
    [
        (NoiseLevel.RandomLabels, "labels", "random labels"),
        (NoiseLevel.RandomInputs, "inputs", "random inputs"),
    ];

    /// <summary>Returns the claims.</summary>
    public static IEnumerable<Claim> Of(ClaimFactory make) =>
        [
            .. Random.Select(random =>
                make.Create(
                    $"sensitivity/gini-{random.Key}",
                    Paper,
                    $"The loss depends more unequally on examples of real data than with {random.Title} (Gini coefficient of the "
                        + "loss-sensitivity through all steps of training, difference)",
                    "much higher for real data",
                    Unit.Number,
                    ClaimFactory.Larger(0),
                    draw => Gini(draw.Sensitivity(NoiseLevel.Real)) - Gini(draw.Sensitivity(random.Noise))
                )
            ),
            make.Create(
                "sensitivity/gini-unique",
                Paper,
                "Also where every example has a class of its own, so that nothing but rote can be asked (the same, real data minus random "
                    + "inputs)",
                "also with as many classes as examples",
                Unit.Number,
                ClaimFactory.Larger(0),
                draw =>
                    Gini(draw.Sensitivity(NoiseLevel.Real, unique: true)) - Gini(draw.Sensitivity(NoiseLevel.RandomInputs, unique: true))
            ),
            make.Create(
                "sensitivity/direct",
                "Rote",
                "The gradient with the weights held fixed, which is cheap, shows it too (Gini coefficient, real data minus random labels)",
                "no number",
                Unit.Number,
                ClaimFactory.Larger(0),
                draw =>
                    Dispersion.Gini(draw.Sensitivity(NoiseLevel.Real).Direct)
                    - Dispersion.Gini(draw.Sensitivity(NoiseLevel.RandomLabels).Direct)
            ),
            .. Controls(make),
            .. Random.Select(random =>
                make.Create(
                    $"classes/mixing-{random.Key}",
                    ByClass,
                    $"A class's loss depends on examples of other classes more on real data than with {random.Title} (sensitivity to "
                        + "another class's examples over that to its own, ratio)",
                    "noise: only to its own class; real data: across classes",
                    Unit.Ratio,
                    ClaimFactory.Larger(1),
                    draw => draw.Sensitivity(NoiseLevel.Real).Mixing() / draw.Sensitivity(random.Noise).Mixing()
                )
            ),
        ];

    private static IEnumerable<Claim> Controls(ClaimFactory make) =>
        [
            make.Create(
                "control/untrained-labels",
                ClaimFactory.Control,
                "Before the first step random labels make no difference (Gini coefficient with the weights held fixed, real data minus "
                    + "random labels)",
                "none",
                Unit.Number,
                new Within(0, 0.05, "A network that was not trained knows no label; the gradients differ by chance alone."),
                draw =>
                    Dispersion.Gini(draw.Sensitivity(NoiseLevel.Real).Untrained)
                    - Dispersion.Gini(draw.Sensitivity(NoiseLevel.RandomLabels).Untrained)
            ),
            make.Create(
                "control/untrained-inputs",
                ClaimFactory.Control,
                "Training makes the difference to random inputs, not the inputs (Gini coefficient, real data minus random inputs; through "
                    + "training minus before the first step)",
                "larger",
                Unit.Number,
                ClaimFactory.Larger(0),
                draw =>
                    Gini(draw.Sensitivity(NoiseLevel.Real))
                    - Gini(draw.Sensitivity(NoiseLevel.RandomInputs))
                    - Dispersion.Gini(draw.Sensitivity(NoiseLevel.Real).Untrained)
                    + Dispersion.Gini(draw.Sensitivity(NoiseLevel.RandomInputs).Untrained)
            ),
        ];

    private static double Gini(SensitivityOf network) => Dispersion.Gini(network.Unrolled);
}
