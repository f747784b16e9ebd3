using Rote.Measurement;
using Rote.Studies.Claims;

namespace Rote.Studies.Zhang2017.Claims;

/// <summary>Creates the claims of this study.</summary>
/// <param name="plan">The sizes and tolerances.</param>
internal sealed class ClaimFactory(ZhangPlan plan)
{
    public ZhangPlan Plan => plan;

    /// <summary>Chance accuracy with ten classes of equal size.</summary>
    public const double Chance = 0.1;

    /// <summary>Creates a claim about the runs of cells.</summary>
    public Claim Create(
        string id,
        string source,
        string statement,
        string paper,
        Unit unit,
        Criterion criterion,
        IReadOnlyList<StudyCell> needs,
        Func<StudyReadings, Estimate> measure
    ) =>
        new()
        {
            Id = id,
            Source = source,
            Statement = StudyNames.Sentence(statement),
            Paper = paper,
            Unit = unit,
            Criterion = criterion,
            Needs = [.. needs.SelectMany(cell => plan.Experiments(cell)).DistinctBy(experiment => experiment.Identity)],
            Measure = evidence => measure(new StudyReadings(plan, evidence)),
        };

    /// <summary>Returns the criterion "at least 99.95 %".</summary>
    public Criterion Fitted() => new AtLeast(plan.Tolerance("fitted").Value, plan.Tolerance("fitted").Why);

    /// <summary>Returns the criterion "at chance" within some binomial standard errors of the network's test examples.</summary>
    public Criterion AtChance(string network)
    {
        var (errors, why) = plan.Tolerance("chance");
        return new Within(Chance, errors * Math.Sqrt(Chance * (1 - Chance) / plan.Scale.Networks[network].TestExamples), why);
    }

    /// <summary>Returns the criterion "larger by more than its error".</summary>
    public Criterion Larger(double than) => new Above(than, plan.Tolerance("standard-errors").Value, plan.Tolerance("standard-errors").Why);

    /// <summary>Returns the criterion "equal to the paper's number within a tolerance".</summary>
    public Criterion As(double number, string tolerance) =>
        new Within(number, plan.Tolerance(tolerance).Value, plan.Tolerance(tolerance).Why);

    /// <summary>Returns the criterion "at most".</summary>
    public Criterion NoMore(string tolerance) => new AtMost(plan.Tolerance(tolerance).Value, plan.Tolerance(tolerance).Why);
}
