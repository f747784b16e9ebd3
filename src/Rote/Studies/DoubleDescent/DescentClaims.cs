using Rote.Measurement;
using Rote.Studies.Claims;
using Rote.Theory.RandomFeatures;

namespace Rote.Studies.DoubleDescent;

/// <summary>The study's claims.</summary>
/// <param name="plan">The sizes.</param>
internal sealed class DescentClaims(DescentPlan plan)
{
    private const double Errors = 2;
    private const double Noise = DescentScale.Noise;
    private const string Belkin = "Belkin et al. 2019, Figure 2";
    private const string Nakkiran = "Nakkiran et al. 2020";
    private const string Ridge = "Nakkiran et al. 2021 (arXiv:2003.01897)";

    /// <summary>Returns all claims, Fourier features first.</summary>
    public IEnumerable<Claim> All() =>
        [
            .. Curve(FeatureMap.Fourier, "fourier"),
            .. Curve(FeatureMap.Relu, "relu"),
            .. Norm(FeatureMap.Fourier, "fourier"),
            .. Norm(FeatureMap.Relu, "relu"),
            .. Cures(FeatureMap.Fourier, "fourier"),
            .. Cures(FeatureMap.Relu, "relu"),
            .. Examples(FeatureMap.Fourier, "fourier"),
            .. Examples(FeatureMap.Relu, "relu"),
        ];

    private IEnumerable<Claim> Curve(FeatureMap map, string name) =>
        [
            Create(
                $"{name}/peak-at-threshold",
                Belkin,
                "The test loss is largest where there are as many features as examples (N/n of the peak)",
                "at N = n",
                Unit.Ratio,
                new Within(1, 0.1, "The next sizes that are tried are a tenth away."),
                map,
                (r, d) => r.Curve(d).PeakAt
            ),
            Create(
                $"{name}/peak-height",
                Belkin,
                "There it is at least twice the least test loss that fewer features have",
                "a sharp peak",
                Unit.Ratio,
                new AtLeast(2, "A bump of chance is some percent."),
                map,
                (r, d) => r.Curve(d).AtThreshold.TestSquare / r.Curve(d).FirstMinimum.Square
            ),
            Create(
                $"{name}/fits",
                Belkin,
                "From there on every training example is fitted (training error at N = n)",
                "zero",
                Unit.Share,
                new AtMost(0.001, "Less than one example of the 500."),
                map,
                (r, d) => r.Curve(d).AtThreshold.TrainWrong
            ),
            Create(
                $"{name}/second-descent",
                Belkin,
                "With many more features the test error is below the best of fewer than n features (that best minus the last)",
                "lower",
                Unit.Points,
                Larger(0),
                map,
                (r, d) => r.Curve(d).FirstMinimum.Wrong - r.Curve(d).Last.TestWrong
            ),
            Create(
                $"{name}/second-descent-loss",
                Belkin,
                "So is the test loss (the least of fewer than n features over the last)",
                "lower",
                Unit.Ratio,
                Larger(1),
                map,
                (r, d) => r.Curve(d).FirstMinimum.Square / r.Curve(d).Last.TestSquare
            ),
        ];

    private IEnumerable<Claim> Norm(FeatureMap map, string name) =>
        [
            Create(
                $"{name}/norm-peak",
                Belkin,
                "The norm of the solution has its peak there too (norm at N = n over norm at the most features)",
                "a peak at N = n",
                Unit.Ratio,
                new AtLeast(2, "As the peak of the loss."),
                map,
                (r, d) => r.Curve(d).AtThreshold.Norm / r.Curve(d).Last.Norm
            ),
            Create(
                $"{name}/norm-falls",
                Belkin,
                "and falls beyond it at every step (the least ratio of two norms one after the other from N = n on)",
                "it falls",
                Unit.Ratio,
                Larger(1),
                map,
                (r, d) => LeastFall([.. r.Curve(d).Plain.Where(p => p.Features >= plan.Scale.Examples).Select(p => p.Norm)])
            ),
        ];

    private IEnumerable<Claim> Cures(FeatureMap map, string name) =>
        [
            Create(
                $"{name}/ridge",
                Ridge,
                "With a chosen ridge there is no peak (loss at N = n over the least that fewer features have, both with their ridge)",
                "monotone",
                Unit.Ratio,
                new AtMost(1.05, "More features are no worse, up to what the choice of one ridge among six costs."),
                map,
                (r, d) =>
                    r.Curve(d).WithRidge(plan.Scale.Examples).TestSquare
                    / r.Curve(d).Plain.Where(p => p.Features < plan.Scale.Examples).Min(p => r.Curve(d).WithRidge(p.Features).TestSquare)
            ),
            Create(
                $"{name}/noise-height",
                Nakkiran,
                "Wrong labels make the peak higher (test loss at N = n, a fifth of the labels drawn anew over none)",
                "higher",
                Unit.Ratio,
                Larger(1),
                map,
                (r, d) => r.Curve(d, Noise).AtThreshold.TestSquare / r.Curve(d).AtThreshold.TestSquare
            ),
            Create(
                $"{name}/noise-little-at-end",
                Nakkiran,
                "and much less where there are many features: the same ratio at N = n over that at the most features",
                "most at the peak",
                Unit.Ratio,
                Larger(1),
                map,
                (r, d) =>
                    r.Curve(d, Noise).AtThreshold.TestSquare
                    / r.Curve(d).AtThreshold.TestSquare
                    / (r.Curve(d, Noise).Last.TestSquare / r.Curve(d).Last.TestSquare)
            ),
            Create(
                $"{name}/noise-second-descent",
                Nakkiran,
                "With wrong labels too the last test error is below the best of fewer than n features (that best minus the last)",
                "lower or equal",
                Unit.Points,
                Larger(0),
                map,
                (r, d) => r.Curve(d, Noise).FirstMinimum.Wrong - r.Curve(d, Noise).Last.TestWrong
            ),
        ];

    private IEnumerable<Claim> Examples(FeatureMap map, string name) =>
        [
            Create(
                $"{name}/more-data-hurts",
                Nakkiran,
                "With N features fixed, N examples are worse than half as many (test error, N examples minus N/2)",
                "worse",
                Unit.Points,
                Larger(0),
                map,
                (r, d) => r.Curve(d).AtThreshold.TestWrong - r.Half(d).At(plan.Scale.Examples).TestWrong
            ),
            Create(
                $"{name}/peak-follows",
                Nakkiran,
                "With half of the examples the peak is at half as many features (N/n of the peak)",
                "at N = n",
                Unit.Ratio,
                new Within(1, 0.1, "As peak-at-threshold."),
                map,
                (r, d) => r.Half(d).PeakAt
            ),
        ];

    private Claim Create(
        string id,
        string source,
        string statement,
        string paper,
        Unit unit,
        Criterion criterion,
        FeatureMap map,
        Func<DescentReadings, SweepResult, double> read
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
            Measure = evidence => Measure(new DescentReadings(plan, evidence), map, read),
        };

    private static Estimate Measure(DescentReadings readings, FeatureMap map, Func<DescentReadings, SweepResult, double> read) =>
        readings.Mean(map, draw => read(readings, draw));

    private static double LeastFall(IReadOnlyList<double> norms) => Enumerable.Range(1, norms.Count - 1).Min(i => norms[i - 1] / norms[i]);

    private static Above Larger(double than) => new(than, Errors, "Beyond two standard errors over the draws.");
}
