using Rote.Studies.Claims;

namespace Rote.Studies.Nakkiran2020;

/// <summary>The study's claims.</summary>
/// <param name="plan">The sizes.</param>
internal sealed class NakkiranClaims(NakkiranPlan plan)
{
    private const string Width = "Nakkiran et al. 2020, section 5";
    private const string Epoch = "Nakkiran et al. 2020, section 6";
    private const string Samples = "Nakkiran et al. 2020, section 7";
    private const double Point = 0.01;

    private int Widest => plan.Scale.Widths.Count - 1;

    /// <summary>Returns the claims.</summary>
    public IEnumerable<Claim> All() => [.. Widths(), .. Noise(), .. Epochs(), .. Examples()];

    private IEnumerable<Claim> Widths() =>
        [
            Create(
                "width/rises",
                Width,
                "With a fifth of the labels drawn anew the test error first falls and then rises with the width (peak minus first minimum)",
                "a peak",
                Unit.Points,
                Larger(0),
                curves => curves(WidthKind.Noisy).Rise
            ),
            Create(
                "width/peak-at-threshold",
                Width,
                "The peak is where a network just fits its examples (width of the peak over that of the narrowest network that fits)",
                "at the threshold",
                Unit.Ratio,
                new Within(1.25, 0.75, "Half to twice the width: the widths that are tried grow by a third to a half there."),
                curves => curves(WidthKind.Noisy).PeakOverThreshold
            ),
            Create(
                "width/second-descent",
                Width,
                "Wider networks do better again (peak minus the widest)",
                "falls again",
                Unit.Points,
                Larger(0),
                curves => curves(WidthKind.Noisy) is var curve ? curve.Last(curve.Peak) - curve.Last(Widest) : 0
            ),
            Create(
                "width/modern-best",
                Width,
                "and better than any that does not fit (first minimum minus the widest)",
                "bigger is better",
                Unit.Points,
                Larger(0),
                curves => curves(WidthKind.Noisy) is var curve ? curve.Last(curve.FirstMinimum) - curve.Last(Widest) : 0
            ),
            Create(
                "control/fits",
                "control",
                "The widest network fits the labels that were drawn anew (training error)",
                "0",
                Unit.Share,
                new AtMost(0.005, "Five examples of 1,000."),
                curves => curves(WidthKind.Noisy).TrainWrong(Widest),
                WidthKind.Noisy
            ),
        ];

    private IEnumerable<Claim> Noise() =>
        [
            Create(
                "noise/higher",
                Width,
                "Label noise makes the peak higher (rise with noise minus rise without)",
                "higher",
                Unit.Points,
                Larger(0),
                curves => curves(WidthKind.Noisy).Rise - curves(WidthKind.Clean).Rise,
                WidthKind.Noisy,
                WidthKind.Clean
            ),
            Create(
                "noise/wider",
                Width,
                "and a network must be wider to fit (width of the narrowest that fits, with noise over without)",
                "moves to the right",
                Unit.Ratio,
                Larger(1),
                curves => (double)curves(WidthKind.Noisy).ThresholdWidth / curves(WidthKind.Clean).ThresholdWidth,
                WidthKind.Noisy,
                WidthKind.Clean
            ),
            Create(
                "stopping/no-peak",
                Epoch,
                "Stopped by held-out examples, wider networks are not worse (the most that a network's test error is above a "
                    + "narrower one's)",
                "no peak",
                Unit.Points,
                new AtMost(2 * Point, "Twice the standard error of a test error of 2,000 examples."),
                curves => curves(WidthKind.Noisy).StoppedRise
            ),
        ];

    private IEnumerable<Claim> Epochs() =>
        [
            Create(
                "epochs/rises",
                Epoch,
                "Trained on, the widest network gets worse after an early minimum (largest test error after it minus the minimum)",
                "rises",
                Unit.Points,
                new AtLeast(Point, "A largest error of many is above 0 by chance: a point is beyond that."),
                curves => curves(WidthKind.Noisy).Epochs(Widest) is var (early, largest, _) ? largest - early : 0
            ),
            Create(
                "epochs/second-descent",
                Epoch,
                "and better again (largest test error minus the last)",
                "falls again",
                Unit.Points,
                new AtLeast(Point, "A largest error of many is above the last by chance: a point is beyond that."),
                curves => curves(WidthKind.Noisy).Epochs(Widest) is var (_, largest, last) ? largest - last : 0
            ),
            Create(
                "epochs/threshold-stays",
                Epoch,
                "A network that just fits stays worse than it was (last test error minus early minimum, of it minus of the widest)",
                "no second descent",
                Unit.Points,
                Larger(0),
                curves => curves(WidthKind.Noisy) is var curve ? Lost(curve, curve.Threshold) - Lost(curve, Widest) : 0
            ),
        ];

    private IEnumerable<Claim> Examples() =>
        [
            Create(
                "samples/peak-follows",
                Samples,
                "With more examples a network must be wider to fit them (width of the narrowest that fits, of n over n/2 examples)",
                "moves to the right",
                Unit.Ratio,
                Larger(1),
                curves => (double)curves(WidthKind.Noisy).ThresholdWidth / curves(WidthKind.HalfNoisy).ThresholdWidth,
                WidthKind.Noisy,
                WidthKind.HalfNoisy
            ),
            Create(
                "samples/more-data-hurts",
                Samples,
                "At the width that just fits n examples, n examples are worse than half as many (test error)",
                "more data hurts",
                Unit.Points,
                Larger(0),
                curves =>
                    curves(WidthKind.Noisy) is var curve
                        ? curve.Last(curve.Threshold) - curves(WidthKind.HalfNoisy).Last(curve.Threshold)
                        : 0,
                WidthKind.Noisy,
                WidthKind.HalfNoisy
            ),
            Create(
                "control/more-data-helps",
                "control",
                "Of the widest network they are better (test error of n/2 examples minus that of n)",
                "not asked",
                Unit.Points,
                Larger(0),
                curves => curves(WidthKind.HalfNoisy).Last(Widest) - curves(WidthKind.Noisy).Last(Widest),
                WidthKind.Noisy,
                WidthKind.HalfNoisy
            ),
        ];

    private static double Lost(WidthCurve curve, int place) => curve.Epochs(place) is var (early, _, last) ? last - early : 0;

    private static Above Larger(double than) => new(than, 2, "Beyond two standard errors over the draws.");

    private Claim Create(
        string id,
        string source,
        string statement,
        string paper,
        Unit unit,
        Criterion criterion,
        Func<Func<WidthKind, WidthCurve>, double> read,
        params WidthKind[] kinds
    ) =>
        new()
        {
            Id = id,
            Source = source,
            Statement = statement,
            Paper = paper,
            Unit = unit,
            Criterion = criterion,
            Needs = [.. (kinds.Length == 0 ? [WidthKind.Noisy] : kinds).SelectMany(kind => plan.Networks(kind))],
            Measure = evidence => new NakkiranReadings(plan, evidence).Mean(read),
        };
}
