namespace Rote.Storage;

/// <summary>Whether the counts of a summary can be: a file that something else has written may hold any.</summary>
internal static class RunCounts
{
    /// <summary>What is wrong with them.</summary>
    /// <param name="summary">As read.</param>
    /// <returns>The first impossible count in words, as "trainCorrect is 70 of trainCount 50"; null where all can be.</returns>
    public static string? Fault(RunSummary summary)
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

        return summary.Epochs < 0 || summary.Parameters < 0 ? $"epochs are {summary.Epochs} and parameters {summary.Parameters}, expected none below 0" : Rest(summary);
    }

    /// <summary>The share with unchanged labels is counted as the rest where the file does not say it.</summary>
    private static string? Rest(RunSummary summary)
    {
        if (summary is not { ChangedCount: { } changed, MemorizedCount: { } memorized, CleanCount: null })
        {
            return null;
        }

        var (right, all) = (summary.TrainCorrect - memorized, (long)summary.TrainCount - changed);
        return all < 1 || right < 0 || right > all ? $"memorizedCount {memorized} of changedCount {changed} leaves {right} of {all} for the other labels" : null;
    }
}
