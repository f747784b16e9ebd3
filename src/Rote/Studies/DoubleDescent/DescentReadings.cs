using Rote.Data;
using Rote.Measurement;
using Rote.Studies.Claims;
using Rote.Theory.RandomFeatures;

namespace Rote.Studies.DoubleDescent;

/// <summary>Reads numbers from the draws: means with standard errors. Two curves of a draw share its examples, so that differences and
/// ratios are taken per draw.</summary>
/// <param name="plan">The sizes.</param>
/// <param name="evidence">The calculations.</param>
internal sealed class DescentReadings(DescentPlan plan, Evidence evidence)
{
    private const string Name = "double-descent";

    /// <summary>Returns the mean of a number over draws.</summary>
    /// <param name="map">What a feature computes.</param>
    /// <param name="read">Reads the number from a draw.</param>
    /// <exception cref="NoEvidenceException">No calculations are available.</exception>
    public Estimate Mean(FeatureMap map, Func<SweepResult, double> read) => Estimate.Mean([.. Draws(map).Select(read)]);

    /// <summary>Returns the curve of all n examples.</summary>
    public DescentCurve Curve(SweepResult draw, double noise = 0) => new(draw, plan.Scale.Examples, noise);

    /// <summary>Returns the curve of n/2 examples.</summary>
    public DescentCurve Half(SweepResult draw, double noise = 0) => new(draw, plan.Scale.Examples / 2, noise);

    /// <summary>Whether all draws are calculated.</summary>
    public bool Has(FeatureMap map) => evidence.Calculations is { } known && Sweeps(map).All(sweep => known.Has(Name, sweep));

    /// <summary>Returns all draws of all seeds; calculates the missing ones.</summary>
    public IReadOnlyList<SweepResult> Draws(FeatureMap map)
    {
        var calculations =
            evidence.Calculations ?? throw new NoEvidenceException("Nothing is calculated in closed form here.", isOfTheNetwork: false);
        return
        [
            .. Sweeps(map)
                .Select(sweep =>
                    calculations.Of(
                        Name,
                        sweep,
                        (load, cancel) => RandomFeatureSweep.Run(load(new DataSpec { Name = sweep.Data }), sweep, cancel)
                    )
                ),
        ];
    }

    private IEnumerable<SweepOptions> Sweeps(FeatureMap map) =>
        from seed in Enumerable.Range(1, plan.Seeds)
        from draw in Enumerable.Range(0, plan.Scale.Draws)
        select plan.Scale.Sweep(map, seed, draw);
}
