using Rote.Studies.Claims;
using Rote.Theory.KernelCurves;

namespace Rote.Studies.BenignKernels.Claims;

/// <summary>Makes claims that are means over draws.</summary>
/// <param name="plan">The sizes.</param>
internal sealed class ClaimFactory(BenignPlan plan)
{
    /// <summary>Both kernels.</summary>
    public static IReadOnlyList<KernelShape> Kernels { get; } = [KernelShape.Gaussian, KernelShape.Laplacian];

    /// <summary>Makes a claim.</summary>
    public Claim Create(
        string id,
        string source,
        string statement,
        string paper,
        Unit unit,
        Criterion criterion,
        Func<BenignDraw, double> read
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
            Measure = evidence => new BenignReadings(plan, evidence).Mean(read),
        };

    /// <summary>The criterion that a number is above a bound beyond two standard errors over the draws.</summary>
    public static Above Larger(double than) => new(than, 2, "Beyond two standard errors over the draws.");

    /// <summary>The larger number of the two kernels.</summary>
    public static double Most(BenignDraw draw, Func<KernelReading, double> read) => Kernels.Max(kernel => read(draw.Curve(kernel)));

    /// <summary>The smaller number of the two kernels.</summary>
    public static double Least(BenignDraw draw, Func<KernelReading, double> read) => Kernels.Min(kernel => read(draw.Curve(kernel)));
}
