using Rote.Measurement;
using Rote.Studies.Claims;

namespace Rote.Studies.RuleAfterRote.Claims;

/// <summary>Creates the claims of this study.</summary>
/// <param name="plan">Maps cells to experiments.</param>
internal sealed class ClaimFactory(RulePlan plan)
{
    /// <summary>The number of standard errors by which a difference must exceed its bound.</summary>
    public const double Errors = 2;

    public const string PowerOrder = "Power et al. 2022, Figure 1";
    public const string PowerDecay = "Power et al. 2022, Figure 2";
    public const string PowerShare = "Power et al. 2022, Figure 1";
    public const string Doshi = "Doshi et al. 2024";
    public const string Own = "Rote";

    public RulePlan Plan => plan;

    /// <summary>Creates a claim about the runs of cells.</summary>
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

    /// <summary>Returns the criterion "learned by heart".</summary>
    public static Criterion Learned() => new AtLeast(RuleReadings.Learned, "As many as the time to learn them is read at.");

    /// <summary>Returns the criterion "no better than guessing".</summary>
    public static Criterion Guessing() =>
        new AtMost(0.05, "Twice the share that guessing one of 41 sums gives (2.4 %): a rule, even half of one, gives far more.");

    /// <summary>Returns the criterion "longer by more than its error".</summary>
    public static Criterion Longer() =>
        new Above(1, Errors, "Longer than the time that it is compared with, by two standard errors over the seeds.");
}
