using Rote.Complexity;
using Rote.Measurement;
using Rote.Studies.Claims;

namespace Rote.Studies.ComplexityMeasures;

/// <summary>The measures as a table.</summary>
/// <param name="plan">The grid.</param>
/// <param name="evidence">The runs.</param>
internal sealed class ComplexityTables(ComplexityPlan plan, Evidence evidence)
{
    private const string Error = "± is the standard deviation over resamples of the settings.";

    /// <summary>Returns the tables; none where a run is missing.</summary>
    public IReadOnlyList<StudyTable> All()
    {
        try
        {
            var readings = ComplexityReadings.Of(plan, evidence);
            return [Measures(readings)];
        }
        catch (NoEvidenceException)
        {
            return [];
        }
    }

    private StudyTable Measures(ComplexityReadings readings) =>
        new(
            "measures",
            "How well each measure orders networks",
            $"{readings.Made} networks trained to one loss, the best granulated τ first. A measure is right on a pair of networks where "
                + $"the one with the larger value has the larger test error. {Error}",
            "measure",
            [.. Columns(), .. Enumerable.Range(0, plan.Scale.Axes.Count).Where(axis => HasLevels(axis)).Select(Axis)],
            [
                .. Rows(readings)
                    .OrderByDescending(row => row.Ranks.Granulated.Value)
                    .Select(row => new StudyRow(row.Name, [.. Values(row.Ranks)])),
            ]
        )
        {
            Bars = [3, 4],
            Level = 0.5,
            LevelName = "a coin",
        };

    private static IEnumerable<StudyColumn> Columns() =>
        [
            new(
                "τ",
                "Kendall's coefficient of value and test error over the pairs of networks with one label noise, from −1 to 1.",
                Unit.Number
            ),
            new("τ, noises mixed", "The same over all pairs.", Unit.Number),
            new(
                "granulated τ",
                "The mean over the axes of τ over the pairs that differ on that axis alone; label noise is left out.",
                Unit.Number
            ),
            new(
                "wrong, mean",
                "Mean over these axes of the share of pairs ordered wrongly, of those whose test errors differ clearly.",
                Unit.Share
            ),
            new("wrong, worst", "The largest such share of an axis; a coin has 50 %.", Unit.Share),
        ];

    private StudyColumn Axis(int axis) =>
        new($"wrong: {plan.Scale.Axes[axis].Name}", "The share of pairs ordered wrongly that differ on this axis alone.", Unit.Share);

    private bool HasLevels(int axis) => plan.Scale.Axes[axis].Levels.Count > 1;

    private static IEnumerable<(string Name, MeasureRanks Ranks)> Rows(ComplexityReadings readings) =>
        [
            .. ComplexityMeasure.All.Select(measure => (measure.Title, readings.Rank(measure.Name))),
            ("a random number", readings.Random()),
            ("the other half of the test examples", readings.OtherHalf()),
        ];

    private IEnumerable<Estimate> Values(MeasureRanks ranks) =>
        [
            ranks.Within.Estimate,
            ranks.Mixed.Estimate,
            ranks.Granulated.Estimate,
            ranks.MeanWrong.Estimate,
            ranks.WorstWrong.Estimate,
            .. ranks.Wrong.Where((_, axis) => HasLevels(axis)).Select(share => share.Estimate),
        ];
}
