using Rote.Studies.Claims;

namespace Rote.Studies.Arpit2017.Claims;

/// <summary>Makes claims that are means over draws.</summary>
/// <param name="plan">The sizes.</param>
internal sealed class ClaimFactory(ArpitPlan plan)
{
    /// <summary>The source of a claim that only shows that a measurement is sound.</summary>
    public const string Control = "a control of this study";

    /// <summary>The sizes.</summary>
    public ArpitScale Scale => plan.Scale;

    /// <summary>Makes a claim.</summary>
    public Claim Create(
        string id,
        string source,
        string statement,
        string paper,
        Unit unit,
        Criterion criterion,
        Func<ArpitDraw, double> read
    ) =>
        new()
        {
            Id = id,
            Source = source,
            Statement = statement,
            Paper = paper,
            Unit = unit,
            Criterion = criterion,
            Needs = [],
            Measure = evidence => new ArpitReadings(plan, evidence).Mean(read),
        };

    /// <summary>The criterion that a number is above a bound beyond two standard errors over the draws.</summary>
    public static Above Larger(double than) => new(than, 2, "Beyond two standard errors over the draws.");
}
