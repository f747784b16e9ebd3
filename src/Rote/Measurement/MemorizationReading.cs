namespace Rote.Measurement;

/// <summary>How far a network has memorized, read off canaries: the share of planted random labels that it has fitted, corrected for
/// chance.</summary>
/// <remarks>
/// A canary's label is a uniformly random other class than the one it was given. A network that learns by rule alone still hits it by
/// chance, as often as it would hit a random other class of an example that it was not trained on: (1 − a) / (K − 1), where a is its
/// agreement with the given labels of the examples held out and K the number of classes.
/// m = (hits − chance) / (1 − chance). No true label is needed, and given labels may be wrong: examples held out are as wrong as those
/// trained on, so that what canaries hit because their new label happens to be right is in the chance already, as far as the network found
/// it by rule. See docs/reference/measures/memorization.md.
/// </remarks>
/// <param name="Hits">Canaries whose planted label is predicted.</param>
/// <param name="Count">Canaries, at least 1.</param>
/// <param name="HeldOutCorrect">Examples held out whose given label is predicted.</param>
/// <param name="HeldOutCount">Examples held out, at least 1.</param>
/// <param name="Classes">K, at least 2.</param>
public readonly record struct MemorizationReading(int Hits, int Count, int HeldOutCorrect, int HeldOutCount, int Classes)
{
    private const double Z = WilsonInterval.Z95;

    /// <summary>The share of canaries that are hit without memorization.</summary>
    public double Chance => (1 - ((double)HeldOutCorrect / HeldOutCount)) / (Classes - 1);

    /// <summary>m, in [0, 1]: below 0 it is chance.</summary>
    public double Value => Degree(Share);

    /// <summary>The share of canaries that is hit, in [0, 1].</summary>
    public double Share => (double)Hits / Count;

    /// <summary>The ends of the 95 % interval of m, within [0, 1].</summary>
    /// <remarks>Wilson's score interval (1927) of the hits, corrected for chance; the error of the chance itself, √(a(1 − a)/n)/(K − 1), is
    /// added in quadrature.</remarks>
    public (double Low, double High) Interval
    {
        get
        {
            var (low, high) = WilsonInterval.Of(Hits, Count);
            var agreement = (double)HeldOutCorrect / HeldOutCount;
            var ofChance = Z * Math.Sqrt(agreement * (1 - agreement) / HeldOutCount) / (Classes - 1);
            var share = Share;
            var slope = (1 - share) / ((1 - Chance) * (1 - Chance)) * ofChance;
            return (Widened(share, low, slope), Widened(share, high, slope));
        }
    }

    /// <summary>The share of canaries that must be hit for a degree of memorization.</summary>
    /// <param name="memorization">m, in [0, 1].</param>
    /// <returns>A share in [0, 1].</returns>
    public double HitsFor(double memorization) => Chance + ((1 - Chance) * memorization);

    /// <summary>The degree of memorization if a share of canaries were hit.</summary>
    /// <param name="share">Any number; beyond what can be hit it is cut off.</param>
    /// <returns>m, in [0, 1].</returns>
    public double Degree(double share) => Math.Clamp((share - Chance) / (1 - Chance), 0, 1);

    /// <summary>Half the width of the interval at worst, m being a half, for so many canaries.</summary>
    /// <param name="count">Canaries, at least 1.</param>
    /// <param name="chance">Share hit by chance, in [0, 1).</param>
    /// <returns>In units of m.</returns>
    public static double WorstHalfWidth(int count, double chance) => Z * 0.5 / Math.Sqrt(count + (Z * Z)) / (1 - chance);

    private double Widened(double share, double end, double slope)
    {
        var (middle, edge) = ((share - Chance) / (1 - Chance), (end - Chance) / (1 - Chance));
        return Math.Clamp(middle + (Math.Sign(edge - middle) * Math.Sqrt(((edge - middle) * (edge - middle)) + (slope * slope))), 0, 1);
    }
}
