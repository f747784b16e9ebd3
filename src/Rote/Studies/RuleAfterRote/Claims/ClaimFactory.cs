using Rote.Measurement;
using Rote.Studies.Claims;

namespace Rote.Studies.RuleAfterRote.Claims;

/// <summary>What the claims of this study have in common.</summary>
/// <param name="plan">Says which experiments a cell is.</param>
internal sealed class ClaimFactory(RulePlan plan)
{
    /// <summary>By so many standard errors a difference must be larger than nothing.</summary>
    public const double Errors = 2;

    public const string PowerOrder = "Power et al. 2022, Figure 1";
    public const string PowerDecay = "Power et al. 2022, Figure 2";
    public const string PowerShare = "Power et al. 2022, Figure 1";
    public const string Doshi = "Doshi et al. 2024";
    public const string Own = "Rote";

    public RulePlan Plan => plan;

    /// <summary>A claim about the runs of cells.</summary>
    public Claim Create(
        string id,
        string source,
        string statement,
        string paper,
        Unit unit,
        Criterion criterion,
        IReadOnlyList<RuleCell> needs,
        Func<RuleReadings, Estimate> measure
    ) =>
        new()
        {
            Id = id,
            Source = source,
            Statement = statement,
            Paper = paper,
            Unit = unit,
            Criterion = criterion,
            Needs = [.. needs.SelectMany(plan.Experiments)],
            Measure = evidence => measure(new RuleReadings(plan, evidence)),
        };

    /// <summary>The criterion "learned by heart".</summary>
    public static Criterion Learned() => new AtLeast(RuleReadings.Learned, "As many as the time to learn them is read at.");

    /// <summary>The criterion "no better than guessing".</summary>
    public static Criterion Guessing() =>
        new AtMost(0.05, "Twice the share that guessing one of 41 sums gives (2.4 %): a rule, even half of one, gives far more.");

    /// <summary>The criterion "longer, beyond its error".</summary>
    public static Criterion Longer() =>
        new Above(1, Errors, "Longer than the time that it is compared with, by two standard errors over the seeds.");
}
