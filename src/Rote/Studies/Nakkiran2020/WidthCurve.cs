using Rote.Storage;
using Rote.Studies.Claims;
using Rote.Training;

namespace Rote.Studies.Nakkiran2020;

/// <summary>The networks of all widths of one draw.</summary>
/// <param name="widths">[W] hidden units, ascending.</param>
/// <param name="runs">[W] the networks.</param>
internal sealed class WidthCurve(IReadOnlyList<int> widths, IReadOnlyList<FinishedRun> runs)
{
    /// <summary>The training accuracy at which a network has fitted its examples.</summary>
    public const double Fitted = 0.99;

    /// <summary>The training accuracy up to which a test error of an epoch is an early one.</summary>
    private const double Early = 0.9;

    /// <summary>The test error at the last epoch.</summary>
    /// <param name="place">The width's place.</param>
    public double Last(int place) => Wrong(runs[place].History[^1]);

    /// <summary>The test error at the epoch with the best accuracy on the examples held out, the first of equals.</summary>
    /// <param name="place">The width's place.</param>
    public double Stopped(int place) =>
        Wrong(runs[place].History.Where(epoch => epoch.HeldOutAccuracy is not null).MaxBy(epoch => epoch.HeldOutAccuracy)!);

    /// <summary>The share of the training examples that the network gets wrong at the last epoch, against the labels given.</summary>
    /// <param name="place">The width's place.</param>
    public double TrainWrong(int place) => 1 - runs[place].History[^1].TrainAccuracy!.Value;

    /// <summary>The place of the narrowest network that fits its examples.</summary>
    /// <exception cref="NoEvidenceException">No network does, or the narrowest one of all.</exception>
    public int Threshold
    {
        get
        {
            var place = Enumerable.Range(0, runs.Count).FirstOrDefault(one => TrainWrong(one) <= 1 - Fitted, -1);
            return place > 0
                ? place
                : throw new NoEvidenceException($"No network but the narrowest fits {Fitted:P0} of its examples.", isOfTheNetwork: true);
        }
    }

    /// <summary>The place of the least test error of the networks that do not fit their examples.</summary>
    public int FirstMinimum => Enumerable.Range(0, Threshold).MinBy(Last);

    /// <summary>The place of the largest test error from there on.</summary>
    public int Peak => Enumerable.Range(FirstMinimum, runs.Count - FirstMinimum).MaxBy(Last);

    /// <summary>How far the test error rises from the first minimum to the peak, in shares.</summary>
    public double Rise => Last(Peak) - Last(FirstMinimum);

    /// <summary>How far the test error with early stopping rises above that of a narrower network, at most.</summary>
    public double StoppedRise => Enumerable.Range(1, runs.Count - 1).Max(place => Stopped(place) - Enumerable.Range(0, place).Min(Stopped));

    /// <summary>How much wider the network of the peak is than the narrowest that fits.</summary>
    public double PeakOverThreshold => (double)widths[Peak] / widths[Threshold];

    /// <summary>The width of the narrowest network that fits.</summary>
    public int ThresholdWidth => widths[Threshold];

    /// <summary>The least early test error of a network, the largest one after it, and the last one.</summary>
    /// <param name="place">The width's place.</param>
    /// <remarks>Early is up to the epoch that fits nine tenths of the labels given; the untrained network is left out.</remarks>
    public (double Early, double Largest, double Last) Epochs(int place)
    {
        var history = runs[place].History.Where(epoch => epoch is { Epoch: > 0, TestAccuracy: not null }).ToArray();
        var count = Math.Max(1, history.TakeWhile(epoch => epoch.TrainAccuracy < Early).Count());
        var early = Enumerable.Range(0, count).MinBy(epoch => Wrong(history[epoch]));
        return (Wrong(history[early]), history.Skip(early).Max(Wrong), Wrong(history[^1]));
    }

    private static double Wrong(EpochMetrics epoch) => 1 - epoch.TestAccuracy!.Value;
}
