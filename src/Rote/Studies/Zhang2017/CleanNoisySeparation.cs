using Rote.Measurement;
using Rote.Storage;
using Rote.Studies.Claims;

namespace Rote.Studies.Zhang2017;

/// <summary>Compares clean and corrupted examples of one run at the first epoch that fits a quarter of all. That epoch is early, and
/// neither share selects it.</summary>
/// <param name="Epoch">The number of completed epochs.</param>
/// <param name="CleanMinusMemorized">Fitted share of the clean examples minus fitted share of the corrupted ones.</param>
/// <param name="RecoveredMinusMemorized">Share of the corrupted examples predicted as their true label minus share predicted as the given
/// one.</param>
internal sealed record CleanNoisySeparation(int Epoch, Estimate CleanMinusMemorized, Estimate RecoveredMinusMemorized)
{
    private const double Level = 0.25;

    /// <summary>Compares them.</summary>
    /// <param name="run">A run on partially corrupted labels.</param>
    /// <returns>Both differences with their binomial errors.</returns>
    /// <exception cref="NoEvidenceException">The run never fitted a quarter of the examples.</exception>
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

        // Both shares are over the same examples and are mutually exclusive: Var(a − b) = (a + b − (a − b)²) / n.
        var difference = recovered.Value - memorized.Value;
        var error = Math.Sqrt((recovered.Value + memorized.Value - (difference * difference)) / corrupted);
        return new CleanNoisySeparation(epoch.Epoch, fits.Minus(memorized), new Estimate(difference, error, corrupted));
    }

    private static Estimate Share(double? share, int count) => new(share!.Value, Math.Sqrt(share.Value * (1 - share.Value) / count), count);
}
