using Rote.Studies.BenignKernels.Networks;
using Rote.Studies.Claims;
using Rote.Theory.KernelCurves;

namespace Rote.Studies.BenignKernels;

/// <summary>Draws the study's figures from the available draws.</summary>
/// <param name="plan">The sizes.</param>
/// <param name="evidence">The calculations.</param>
internal sealed class BenignFigures(BenignPlan plan, Evidence evidence)
{
    private const string Examples = "training examples";

    private readonly BenignReadings _readings = new(plan, evidence);

    /// <summary>Three figures for each available kernel, the descent of the Gaussian one, and those of the networks.</summary>
    public IReadOnlyList<StudyFigure> All() =>
        [
            .. new[] { KernelShape.Laplacian, KernelShape.Gaussian }.Where(Has).SelectMany(OfKernel),
            .. new[] { KernelShape.Gaussian }.Where(HasPath).Select(Stopping),
            .. Spheres(),
            .. Networks(),
        ];

    private bool Has(KernelShape kernel) => _readings.Has(draw => [draw.HasCurve(kernel)]);

    private bool HasPath(KernelShape kernel) => _readings.Has(draw => [draw.HasPath(kernel)]);

    private IEnumerable<StudyFigure> OfKernel(KernelShape kernel)
    {
        var key = kernel.ToString().ToLowerInvariant();
        yield return Figure(
            $"{key}-error",
            $"Test error of the {kernel} interpolant",
            Examples,
            "Test error against true labels, %",
            [.. BenignScale.Noises.Select(noise => Line(Name(noise), kernel, noise, point => 100 * point.TestWrong))],
            "Every training label is fitted, wrong ones too."
        );
        yield return Figure(
            $"{key}-norm",
            $"Norm of the {kernel} interpolant",
            Examples,
            "log10 of the norm",
            [.. BenignScale.Noises.Select(noise => Line(Name(noise), kernel, noise, point => Math.Log10(point.Norm)))],
            "The same solutions: more wrong labels make a larger norm."
        );
        yield return Figure(
            $"{key}-bound",
            $"What bounds by the norm say, {kernel} kernel",
            Examples,
            "log10 of the norm over √n",
            [
                Line("10 % random, interpolant", kernel, BenignScale.SomeNoise, Log),
                Line("30 % random, interpolant", kernel, BenignScale.MuchNoise, Log),
                Ridged("10 % random, ridge", kernel, BenignScale.SomeNoise),
                Ridged("30 % random, ridge", kernel, BenignScale.MuchNoise),
            ],
            "Up to a factor, the bound on the error at margin 1, of interpolants and of chosen ridges."
        );
    }

    private static double Log(KernelPoint point) => Math.Log10(KernelReading.Bound(point));

    private StudyFigure Stopping(KernelShape kernel)
    {
        return Figure(
            $"{kernel.ToString().ToLowerInvariant()}-stopping",
            $"Test error along the descent, {kernel} kernel",
            "iterations",
            "Test error against true labels, %",
            [.. BenignScale.Noises.Where(noise => noise < 1).Select(Path)],
            $"{plan.Scale.PathExamples} training examples; a line ends before the first draw fits every label."
        );

        StudyLine Path(double noise)
        {
            var ends = _readings.Least(draw => draw.Path(kernel, noise).Points.Max(point => point.Iterations ?? 0));
            return new StudyLine(
                Name(noise),
                [
                    .. Steps(ends)
                        .Select(step =>
                            (
                                (double)step,
                                _readings.Mean(draw =>
                                    100 * draw.Path(kernel, noise).Points.First(point => point.Iterations == step).TestWrong
                                )
                            )
                        ),
                ]
            );
        }
    }

    /// <summary>The iterations that every path has, below a number.</summary>
    private static IEnumerable<long> Steps(double below) =>
        Enumerable.Range(0, 60).Select(half => (long)Math.Round(Math.Pow(2, half / 2.0))).Distinct().TakeWhile(step => step < below);

    private IEnumerable<StudyFigure> Spheres()
    {
        var sizes = plan.Scale.SphereSizes;
        if (!_readings.Has(draw => sizes.Select(draw.HasSphere)))
        {
            yield break;
        }

        yield return Figure(
            "spheres",
            "Two spheres",
            "training points",
            "Misclassified, %",
            [
                BySize("new points", sizes, (draw, size) => 100 * draw.Sphere(size, fitted: false).TestWrong),
                BySize(
                    "training points moved to the other sphere",
                    sizes,
                    (draw, size) => 100 * draw.Sphere(size, fitted: false).ProjectedWrong
                ),
            ],
            "Both sets are equally probable. What a two-sided bound promises for one it promises for the other."
        );
    }

    private IEnumerable<StudyFigure> Networks()
    {
        var sizes = plan.Scale.NetworkSizes;
        if (!_readings.Has(draw => sizes.Select(draw.HasNetwork)))
        {
            yield break;
        }

        yield return Figure(
            "networks",
            "Norms of trained networks",
            Examples,
            "log10 of the ratio to the smallest size",
            [
                BySize("bound", sizes, (draw, size) => Ratio(draw, size, result => result.Bound)),
                BySize("product of spectral norms", sizes, (draw, size) => Ratio(draw, size, result => result.SpectralProduct)),
                BySize("distance from the start", sizes, (draw, size) => Ratio(draw, size, result => result.Distance)),
                BySize("test error", sizes, (draw, size) => Ratio(draw, size, result => result.TestWrong)),
            ],
            "The bound of Neyshabur et al. 2018 up to its constant factors."
        );

        double Ratio(BenignDraw draw, int size, Func<NormResult, double> read) =>
            Math.Log10(read(draw.Network(size, fitted: false)) / read(draw.Network(sizes[0], fitted: false)));
    }

    private StudyFigure Figure(string id, string title, string x, string y, IReadOnlyList<StudyLine> lines, string caption) =>
        new(id, title, x, y, lines, $"{caption} Mean and standard error of {_readings.Count} draws.") { HasLogarithmicX = true };

    private StudyLine Line(string name, KernelShape kernel, double noise, Func<KernelPoint, double> read) =>
        BySize(name, plan.Scale.KernelSizes, (draw, size) => read(At(draw.Curve(kernel).Interpolants(noise), size)));

    private StudyLine Ridged(string name, KernelShape kernel, double noise) =>
        BySize(name, plan.Scale.KernelSizes, (draw, size) => Log(At(draw.Curve(kernel).WithRidge(noise), size)));

    private StudyLine BySize(string name, IReadOnlyList<int> sizes, Func<BenignDraw, int, double> read) =>
        new(name, [.. sizes.Select(size => ((double)size, _readings.Mean(draw => read(draw, size))))]);

    private static KernelPoint At(IEnumerable<KernelPoint> points, int size) => points.Single(point => point.Examples == size);

    private static string Name(double noise) =>
        noise switch
        {
            0 => "true labels",
            1 => "all random",
            _ => $"{100 * noise:0} % random",
        };
}
