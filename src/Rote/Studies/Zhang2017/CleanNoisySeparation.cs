using Rote.Measurement;
using Rote.Storage;
using Rote.Studies.Claims;

namespace Rote.Studies.Zhang2017;

/// <summary>Clean and corrupted examples of one run at the first epoch that fits a quarter of all: early, and chosen by neither
/// share.</summary>
/// <param name="Epoch">Epochs done.</param>
/// <param name="CleanMinusMemorized">Share of the clean examples that are fitted minus that of the corrupted ones that are.</param>
/// <param name="RecoveredMinusMemorized">Of the corrupted examples: share given their true label minus share given the label they came
/// with.</param>
internal sealed record CleanNoisySeparation(int Epoch, Estimate CleanMinusMemorized, Estimate RecoveredMinusMemorized)
{
    private const double Level = 0.25;

    /// <summary>Finds it.</summary>
    /// <param name="run">A run on partially corrupted labels.</param>
    /// <returns>Both differences with their binomial errors.</returns>
    /// <exception cref="NoEvidenceException">The run never came so far.</exception>
    public static CleanNoisySeparation Early(FinishedRun run)
    {
        var corrupted =
            run.Summary.ChangedCount
            ?? throw new InvalidOperationException($"{run.Folder} has no clean and corrupted examples to be told apart.");
        var clean = run.Summary.TrainCount - corrupted;
        var epoch =
            run.History.FirstOrDefault(e => e.CleanAccuracy is not null && e.TrainAccuracy >= Level)
            ?? throw new NoEvidenceException($"No epoch fitted {Level:P0} of the training examples.", isOfTheNetwork: true);
        var (fits, memorized, recovered) = (
            Share(epoch.CleanAccuracy, clean),
            Share(epoch.MemorizedShare, corrupted),
            Share(epoch.RecoveredShare, corrupted)
        );

        // Both shares are of the same examples, and exclude each other: Var(a − b) = (a + b − (a − b)²) / n.
        var difference = recovered.Value - memorized.Value;
        var error = Math.Sqrt((recovered.Value + memorized.Value - (difference * difference)) / corrupted);
        return new CleanNoisySeparation(epoch.Epoch, fits.Minus(memorized), new Estimate(difference, error, corrupted));
    }

    private static Estimate Share(double? share, int count) => new(share!.Value, Math.Sqrt(share.Value * (1 - share.Value) / count), count);
}
