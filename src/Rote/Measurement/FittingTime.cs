using Rote.Training;

namespace Rote.Measurement;

/// <summary>The time that a network takes to fit its training data to a level.</summary>
public static class FittingTime
{
    /// <summary>Returns the epochs until a measure first reaches a level.</summary>
    /// <param name="history">One entry per epoch, from epoch 0 on.</param>
    /// <param name="read">The measure, which rises as training goes on; null where an epoch has none.</param>
    /// <param name="level">The level.</param>
    /// <returns>Fractional epochs, at least 0, interpolated linearly between the last epoch below the level and the first one at it.
    /// Positive infinity if no epoch reaches the level; NaN without any value.</returns>
    /// <remarks>The interpolation is a convention: nothing is known between two evaluations, so a single time is no more exact than their
    /// distance.</remarks>
    public static double Epochs(IReadOnlyList<EpochMetrics> history, Func<EpochMetrics, double?> read, double level)
    {
        (double Epoch, double Value)? before = null;
        foreach (var epoch in history)
        {
            if (read(epoch) is not { } value)
            {
                continue;
            }

            if (value >= level)
            {
                return before is { } last
                    ? last.Epoch + ((epoch.Epoch - last.Epoch) * (level - last.Value) / (value - last.Value))
                    : epoch.Epoch;
            }

            before = (epoch.Epoch, value);
        }

        return before is null ? double.NaN : double.PositiveInfinity;
    }
}
