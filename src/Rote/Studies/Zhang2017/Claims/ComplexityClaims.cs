using Rote.Corruptions;
using Rote.Studies.Claims;

namespace Rote.Studies.Zhang2017.Claims;

/// <summary>Section 2.2: the empirical Rademacher complexity; and the critical sample ratio of Arpit et al. 2017.</summary>
internal static class ComplexityClaims
{
    private static readonly string[] Networks = ["mlp-1x512", "small-alexnet"];

    public static IEnumerable<Claim> Of(ClaimFactory make) =>
        [Rademacher(make), .. Networks.Select(network => CriticalSamples(make, network))];

    private static Claim Rademacher(ClaimFactory make)
    {
        var cell = new StudyCell(Variations.Network, new RandomLabels { Among = 2 });
        var labelings = make.Plan.Scale.Labelings;
        return make.Create(
            "section2.2/rademacher",
            "section 2.2",
            $"the empirical Rademacher complexity of {StudyNames.Network(Variations.Network)} is about 1 (2 × accuracy on random signs − "
                + $"1, mean of {labelings} labelings)",
            "about 1",
            Unit.Number,
            new AtLeast((2 * make.Plan.Tolerance("fitted").Value) - 1, "2a − 1 for the accuracy a that counts as fitted."),
            [],
            r => r.Rademacher(cell, labelings)
        ) with
        {
            Needs = make.Plan.Experiments(cell, labelings),
        };
    }

    private static Claim CriticalSamples(ClaimFactory make, string network)
    {
        var (random, plain) = (Cells.Random(network), Cells.True(network));
        return make.Create(
            $"arpit/{network}/critical-samples",
            "Arpit et al. 2017, section 4.1",
            $"{StudyNames.Network(network)} that fitted random labels has more critical samples than the one that fitted true labels",
            "more",
            Unit.Points,
            make.Larger(than: 0),
            [random, plain],
            r => r.CriticalSampleGain(random, plain)
        );
    }
}
