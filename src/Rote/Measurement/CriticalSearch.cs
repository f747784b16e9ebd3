namespace Rote.Measurement;

/// <summary>How to search for an adversarial example around an example. Lengths are in units of whitened inputs, which have variance 1 per
/// image: one unit is the standard deviation of the image's pixels, some 60 of 255 grey levels for a photograph.</summary>
/// <remarks>From Arpit et al. 2017 (arXiv:1706.05394, section 4.1): the proportions α : β : r = 0.25 : 0.2 : 0.3, which the paper gives in
/// grey levels of an 8-bit image. Ours: the unit, so that r = 0.005 is about their 0.3 grey levels; and the number of iterations, as the
/// paper gives none.</remarks>
public sealed record CriticalSearch
{
    /// <summary>Half the side r of the box, above 0. Default 0.005.</summary>
    /// <exception cref="InputException">The value is not a positive number.</exception>
    public double Radius
    {
        get;
        init =>
            field =
                value > 0 && double.IsFinite(value)
                    ? value
                    : throw new InputException($"The radius of the box is {value}, expected a number above 0.");
    } = 0.005;

    /// <summary>Most steps, from 1 to 10,000. Default 100.</summary>
    /// <exception cref="InputException">The value is out of range.</exception>
    public int Iterations
    {
        get;
        init =>
            field = value is >= 1 and <= 10_000
                ? value
                : throw new InputException($"The number of search steps is {value}, expected 1 to 10000.");
    } = 100;

    /// <summary>Length α of a step along the gradient's signs.</summary>
    internal double Step => Radius * 0.25 / 0.3;

    /// <summary>Standard deviation β of the noise on a step.</summary>
    /// <param name="iteration">From 0 to below <see cref="Iterations"/>.</param>
    /// <returns>β·(1 − 1/<see cref="Iterations"/>) in the first step, then linearly less and none in the last, as their code advises.
    /// Without noise the search ends in a corner of the box, where a nearly linear network is most likely to change its
    /// prediction.</returns>
    internal double Noise(int iteration) => Radius * 0.2 / 0.3 * (1 - ((iteration + 1.0) / Iterations));
}
