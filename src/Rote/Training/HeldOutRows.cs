using Rote.Tensors;

namespace Rote.Training;

/// <summary>Which training examples are trained on, and which are held out to stop by and to watch.</summary>
/// <param name="Kept">Rows that are trained on, ascending.</param>
/// <param name="HeldOut">Those held out, ascending; empty where none are, and some are left out of
/// training. What is in neither is left out.</param>
public sealed record HeldOutRows(long[] Kept, long[] HeldOut)
{
    /// <summary>Draws them.</summary>
    /// <param name="count">Training examples.</param>
    /// <param name="share">The share that is held out, as <see cref="Recipe.HoldOut"/>.</param>
    /// <param name="seeds">The run's randomness; stream <c>held-out</c> is drawn.</param>
    /// <returns>Null where none are held out.</returns>
    /// <exception cref="InputException">None would be left on one side.</exception>
    public static HeldOutRows? Draw(int count, double share, Seeds seeds)
    {
        var held = (int)Math.Round(share * count, MidpointRounding.AwayFromZero);
        if (share > 0 && (held == 0 || held == count))
        {
            throw new InputException(
                $"Holding out {share:P0} of {count} training examples leaves none on one side; take another share or more examples."
            );
        }

        if (held == 0)
        {
            return null;
        }

        var order = seeds.Permutation(SeedStreams.HeldOut, 0, count);
        return new HeldOutRows([.. order.Skip(held).Order()], [.. order.Take(held).Order()]);
    }
}
