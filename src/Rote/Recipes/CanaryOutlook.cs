using Rote.Corruptions;
using Rote.Measurement;

namespace Rote.Recipes;

/// <summary>What canaries will be able to say of a degree of memorization, known before a network is trained.</summary>
/// <param name="Degree">The degree asked for, in [0, 1].</param>
/// <param name="Canaries">Canaries that the certificate counts.</param>
/// <param name="Low">Lower end of the 95 % interval of m if it comes out as asked.</param>
/// <param name="High">Its upper end.</param>
/// <param name="NeededFromZero">The fewest canaries in each set whose interval does not hold 0 if m comes out as asked; null where 0 is
/// asked for, or a million would not do.</param>
public sealed record CanaryOutlook(double Degree, int Canaries, double Low, double High, int? NeededFromZero)
{
    private const double UsualAgreement = 0.37; // of noisy labels and hard pictures
    private const int Most = 1_000_000;

    /// <summary>Whether m, if it comes out as asked, can be told from 0.</summary>
    public bool IsToldFromZero => Degree > 0 && Low > 0;

    /// <summary>Looks ahead.</summary>
    /// <param name="plan">The canaries.</param>
    /// <param name="degree">The degree asked for, in [0, 1].</param>
    /// <param name="classes">K, at least 2.</param>
    /// <param name="heldOut">Examples held out, at least 1: chance is read off them.</param>
    /// <returns>For a network that agrees with 0.37 of the labels held out, or with half of them where there are two classes: if it agrees
    /// with more, the interval is narrower.</returns>
    public static CanaryOutlook Of(CanaryPlan plan, double degree, int classes, int heldOut)
    {
        var (low, high) = Interval(plan.HeldOut);
        return new CanaryOutlook(degree, plan.HeldOut, low, high, Fewest());

        (double Low, double High) Interval(int count)
        {
            var correct = (int)Math.Round((1 - (UsualChance(classes) * (classes - 1))) * heldOut);
            var share = new MemorizationReading(0, count, correct, heldOut, classes).HitsFor(degree);
            return new MemorizationReading((int)Math.Round(share * count), count, correct, heldOut, classes).Interval;
        }

        int? Fewest()
        {
            if (degree == 0 || Interval(Most).Low == 0)
            {
                return null;
            }

            var (few, many) = (1, Most);
            while (few < many) // whole hits make the ends jump a little: the number is the fewest to within one hit
            {
                var middle = few + ((many - few) / 2);
                (few, many) = Interval(middle).Low > 0 ? (few, middle) : (middle + 1, many);
            }

            return few;
        }
    }

    /// <summary>The share of canaries that is hit by chance, as far as it can be known before training.</summary>
    /// <param name="classes">K, at least 2.</param>
    /// <returns>In (0, 0.5].</returns>
    internal static double UsualChance(int classes) => Math.Min(0.5, (1 - UsualAgreement) / (classes - 1));
}
