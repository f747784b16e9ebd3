using Rote.Experiments;
using Rote.Measurement;
using Rote.Studies.Claims;

namespace Rote.Studies.Feldman2020.Claims;

/// <summary>Makes the claims of this study.</summary>
/// <param name="plan">The sizes.</param>
internal sealed class ClaimFactory(FeldmanPlan plan)
{
    public const string Control = "a control of this study";
    public const string Own = "Rote";

    /// <summary>The sizes.</summary>
    public FeldmanScale Scale => plan.Scale;

    /// <summary>The usual networks.</summary>
    public IReadOnlyList<Experiment> Usual => plan.Experiments(plan.Scale.Usual);

    /// <summary>Networks of another architecture.</summary>
    public IReadOnlyList<Experiment> Other => plan.Experiments(plan.Scale.Other);

    /// <summary>Networks with wrong labels.</summary>
    public IReadOnlyList<Experiment> Wrong => plan.Experiments(plan.Scale.Wrong);

    /// <summary>The networks whose features are fixed.</summary>
    public IReadOnlyList<Experiment> Sources(FixedFeatures features) => plan.Experiments(features);

    /// <summary>Makes a claim.</summary>
    public Claim Create(
        string id,
        string source,
        string statement,
        string paper,
        Unit unit,
        Criterion criterion,
        IReadOnlyList<Experiment> needs,
        Func<FeldmanDraw, Estimate> read
    ) =>
        new()
        {
            Id = id,
            Source = source,
            Statement = statement,
            Paper = paper,
            Unit = unit,
            Criterion = criterion,
            Needs = needs,
            Measure = evidence => new FeldmanReadings(plan, evidence).Mean(read),
        };

    /// <summary>The criterion that a number is above a bound beyond two of its standard errors.</summary>
    public static Above Larger(double than, string error) => new(than, 2, $"Beyond two standard errors over {error}.");

    /// <summary>The ratio of two counts with the error of independent counts.</summary>
    /// <param name="some">A count.</param>
    /// <param name="all">Another, above 0.</param>
    public static Estimate Ratio(int some, int all) =>
        new((double)some / all, Math.Sqrt(Math.Max(1, some) * (1 + ((double)some / all))) / all, all);
}
