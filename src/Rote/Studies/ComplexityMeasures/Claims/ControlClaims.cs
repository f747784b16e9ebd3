using Rote.Complexity;
using Rote.Measurement;
using Rote.Studies.Claims;

namespace Rote.Studies.ComplexityMeasures.Claims;

/// <summary>Controls: what a measure must beat, and what the grid must allow.</summary>
/// <param name="plan">The grid.</param>
internal sealed class ControlClaims(ComplexityPlan plan)
{
    private const string Here = "control";

    private readonly ClaimFactory _factory = new(plan);

    /// <summary>Returns the claims.</summary>
    public IEnumerable<Claim> All() =>
        [
            _factory.Create(
                "control/first-epoch",
                Here,
                "The best measure orders better than the loss after the first epoch (difference of Kendall's τ, within a noise level)",
                "not asked",
                Unit.Number,
                ClaimFactory.Larger(0),
                read => Best(read).Within.Minus(read.Rank(ComplexityMeasure.Control).Within)
            ),
            _factory.Create(
                "control/mixed-noise",
                Here,
                "Mixing noise levels makes measures look better than they are (mean over measures of the absolute τ with the levels "
                    + "mixed, minus within one)",
                "not asked",
                Unit.Number,
                ClaimFactory.Larger(0),
                Mixed
            ),
            _factory.Create(
                "control/random",
                Here,
                "A random number does not order networks (Kendall's τ, within a noise level)",
                "0",
                Unit.Number,
                new Within(0, 0.1, "About three errors of τ between 192 networks."),
                read => read.Random().Within.Estimate
            ),
            _factory.Create(
                "control/other-half",
                Here,
                "Test errors can be told apart: those of one half of the test examples order networks as those of the other half do "
                    + "(Kendall's τ, within a noise level)",
                "1",
                Unit.Number,
                new AtLeast(0.5, "Below this, noise of the test errors would hide every measure."),
                read => read.OtherHalf().Within.Estimate
            ),
            _factory.Create(
                "control/networks",
                Here,
                "Enough networks reach the loss",
                "thousands",
                Unit.Number,
                new AtLeast(plan.Scale.Fewest, "Networks that do not reach it cannot be compared, and are left out."),
                read => new Estimate(read.Made, double.NaN, read.Made)
            ),
        ];

    private static MeasureRanks Best(ComplexityReadings read) => read.All().MaxBy(ranks => ranks.Within.Value)!;

    private static Estimate Mixed(ComplexityReadings read)
    {
        var all = read.All();
        return Mean(all, ranks => ranks.Mixed).Minus(Mean(all, ranks => ranks.Within));
    }

    /// <summary>The mean over measures of the absolute number.</summary>
    private static Resampled Mean(IReadOnlyList<MeasureRanks> all, Func<MeasureRanks, Resampled> read) =>
        new(
            all.Average(ranks => Math.Abs(read(ranks).Value)),
            [.. Enumerable.Range(0, read(all[0]).Draws.Count).Select(draw => all.Average(ranks => Math.Abs(read(ranks).Draws[draw])))],
            read(all[0]).Settings
        );
}
