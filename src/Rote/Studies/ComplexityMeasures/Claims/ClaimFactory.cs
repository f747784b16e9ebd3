using Rote.Measurement;
using Rote.Studies.Claims;

namespace Rote.Studies.ComplexityMeasures.Claims;

/// <summary>Makes claims on all networks of the grid.</summary>
/// <param name="plan">The grid.</param>
internal sealed class ClaimFactory(ComplexityPlan plan)
{
    private const string BeyondErrors = "Beyond two standard deviations over resamples of the settings.";

    private readonly IReadOnlyList<Experiments.Experiment> _needs = [.. plan.Networks().Select(network => network.Experiment)];

    /// <summary>The criterion that a number is above a bound beyond two errors.</summary>
    public static Above Larger(double than) => new(than, 2, BeyondErrors);

    /// <summary>Makes a claim.</summary>
    public Claim Create(
        string id,
        string source,
        string statement,
        string paper,
        Unit unit,
        Criterion criterion,
        Func<ComplexityReadings, Estimate> read
    ) =>
        new()
        {
            Id = id,
            Source = source,
            Statement = statement,
            Paper = paper,
            Unit = unit,
            Criterion = criterion,
            Needs = _needs,
            Measure = evidence => read(ComplexityReadings.Of(plan, evidence)),
        };

    /// <summary>Claims that a measure orders networks of one noise level as their test errors do, beyond its error.</summary>
    public Claim Orders(string id, string source, string measure, string statement, string paper) =>
        Create(
            id,
            source,
            $"{statement} (Kendall's τ with the test error, within a noise level)",
            paper,
            Unit.Number,
            Larger(0),
            read => read.Rank(measure).Within.Estimate
        );

    /// <summary>Claims that one measure orders networks better than another.</summary>
    public Claim Beats(string id, string source, string measure, string other, string statement, string paper) =>
        Create(
            id,
            source,
            $"{statement} (difference of Kendall's τ, within a noise level)",
            paper,
            Unit.Number,
            Larger(0),
            read => read.Rank(measure).Within.Minus(read.Rank(other).Within)
        );
}
