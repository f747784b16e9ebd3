using Rote.Tensors;

namespace Rote.Training;

/// <summary>Which training examples are trained on, and which are held out to stop by and to watch.</summary>
/// <param name="Kept">Rows that are trained on, ascending.</param>
/// <param name="HeldOut">Those held out, ascending; empty where none are, and some are left out of
/// training. What is in neither is left out.</param>
public sealed record HeldOutRows(long[] Kept, long[] HeldOut)
{
    /// <summary>No example tells how often a label is hit by chance.</summary>
    internal static InputException NoneToReadBy =>
        new($"Memorization is read against examples that are held out, and none are: set {Setting.HoldOut}, as to 0.1.");

    /// <summary>Draws them.</summary>
    /// <param name="count">Training examples.</param>
    /// <param name="share">The share that is held out, as <see cref="Recipe.HoldOut"/>.</param>
    /// <param name="seeds">The run's randomness; stream <c>held-out</c> is drawn.</param>
    /// <returns>Null where none are held out.</returns>
    /// <exception cref="InputException">None would be left on one side.</exception>
    public static HeldOutRows? Draw(int count, double share, Seeds seeds)
    {
        var held = Number(count, share);
        if (held == 0)
        {
            return null;
        }

        var order = seeds.Permutation(SeedStreams.HeldOut, 0, count);
        return new HeldOutRows([.. order.Skip(held).Order()], [.. order.Take(held).Order()]);
    }

    /// <summary>How many are held out.</summary>
    /// <param name="count">Training examples.</param>
    /// <param name="share">The share that is held out.</param>
    /// <exception cref="InputException">None would be left on one side.</exception>
    internal static int Number(int count, double share)
    {
        var held = Rounded(count, share);
        return share > 0 && (held == 0 || held == count)
            ? throw new InputException(
                $"Holding out {share:P0} of {count} training examples leaves none on one side; take another share or more examples."
            )
            : held;
    }

    /// <summary>The same of any share.</summary>
    internal static int Rounded(int count, double share) => (int)Math.Round(share * count, MidpointRounding.AwayFromZero);
}
