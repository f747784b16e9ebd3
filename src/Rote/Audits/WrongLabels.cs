using Rote.Measurement;

namespace Rote.Audits;

/// <summary>How many of the labels are wrong, as a share, under three assumptions of which none can be checked; together they make the interval.</summary>
/// <param name="Uniform">If wrong labels look like canaries with a uniformly drawn label.</param>
/// <param name="Confusable">If they look like canaries with the label of a class that the network confuses.</param>
/// <param name="Confident">If they do not depend on how hard an example is.</param>
/// <param name="Share">The estimate: the middle one of the three.</param>
/// <param name="Low">Lower end of the interval, in [0, <paramref name="Share"/>].</param>
/// <param name="High">Upper end, in [<paramref name="Share"/>, 1].</param>
public sealed record WrongLabels(Estimate Uniform, Estimate Confusable, Estimate Confident, double Share, double Low, double High)
{
    private const double Confidence = 1.96;

    /// <summary>Half of the interval over the estimate: its relative error.</summary>
    public double RelativeHalfWidth => Share > 0 ? (High - Low) / 2 / Share : 0;

    /// <summary>Puts the three together.</summary>
    /// <param name="uniform">From uniform canaries; NaN where there are too few.</param>
    /// <param name="confusable">From confusable ones; NaN where there are too few.</param>
    /// <param name="confident">From sure predictions.</param>
    /// <returns>The middle, with an interval from the least lower to the greatest upper end of their 95 % intervals.</returns>
    internal static WrongLabels Of(Estimate uniform, Estimate confusable, Estimate confident)
    {
        Estimate[] known = [.. new[] { uniform, confusable, confident }.Where(e => !double.IsNaN(e.Value))];
        var middle = known.Select(e => e.Value).Order().ElementAt((known.Length - 1) / 2);
        return new WrongLabels(
            uniform,
            confusable,
            confident,
            middle,
            Math.Max(0, known.Min(e => e.Value - (Confidence * e.StandardError))),
            Math.Min(1, known.Max(e => e.Value + (Confidence * e.StandardError))));
    }
}
