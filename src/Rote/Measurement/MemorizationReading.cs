namespace Rote.Measurement;

/// <summary>How much a network has memorized, measured on canaries: the share of planted random labels that it has fitted, corrected for
/// chance.</summary>
/// <remarks>
/// A canary's label is a uniformly random class other than its given one. A network that learns by rule alone still hits it by chance, as
/// often as it would hit a random other class of an example that it was not trained on: (1 − a) / (K − 1). Here a is its agreement with the
/// given labels of the held-out examples, and K the number of classes. m = (hits − chance) / (1 − chance). No true label is needed, and
/// given labels may be wrong: held-out examples have as many wrong labels as those trained on. If a canary's planted label happens to be
/// right and the network predicts it by rule, the chance already counts it. See docs/reference/measures/memorization.md.
/// </remarks>
/// <param name="Hits">Canaries whose planted label is predicted.</param>
/// <param name="Count">Canaries, at least 1.</param>
/// <param name="HeldOutCorrect">Held-out examples whose given label is predicted.</param>
/// <param name="HeldOutCount">Held-out examples, at least 1.</param>
/// <param name="Classes">K, at least 2.</param>
public readonly record struct MemorizationReading(int Hits, int Count, int HeldOutCorrect, int HeldOutCount, int Classes)
{
    private const double Z = WilsonInterval.Z95;

    /// <summary>The share of canaries hit without memorization.</summary>
    public double Chance => (1 - HeldOutAgreement) / (Classes - 1);

    /// <summary>The share of the held-out examples whose given label is predicted.</summary>
    public double HeldOutAgreement => (double)HeldOutCorrect / HeldOutCount;

    /// <summary>m, in [0, 1]; a value below 0 is chance and becomes 0.</summary>
    public double Value => Degree(Share);

    /// <summary>The share of canaries hit, in [0, 1].</summary>
    public double Share => (double)Hits / Count;

    /// <summary>The ends of the 95 % interval of m, within [0, 1]; all of it where chance is 1.</summary>
    /// <remarks>Wilson's score intervals (1927) of the hits and of the agreement a, from which chance follows, combined by Newcombe's
    /// square-and-add (1998, Statistics in Medicine 17:873, method 10): each end of m is as far from it as both ends together, in
    /// quadrature. An error √(a(1 − a)/n) of a, which is 0 where a is 1, covered 77 % of m = 0 with two classes and a = 0.99.</remarks>
    public (double Low, double High) Interval
    {
        get
        {
            if (Chance >= 1)
            {
                return (0, 1);
            }

            var (fewest, most) = WilsonInterval.Of(Hits, Count);
            var (least, greatest) = WilsonInterval.Of(HeldOutCorrect, HeldOutCount);
            var (share, middle) = (Share, Corrected(Share, HeldOutAgreement));
            var below = Math.Sqrt(Squared(Corrected(fewest, HeldOutAgreement) - middle) + Squared(Corrected(share, least) - middle));
            var above = Math.Sqrt(Squared(Corrected(most, HeldOutAgreement) - middle) + Squared(Corrected(share, greatest) - middle));
            return (Math.Clamp(middle - below, 0, 1), Math.Clamp(middle + above, 0, 1));
        }
    }

    /// <summary>Returns the share of canaries that must be hit for a degree of memorization.</summary>
    /// <param name="memorization">m, in [0, 1].</param>
    /// <returns>A share in [0, 1].</returns>
    public double HitsFor(double memorization) => Chance + ((1 - Chance) * memorization);

    /// <summary>Returns the degree of memorization for a share of canaries hit.</summary>
    /// <param name="share">Any number; the result is clamped.</param>
    /// <returns>m, in [0, 1]; 0 where chance is 1: two classes, of which the network always predicts the other one.</returns>
    public double Degree(double share) => Chance >= 1 ? 0 : Math.Clamp((share - Chance) / (1 - Chance), 0, 1);

    /// <summary>Returns the largest half-width of the interval, at m = 0.5, for a number of canaries.</summary>
    /// <param name="count">Canaries, at least 1.</param>
    /// <param name="chance">Share hit by chance, in [0, 1).</param>
    /// <returns>In units of m.</returns>
    public static double WorstHalfWidth(int count, double chance) => Z * 0.5 / Math.Sqrt(count + (Z * Z)) / (1 - chance);

    /// <summary>The degree for a share of hits and an agreement, not clamped; −∞ where chance is 1.</summary>
    private double Corrected(double share, double agreement)
    {
        var chance = (1 - agreement) / (Classes - 1);
        return share >= 1 ? 1
            : chance < 1 ? (share - chance) / (1 - chance)
            : double.NegativeInfinity;
    }

    private static double Squared(double value) => value * value;
}
