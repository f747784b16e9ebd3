using Rote.Measurement;
using Rote.Studies.Claims;

namespace Rote.Studies.Nakkiran2020;

/// <summary>Reads numbers from the draws: means with standard errors. The networks of a draw share their seed, so that differences and
/// ratios are taken per draw.</summary>
/// <param name="plan">The sizes.</param>
/// <param name="evidence">The runs.</param>
internal sealed class NakkiranReadings(NakkiranPlan plan, Evidence evidence)
{
    /// <summary>Returns the mean of a number over draws.</summary>
    /// <param name="read">Reads the number from the curves of a draw.</param>
    /// <exception cref="NoEvidenceException">A run is missing, or no network fits.</exception>
    public Estimate Mean(Func<Func<WidthKind, WidthCurve>, double> read) =>
        Estimate.Mean([.. Draws().Select(draw => read(kind => Curve(kind, draw)))]);

    /// <summary>Whether all runs of a kind are finished.</summary>
    public bool Has(WidthKind kind) => plan.Networks(kind).All(evidence.Has);

    /// <summary>The numbers of the draws.</summary>
    public IEnumerable<int> Draws() => Enumerable.Range(1, plan.Scale.Draws * plan.Seeds);

    /// <summary>The networks of all widths of a draw.</summary>
    /// <exception cref="NoEvidenceException">A run is missing.</exception>
    public WidthCurve Curve(WidthKind kind, int draw) => new(plan.Scale.Widths, [.. plan.Networks(kind, draw).Select(evidence.Run)]);
}
