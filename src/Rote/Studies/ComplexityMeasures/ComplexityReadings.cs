using System.Runtime.CompilerServices;
using Rote.Complexity;
using Rote.Storage;
using Rote.Studies.Claims;
using Rote.Tensors;

namespace Rote.Studies.ComplexityMeasures;

/// <summary>Reads measures and test errors from the runs, and judges the measures.</summary>
internal sealed class ComplexityReadings
{
    internal const string CalculationName = "complexity";

    private static readonly ConditionalWeakTable<Evidence, ComplexityReadings> Known = new(); // all claims share one

    private readonly IReadOnlyList<GridNetwork> _networks;
    private readonly IReadOnlyList<ComplexityReading> _readings;
    private readonly GridRanking _ranking;
    private readonly Dictionary<string, MeasureRanks> _ranks = [];

    private readonly ComplexityPlan _plan;

    private ComplexityReadings(ComplexityPlan plan, Evidence evidence)
    {
        _plan = plan;
        var runs = Fitted(plan, evidence);
        Made = runs.Count;
        _readings = Measure(runs, evidence);
        _networks = [.. runs.Zip(_readings, (run, read) => new GridNetwork(run.Levels, (read.EvenWrong + read.OddWrong) / 2, read.Tested))];
        _ranking = new GridRanking(
            _networks,
            plan.Scale.Axes.Count,
            ComplexityScale.NoiseAxis,
            plan.Scale.Resamples,
            new Seeds(plan.Seeds)
        );
    }

    /// <summary>The number of networks that reached the loss.</summary>
    public int Made { get; }

    /// <summary>The test errors of the networks, each a share.</summary>
    public IReadOnlyList<double> Errors => [.. _networks.Select(network => network.Error)];

    /// <summary>Returns the readings of a study, computed on first use.</summary>
    /// <param name="plan">The grid.</param>
    /// <param name="evidence">The runs.</param>
    /// <exception cref="NoEvidenceException">A run is missing, or there is no place for calculations.</exception>
    public static ComplexityReadings Of(ComplexityPlan plan, Evidence evidence) =>
        Known.GetValue(evidence, some => new ComplexityReadings(plan, some));

    /// <summary>Judges a measure.</summary>
    /// <param name="name">The name of one of <see cref="ComplexityMeasure.All"/>.</param>
    public MeasureRanks Rank(string name) => Ranked(name, () => [.. _readings.Select(reading => reading.Values[name])]);

    /// <summary>Judges all measures but the controls.</summary>
    public IReadOnlyList<MeasureRanks> All() => [.. Proposed.Select(measure => Rank(measure.Name))];

    /// <summary>Judges a number that knows nothing of the network.</summary>
    public MeasureRanks Random() => Ranked("random", () => [.. Enumerable.Range(0, _networks.Count).Select(Draw)]);

    /// <summary>The test errors on one half of the test examples, judged as a measure of those on the other half.</summary>
    /// <remarks>No measure can be expected to do better: test errors of 5,000 examples are that noisy.</remarks>
    public MeasureRanks OtherHalf()
    {
        var even = _networks.Zip(_readings, (network, reading) => network with { Error = reading.EvenWrong, Tested = reading.Tested / 2 });
        var ranking = new GridRanking(
            [.. even],
            _networks[0].Levels.Count,
            ComplexityScale.NoiseAxis,
            _plan.Scale.Resamples,
            new Seeds(_plan.Seeds)
        );
        return ranking.Rank([.. _readings.Select(reading => reading.OddWrong)]);
    }

    /// <summary>The number of pairs of networks that differ on one axis alone and clearly in test error.</summary>
    /// <param name="axis">The axis.</param>
    public int ClearPairs(int axis) => _ranking.ClearPairs(axis);

    /// <summary>The measures that somebody proposed; the loss after the first epoch is a control.</summary>
    public static IReadOnlyList<ComplexityMeasure> Proposed { get; } =
    [.. ComplexityMeasure.All.Where(measure => measure.Name != ComplexityMeasure.Control)];

    private static double Draw(int network) => new Seeds(network).Stream(SeedStreams.ComplexityBootstrap).NextDouble();

    private MeasureRanks Ranked(string name, Func<double[]> values) =>
        _ranks.TryGetValue(name, out var known) ? known : _ranks[name] = _ranking.Rank(values());

    /// <summary>The runs that reached the loss. One that diverged did not; one that is missing leaves no verdict.</summary>
    private static List<(int[] Levels, FinishedRun Run)> Fitted(ComplexityPlan plan, Evidence evidence)
    {
        var fitted = new List<(int[], FinishedRun)>();
        foreach (var (levels, experiment) in plan.Networks())
        {
            try
            {
                if (evidence.Run(experiment) is { Summary.Fitted: true } run)
                {
                    fitted.Add((levels, run));
                }
            }
            catch (NoEvidenceException error) when (error.IsOfTheNetwork) { } // it diverged
        }

        return fitted.Count >= 2
            ? fitted
            : throw new NoEvidenceException("Fewer than two networks reached the loss.", isOfTheNetwork: true);
    }

    /// <summary>Measures the networks, those of one architecture together: a file each would be hundreds.</summary>
    private static IReadOnlyList<ComplexityReading> Measure(List<(int[] Levels, FinishedRun Run)> runs, Evidence evidence)
    {
        var calculations = evidence.Calculations ?? throw new NoEvidenceException("Nothing is calculated here.", isOfTheNetwork: false);
        var read = new Dictionary<string, ComplexityReading>();
        foreach (var group in runs.GroupBy(run => (run.Levels[0], run.Levels[1], run.Levels[ComplexityScale.NoiseAxis])))
        {
            FinishedRun[] own = [.. group.Select(run => run.Run)];
            var key = new ComplexityKey([.. own.Select(run => run.Summary.WeightsSha256)]);
            var set = calculations.Of(
                CalculationName,
                key,
                (load, cancel) => new ComplexityReadingSet([.. own.Select(run => ComplexityReading.Of(run, load, cancel))])
            );
            foreach (var (run, reading) in own.Zip(set.Readings))
            {
                read[run.Summary.Experiment] = reading;
            }
        }

        return [.. runs.Select(run => read[run.Run.Summary.Experiment])];
    }
}

/// <summary>What the readings of some networks depend on.</summary>
/// <param name="Weights">The SHA-256 of each network's weights.</param>
internal sealed record ComplexityKey(IReadOnlyList<string> Weights);

/// <summary>The readings of some networks.</summary>
/// <param name="Readings">In the order of the key's weights.</param>
internal sealed record ComplexityReadingSet(IReadOnlyList<ComplexityReading> Readings);
