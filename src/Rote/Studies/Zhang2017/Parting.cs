using Rote.Measurement;
using Rote.Runs;

namespace Rote.Studies.Zhang2017;

/// <summary>The epoch at which clean and corrupted examples of one run are furthest apart.</summary>
/// <param name="Epoch">Epochs done.</param>
/// <param name="CleanMinusMemorized">Share of the clean examples that are fitted minus that of the corrupted ones that are.</param>
/// <param name="RecoveredMinusMemorized">Of the corrupted examples: share given their true label minus share given the label they came with.</param>
internal sealed record Parting(int Epoch, Estimate CleanMinusMemorized, Estimate RecoveredMinusMemorized)
{
    /// <summary>Finds it.</summary>
    /// <param name="run">A run on partially corrupted labels.</param>
    /// <returns>Both differences with their binomial errors. That the epoch is chosen by the first difference favours it by less than its error.</returns>
    public static Parting Largest(FinishedRun run)
    {
        var corrupted = run.Summary.ChangedCount ?? throw new InvalidOperationException($"{run.Folder} has no clean and corrupted examples to be told apart.");
        var clean = run.Summary.TrainCount - corrupted;
        var epoch = run.History.Where(e => e.CleanAccuracy is not null).MaxBy(e => e.CleanAccuracy - e.MemorizedShare)!;
        var (fits, memorized, recovered) = (Share(epoch.CleanAccuracy, clean), Share(epoch.MemorizedShare, corrupted), Share(epoch.RecoveredShare, corrupted));

        // Both shares are of the same examples, and exclude each other: Var(a − b) = (a + b − (a − b)²) / n.
        var difference = recovered.Value - memorized.Value;
        var error = Math.Sqrt((recovered.Value + memorized.Value - (difference * difference)) / corrupted);
        return new Parting(epoch.Epoch, fits.Minus(memorized), new Estimate(difference, error, corrupted));
    }

    private static Estimate Share(double? share, int count) => new(share!.Value, Math.Sqrt(share.Value * (1 - share.Value) / count), count);
}
