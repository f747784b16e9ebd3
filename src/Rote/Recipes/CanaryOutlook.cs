using Rote.Corruptions;
using Rote.Measurement;

namespace Rote.Recipes;

/// <summary>How precisely canaries will measure a degree of memorization, computed before training.</summary>
/// <param name="Degree">The degree asked for, in [0, 1].</param>
/// <param name="Canaries">The number of canaries that the certificate counts.</param>
/// <param name="Low">Lower end of the 95 % interval of m if m comes out as asked.</param>
/// <param name="High">Its upper end.</param>
/// <param name="NeededFromZero">The fewest canaries in each set whose interval excludes 0 if m comes out as asked; null if the degree is 0,
/// or a million are too few.</param>
public sealed record CanaryOutlook(double Degree, int Canaries, double Low, double High, int? NeededFromZero)
{
    private const double UsualAgreement = 0.37; // of noisy labels and hard pictures
    private const int Most = 1_000_000;

    /// <summary>Whether m can be distinguished from 0 if it comes out as asked.</summary>
    public bool IsToldFromZero => Degree > 0 && Low > 0;

    /// <summary>Computes the outlook.</summary>
    /// <param name="plan">The canaries; of those that coins leave out of training, half are expected to be left.</param>
    /// <param name="degree">The degree asked for, in [0, 1].</param>
    /// <param name="classes">K, at least 2.</param>
    /// <param name="heldOut">The number of examples held out, at least 1; they estimate chance.</param>
    /// <returns>The outlook for a network that predicts 0.37 of the held-out labels, or half of them for two classes. A network that
    /// predicts more of them has a narrower interval.</returns>
    public static CanaryOutlook Of(CanaryPlan plan, double degree, int classes, int heldOut)
    {
        var (low, high) = Interval(plan.Counted, degree, classes, heldOut);
        return new CanaryOutlook(degree, plan.Counted, low, high, plan.LeavesOut ? 2 * Fewest() : Fewest());

        // Hits are whole numbers, so the ends jump a little: the result is exact to within one hit.
        int? Fewest() => degree == 0 || Low(Most) == 0 ? null : DialRecipe.Fewest(1, Most, count => Low(count) > 0);

        double Low(int count) => Interval(count, degree, classes, heldOut).Low;
    }

    /// <summary>The largest half-width of the 95 % interval of m, over degrees from 0 to 1 in steps of a twentieth.</summary>
    /// <param name="count">Canaries, at least 1.</param>
    /// <param name="classes">K, at least 2.</param>
    /// <param name="heldOut">The number of examples held out, at least 1.</param>
    /// <returns>In units of m.</returns>
    public static double WorstHalfWidth(int count, int classes, int heldOut) =>
        Enumerable.Range(0, 21).Select(i => Interval(count, i / 20.0, classes, heldOut)).Max(ends => (ends.High - ends.Low) / 2);

    private static (double Low, double High) Interval(int count, double degree, int classes, int heldOut)
    {
        var correct = (int)Math.Round((1 - (UsualChance(classes) * (classes - 1))) * heldOut);
        var share = new MemorizationReading(0, count, correct, heldOut, classes).HitsFor(degree);
        return new MemorizationReading((int)Math.Round(share * count), count, correct, heldOut, classes).Interval;
    }

    /// <summary>The expected share of canaries hit by chance, as far as it can be known before training.</summary>
    /// <param name="classes">K, at least 2.</param>
    /// <returns>In (0, 0.5].</returns>
    internal static double UsualChance(int classes) => Math.Min(0.5, (1 - UsualAgreement) / (classes - 1));
}
