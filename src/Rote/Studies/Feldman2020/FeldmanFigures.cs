using Rote.Measurement;
using Rote.Studies.Claims;
using Rote.Studies.Feldman2020.Estimates;

namespace Rote.Studies.Feldman2020;

/// <summary>Draws the study's figures from what is calculated.</summary>
/// <param name="plan">The sizes.</param>
/// <param name="evidence">Runs and calculations.</param>
internal sealed class FeldmanFigures(FeldmanPlan plan, Evidence evidence)
{
    private const string Threshold = "memorization value";

    private readonly FeldmanReadings _readings = new(plan, evidence);

    private FeldmanScale Scale => plan.Scale;

    private static IEnumerable<double> Thresholds => Enumerable.Range(1, 19).Select(step => 0.05 * step);

    /// <summary>The figures that have lines.</summary>
    public IReadOnlyList<StudyFigure> All() =>
        [.. new[] { Values(), Utility(), Overlap(), Alike() }.Where(figure => figure.Lines.Count > 0)];

    private StudyFigure Values() =>
        new(
            "values",
            "How much is memorized",
            Threshold,
            "Examples with at least this value, %",
            [
                .. Line(draw => draw.Has(Scale.Usual), "usual networks", draw => draw.Values(Scale.Usual).Counts),
                .. Line(draw => draw.Has(Scale.Wrong), "5 % of the labels drawn anew", draw => draw.Values(Scale.Wrong).Counts),
                .. Line(
                    draw => draw.Has(FixedFeatures.OfOtherExamples),
                    "last layer, features of others",
                    draw => draw.Values(FixedFeatures.OfOtherExamples).Counts
                ),
                .. Line(
                    draw => draw.Has(FixedFeatures.OfAllExamples),
                    "last layer alone",
                    draw => draw.Values(FixedFeatures.OfAllExamples).Counts
                ),
                .. Line(draw => draw.Has(Scale.Usual), "shuffled membership", draw => draw.Values(Scale.Usual).Shuffled),
            ],
            "Share of the training examples. Shuffled membership is what the estimator's noise alone gives."
        );

    private IEnumerable<StudyLine> Line(Func<FeldmanDraw, bool> has, string name, Func<FeldmanDraw, GroupCounts> counts)
    {
        if (_readings.Has(has))
        {
            yield return new StudyLine(name, [.. Thresholds.Select(at => (at, _readings.Mean(draw => Share(counts(draw), at))))]);
        }

        static Estimate Share(GroupCounts counts, double at) =>
            Percent(Estimate.Share(counts.Values(counts.All).Count(value => value >= at), counts.Examples));
    }

    private StudyFigure Utility()
    {
        StudyLine[] lines = _readings.Has(draw => draw.HasRemovals())
            ? [Lost("memorized ones left out", random: false), Lost("as many random ones left out", random: true)]
            : [];
        return new StudyFigure(
            "utility",
            "What memorized examples are worth",
            "examples left out, %",
            "Test accuracy lost, points",
            lines,
            $"Left out are the examples with a memorization value of at least "
                + $"{string.Join(", ", FeldmanScale.Thresholds.Reverse())}. Difference from networks "
                + $"trained on all, with its standard error over {Scale.Removals} networks of each."
        );
    }

    private StudyLine Lost(string name, bool random)
    {
        return new StudyLine(
            name,
            [
                .. FeldmanScale
                    .Thresholds.Reverse()
                    .Where(threshold => _readings.Has(draw => draw.Thresholds().Contains(threshold)))
                    .Select(threshold => (LeftOut(threshold), Percent(_readings.Mean(draw => Cost(draw, threshold))))),
            ]
        );

        Estimate Cost(FeldmanDraw draw, double threshold) => draw.Without(null, random: false).Minus(draw.Without(threshold, random));
    }

    private double LeftOut(double threshold) =>
        _readings.Mean(draw => new Estimate(100.0 * draw.Count(threshold) / Scale.Examples, double.NaN, 1)).Value;

    private StudyFigure Overlap() =>
        new(
            "overlap",
            "Two estimates of what is memorized",
            Threshold,
            "Examples of both over those of either, %",
            [
                .. Compared(
                    draw => draw.Has(Scale.Usual),
                    $"halves of {Scale.Networks} networks",
                    (draw, measure) =>
                    {
                        var counts = draw.Values(Scale.Usual).Counts;
                        return measure(counts.Values(counts.Half(even: true)), counts.Values(counts.Half(even: false)));
                    }
                ),
                .. Compared(
                    draw => draw.Has(Scale.Usual),
                    $"twice {Scale.FewerNetworks} networks",
                    (draw, measure) => draw.Within(measure, -1)
                ),
                .. Compared(
                    draw => draw.Has(Scale.Usual) && draw.Has(Scale.Other),
                    $"{Scale.FewerNetworks} of each architecture",
                    (draw, measure) => draw.Across(measure, -1)
                ),
            ],
            "Training examples whose value is at least the threshold by both estimates."
        );

    private IEnumerable<StudyLine> Compared(
        Func<FeldmanDraw, bool> has,
        string name,
        Func<FeldmanDraw, Func<double[], double[], double>, double> compare
    )
    {
        if (_readings.Has(has))
        {
            var points = Thresholds
                .Select(at => (At: at, Y: _readings.Mean(draw => At(draw, at))))
                .Where(point => double.IsFinite(point.Y.Value))
                .ToArray();
            yield return new StudyLine(name, points);
        }

        Estimate At(FeldmanDraw draw, double at) => new(100 * compare(draw, (a, b) => Agreement.Overlap(a, b, at)), double.NaN, 1);
    }

    private StudyFigure Alike() =>
        new(
            "alike",
            "Pairs of high influence look alike",
            "nearest share of the class, %",
            "Pairs whose training example is in it, %",
            _readings.Has(draw => draw.HasLikeness())
                ?
                [
                    new StudyLine("training example of the pair", Ranks(likeness => [.. likeness.PairRanks])),
                    new StudyLine("another memorized example", Ranks(likeness => likeness.OtherRanks)),
                ]
                : [],
            "The training examples of the class in the order of their distance from the test example, by whitened pixels."
        );

    private (double, Estimate)[] Ranks(Func<Likeness, IReadOnlyList<double?>> read) =>
        [
            .. new[] { 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1 }.Select(at =>
                (100 * at, Percent(_readings.Mean(draw => Within(read(draw.Likeness()), at))))
            ),
        ];

    private static Estimate Within(IReadOnlyList<double?> ranks, double at)
    {
        var known = ranks.OfType<double>().ToArray();
        return known.Length == 0 ? new Estimate(0, double.NaN, 1) : Estimate.Share(known.Count(rank => rank <= at), known.Length);
    }

    private static Estimate Percent(Estimate share) => new(100 * share.Value, 100 * share.StandardError, share.Samples);
}
