using Rote.Features;
using Rote.Measurement;
using Rote.Studies.Claims;

namespace Rote.Studies.Features;

/// <summary>Fifteen published signs of what networks learn, as claims whose criteria were written before any network here was
/// examined.</summary>
/// <remarks>docs/guide/features.md gives the results. A sign that is not found stays in the list as not found.</remarks>
public static class FeatureSigns
{
    private const string BeyondChance = "two standard errors: a difference that chance gives once in forty";

    /// <summary>Checks every sign in one result.</summary>
    /// <param name="result">The measured features.</param>
    /// <returns>One finding per sign; a sign whose run is missing, as that on random labels, gets the verdict "not run".</returns>
    public static Ledger In(FeaturesResult result) => Ledger.Of(Of(result), new Evidence([]));

    private static IEnumerable<Claim> Of(FeaturesResult result)
    {
        var look = new SignReader(result);
        return [.. Probes(look), .. Depths(look), .. Geometry(look), .. FirstLayer(look), .. Memory(look), .. Codes(result)];
    }

    private static IEnumerable<Claim> Probes(SignReader look) =>
        [
            Sign(
                "probes/above-projection",
                "Alain and Bengio 2016, section 4",
                "The classes can be read off the last hidden layer better than off a random projection of the input as wide.",
                "probes improve with depth",
                Unit.Points,
                () => look.LastHidden(NetworkRole.Subject).TrueLabels.Minus(look.LastHidden(NetworkRole.Subject).Projection)
            ),
            Sign(
                "probes/above-untrained",
                "Alain and Bengio 2016, section 4",
                "They can be read off it better than off the same layer before training.",
                "trained probes are better than those at the start",
                Unit.Points,
                () => look.LastHidden(NetworkRole.Subject).TrueLabels.Minus(look.LastHidden(NetworkRole.Untrained).TrueLabels)
            ),
            Sign(
                "probes/random-labels-lose",
                "Cohen, Sapiro and Giryes 2018, section 4",
                "After random labels the last hidden layer says less of the true classes than after true ones.",
                "features after random labels do not tell the classes",
                Unit.Points,
                () => look.LastHidden(look.Rule).TrueLabels.Minus(look.LastHidden(look.Rote).TrueLabels)
            ),
            Sign(
                "probes/given-labels-late",
                "Stephenson et al. 2021, section 4",
                "What was given at random cannot be read off the input, and can be off the network's end: a probe of half the "
                    + "examples says "
                    + "the given labels of the other half.",
                "memorization is in the last layers",
                Unit.Points,
                () => look.Layer(look.Rote, ^1).GivenLabels.Minus(look.Layer(look.Rote, 0).GivenLabels)
            ),
        ];

    private static IEnumerable<Claim> Depths(SignReader look) =>
        [
            Sign(
                "depth/wrong-deeper",
                "Baldock, Maennel and Neyshabur 2021, section 3",
                "Examples with a wrong label are settled in later layers than those with a right one.",
                "mislabelled examples have a greater prediction depth",
                Unit.Number,
                () => look.DepthOfWrong().Minus(look.Depth(look.Rule, DepthKind.Clean).Mean)
            ),
            Sign(
                "depth/early-is-right",
                "Baldock, Maennel and Neyshabur 2021, figure 1",
                "Of the test examples the half that is settled earlier is right more often than the other.",
                "accuracy falls with prediction depth",
                Unit.Points,
                () => look.EarlyMinusLate(look.Rule)
            ),
        ];

    private static IEnumerable<Claim> Geometry(SignReader look) =>
        [
            Sign(
                "cka/neighbours",
                "Kornblith et al. 2019, figure 3",
                "Layers next to each other are more similar than the first and the last.",
                "similarity falls with distance in depth",
                Unit.Number,
                look.NeighboursMinusEnds
            ),
            Sign(
                "cka/early-alike",
                "Kornblith et al. 2019, section 6.4",
                "The first layers after true and after random labels are more similar than the last.",
                "early layers are similar across data sets, late ones are not",
                Unit.Number,
                look.EarlyMinusLateSimilarity
            ),
            Sign(
                "dimension/falls",
                "Ansuini et al. 2019, figure 3",
                "The intrinsic dimension of the last hidden layer is below the largest of the layers before it.",
                "it rises in the first layers and falls in the last",
                Unit.Number,
                () => look.LargestDimension(look.Rule).Minus(look.LastHidden(look.Rule).Dimension.Whole)
            ),
            Sign(
                "dimension/random-labels-higher",
                "Ansuini et al. 2019, section 3.4",
                "After random labels the last hidden layer has a higher intrinsic dimension than after true ones.",
                "on random labels it grows",
                Unit.Number,
                () => look.LastHidden(look.Rote).Dimension.Whole.Minus(look.LastHidden(look.Rule).Dimension.Whole)
            ),
        ];

    private static IEnumerable<Claim> FirstLayer(SignReader look) =>
        [
            Sign(
                "alignment/true-labels",
                "Maennel et al. 2020, section 2",
                "What training on this run's labels changed in the first layer has the axes of the data's covariance.",
                "weights align with the data's principal components",
                Unit.Number,
                () => look.Alignment(look.Rule)
            ),
            Sign(
                "alignment/random-labels",
                "Maennel et al. 2020, section 2",
                "So has what random labels changed.",
                "they do on random labels too",
                Unit.Number,
                () => look.Alignment(look.Rote)
            ),
            Sign(
                "v1/selectivity",
                "Olshausen and Field 1996; Krizhevsky, Sutskever and Hinton 2012, figure 3",
                "Units of the first layer are more selective for orientation than before training.",
                "first layers of networks learn oriented filters, as V1 has",
                Unit.Number,
                () => look.Gratings(look.Rule).Selectivity.Minus(look.Gratings(NetworkRole.Untrained).Selectivity)
            ),
            Sign(
                "v1/coverage",
                "Hubel and Wiesel 1968",
                "Its tuned units prefer at least ten of the twelve orientations.",
                "all orientations are represented",
                Unit.Number,
                () => new Estimate(look.Gratings(look.Rule).Coverage, double.NaN, look.Gratings(look.Rule).Units),
                new AtLeast(10, "most, and room for a small layer that misses two")
            ),
        ];

    private static IEnumerable<Claim> Memory(SignReader look) =>
        [
            Sign(
                "knock-out/few-channels",
                "Maini et al. 2023, section 5",
                "Fewer channels must be silenced before a wrong label is lost than before a right one is.",
                "memorized examples rest on few neurons",
                Unit.Number,
                () => look.KnockOut(look.Rule, DepthKind.Clean).Channels.Minus(look.ChannelsOfWrong())
            ),
        ];

    private static IEnumerable<Claim> Codes(FeaturesResult result) =>
        result.CodeLengths.Select(code =>
            Sign(
                code.IsRandom ? "code-length/random-labels" : "code-length/given-labels",
                "Blier and Ollivier 2018, section 3",
                code.IsRandom
                    ? "Random labels cannot be compressed."
                    : "The labels of this run can be compressed to less than four tenths.",
                code.IsRandom ? "no procedure compresses noise" : "CIFAR-10's to 15 %, by larger networks",
                Unit.Share,
                () => code.Share,
                code.IsRandom
                    ? new AtLeast(0.98, "the temperature may cost or gain some percent by chance")
                    : new AtMost(0.4, "set for a residual network on 50,000 examples")
            )
        );

    private static Claim Sign(
        string id,
        string source,
        string statement,
        string paper,
        Unit unit,
        Func<Estimate> measure,
        Criterion? criterion = null
    ) =>
        new()
        {
            Id = id,
            Source = source,
            Statement = statement,
            Paper = paper,
            Unit = unit,
            Criterion = criterion ?? new Above(0, 2, BeyondChance),
            Needs = [],
            Measure = _ => measure(),
        };
}
