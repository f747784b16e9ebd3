using Rote.Training;

namespace Rote.Storage;

/// <summary>Checks whether the counts of a summary are possible, because a file written by something else may hold any.</summary>
internal static class RunCounts
{
    /// <summary>A thousand years, which a TimeSpan holds.</summary>
    private const double LongestSeconds = 3e10;

    /// <summary>As <see cref="Recipe.Epochs"/> allows: a curve of two billion epochs would fill the memory.</summary>
    private const int MostEpochs = 100_000;

    /// <summary>Finds the first impossible value of a record as read.</summary>
    /// <param name="record">A summary, the metrics of an epoch, or something else.</param>
    /// <returns>The first impossible value in words; null where all are possible.</returns>
    public static string? FaultOf(object record) =>
        record switch
        {
            RunSummary summary => Fault(summary),
            EpochMetrics metrics => Fault(metrics),
            EpochMetrics[] history => history.Select(Fault).FirstOrDefault(fault => fault is not null),
            _ => null,
        };

    private static string? Fault(EpochMetrics metrics)
    {
        (string Name, double? Value)[] shares =
        [
            ("runningAccuracy", metrics.RunningAccuracy),
            ("trainAccuracy", metrics.TrainAccuracy),
            ("testAccuracy", metrics.TestAccuracy),
            ("heldOutAccuracy", metrics.HeldOutAccuracy),
            ("cleanAccuracy", metrics.CleanAccuracy),
            ("memorizedShare", metrics.MemorizedShare),
            ("recoveredShare", metrics.RecoveredShare),
            ("releasedShare", metrics.ReleasedShare),
        ];
        return shares
                .Where(share => share.Value is < 0 or > 1)
                .Select(share => $"{share.Name} of epoch {metrics.Epoch} is {share.Value}, expected 0 to 1")
                .FirstOrDefault()
            ?? (
                metrics.Epoch is < 0 or > MostEpochs ? $"an epoch is {metrics.Epoch}"
                : metrics.Seconds is < 0 or > LongestSeconds ? $"seconds of epoch {metrics.Epoch} are {metrics.Seconds}"
                : null
            );
    }

    /// <summary>Finds the first impossible count.</summary>
    /// <param name="summary">As read.</param>
    /// <returns>The first impossible count in words, as "trainCorrect is 70 of trainCount 50"; null where all are possible.</returns>
    private static string? Fault(RunSummary summary)
    {
        (string Part, long? Value, string Whole, long? Of)[] shares =
        [
            ("trainCorrect", summary.TrainCorrect, "trainCount", summary.TrainCount),
            ("testCorrect", summary.TestCorrect, "testCount", summary.TestCount),
            ("heldOutCorrect", summary.HeldOutCorrect, "heldOutCount", summary.HeldOutCount),
            ("cleanCorrect", summary.CleanCorrect, "cleanCount", summary.CleanCount),
            ("memorizedCount", summary.MemorizedCount, "changedCount", summary.ChangedCount),
            ("recoveredCount", summary.RecoveredCount, "changedCount", summary.ChangedCount),
        ];
        foreach (var (part, value, whole, of) in shares)
        {
            if (of is < 1)
            {
                return $"{whole} is {of}, expected at least 1";
            }

            if (value is { } known && of is { } all && (known < 0 || known > all))
            {
                return $"{part} is {known} of {whole} {all}";
            }
        }

        return summary.Epochs is < 0 or > MostEpochs || summary.KeptEpoch is < 0 or > MostEpochs
                ? $"epochs are {summary.Epochs}, expected 0 to {MostEpochs:N0}"
            : summary.Parameters < 0 ? $"parameters are {summary.Parameters}, expected none below 0"
            : Rest(summary);
    }

    /// <summary>The share with unchanged labels is counted as the rest where the file does not say it.</summary>
    private static string? Rest(RunSummary summary)
    {
        if (summary is not { ChangedCount: { } changed, MemorizedCount: { } memorized, CleanCount: null })
        {
            return null;
        }

        var (right, all) = (summary.TrainCorrect - memorized, (long)summary.TrainCount - changed);
        return all < 1 || right < 0 || right > all
            ? $"memorizedCount {memorized} of changedCount {changed} leaves {right} of {all} for the other labels"
            : null;
    }
}
