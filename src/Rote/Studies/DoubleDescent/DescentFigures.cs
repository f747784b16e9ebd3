using Rote.Studies.Claims;
using Rote.Theory.RandomFeatures;

namespace Rote.Studies.DoubleDescent;

/// <summary>Draws the study's figures from the available draws.</summary>
/// <param name="plan">The sizes.</param>
/// <param name="evidence">The calculations.</param>
internal sealed class DescentFigures(DescentPlan plan, Evidence evidence)
{
    private readonly DescentReadings _readings = new(plan, evidence);

    /// <summary>Three figures for each available kind of features.</summary>
    public IReadOnlyList<StudyFigure> All() =>
        [.. new[] { (FeatureMap.Fourier, "Fourier"), (FeatureMap.Relu, "ReLU") }.Where(map => _readings.Has(map.Item1)).SelectMany(Of)];

    private IEnumerable<StudyFigure> Of((FeatureMap Map, string Name) features)
    {
        var (map, name) = features;
        var key = name.ToLowerInvariant();
        yield return Figure(
            $"{key}-error",
            $"Test error of random {name} features",
            "Test error, %",
            [
                Line("true labels", map, (r, d, n) => 100 * r.Curve(d).At(n).TestWrong),
                Line("a fifth drawn anew", map, (r, d, n) => 100 * r.Curve(d, DescentScale.Noise).At(n).TestWrong),
                Line("true labels, ridge", map, (r, d, n) => 100 * r.Curve(d).WithRidge(n).TestWrong),
            ],
            "It falls, rises where as many features as examples just fit them, and falls again. A ridge takes the peak away."
        );
        yield return Figure(
            $"{key}-loss",
            $"Test loss of random {name} features",
            "log10 of the squared distance from the labels",
            [
                Line("true labels", map, (r, d, n) => Math.Log10(r.Curve(d).At(n).TestSquare)),
                Line("a fifth drawn anew", map, (r, d, n) => Math.Log10(r.Curve(d, DescentScale.Noise).At(n).TestSquare)),
                Line("true labels, ridge", map, (r, d, n) => Math.Log10(r.Curve(d).WithRidge(n).TestSquare)),
            ],
            "The same as loss, whose peak is far higher: one unit is ten times as much."
        );
        yield return Figure(
            $"{key}-norm",
            $"Norm of the solution, random {name} features",
            "log10 of the norm",
            [
                Line("true labels", map, (r, d, n) => Math.Log10(r.Curve(d).At(n).Norm)),
                Line("a fifth drawn anew", map, (r, d, n) => Math.Log10(r.Curve(d, DescentScale.Noise).At(n).Norm)),
            ],
            "It is largest at the peak. Beyond, more features let a shorter solution fit the same labels."
        );
    }

    private StudyFigure Figure(string id, string title, string y, IReadOnlyList<StudyLine> lines, string caption) =>
        new(
            id,
            title,
            "N/n: features over examples",
            y,
            lines,
            $"{caption} {plan.Scale.Examples} examples, mean and standard error of {plan.Scale.Draws * plan.Seeds} draws."
        )
        {
            HasLogarithmicX = true,
        };

    private StudyLine Line(string name, FeatureMap map, Func<DescentReadings, SweepResult, int, double> read) =>
        new(
            name,
            [
                .. plan.Scale.Percents.Select(percent =>
                    (percent / 100.0, _readings.Mean(map, d => read(_readings, d, DescentScale.Features(plan.Scale.Examples, percent))))
                ),
            ]
        );
}
