using Rote.Measurement;
using Rote.Theory.KernelCurves;

namespace Rote.Studies.BenignKernels;

/// <summary>Reads the curve of one kernel in one draw.</summary>
/// <param name="result">The curve.</param>
internal sealed class KernelReading(KernelCurveResult result)
{
    /// <summary>The interpolants of a label noise, ascending in n.</summary>
    /// <param name="noise">Share of redrawn labels.</param>
    public IReadOnlyList<KernelPoint> Interpolants(double noise) =>
        [.. result.Points.Where(point => point.Noise == noise && point.Ridge == 0).OrderBy(point => point.Examples)];

    /// <summary>The solutions of a label noise with the ridge that has the fewest errors on the examples held out for this choice,
    /// ascending in n; the larger of equally good ridges.</summary>
    /// <param name="noise">Share of redrawn labels.</param>
    public IReadOnlyList<KernelPoint> WithRidge(double noise) =>
        [
            .. result
                .Points.Where(point => point.Noise == noise && point.Ridge > 0)
                .GroupBy(point => point.Examples)
                .Select(group => group.OrderByDescending(point => point.Ridge).MinBy(point => point.ChoiceWrong)!)
                .OrderBy(point => point.Examples),
        ];

    /// <summary>The interpolant of the most examples.</summary>
    /// <param name="noise">Share of redrawn labels.</param>
    public KernelPoint Last(double noise) => Interpolants(noise)[^1];

    /// <summary>The exponent of a power law of n.</summary>
    /// <param name="points">Solutions of different n.</param>
    /// <param name="read">The number, above 0.</param>
    public static double Exponent(IEnumerable<KernelPoint> points, Func<KernelPoint, double> read) =>
        PowerLaw.Exponent([.. points.Select(point => ((double)point.Examples, read(point)))]);

    /// <summary>A solution's norm over √n: up to a factor, what bounds by the norm say of its error at margin 1 (Bartlett and Mendelson
    /// 2002).</summary>
    /// <param name="point">The solution.</param>
    public static double Bound(KernelPoint point) => point.Norm / Math.Sqrt(point.Examples);
}
