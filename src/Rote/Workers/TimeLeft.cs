namespace Rote.Workers;

/// <summary>What is known about the time one run takes.</summary>
/// <param name="Kind">Runs of one kind take about equally long.</param>
/// <param name="SecondsSoFar">Seconds it has trained; for a finished run all of them.</param>
/// <param name="SecondsToGo">Seconds until its last epoch; 0 for a finished run, null where no epoch tells it yet.</param>
internal readonly record struct RunSeconds(string Kind, double SecondsSoFar, double? SecondsToGo);

/// <summary>Estimates how long a set of runs will still take.</summary>
/// <remarks>
/// A waiting run is estimated by the mean of the finished runs of its kind; without one, by the running ones of its kind, from their
/// epochs; without these, by the mean of all runs of which something is known. A running run takes the rest of the mean of the finished
/// runs of its kind; without one, or beyond it, what its own epochs tell. The workers share the work, and the set lasts at least as long
/// as its longest running run.
/// </remarks>
internal static class TimeLeft
{
    /// <summary>Estimates.</summary>
    /// <param name="finished">Runs that are finished.</param>
    /// <param name="running">Runs in work.</param>
    /// <param name="waiting">The kinds of the runs that wait.</param>
    /// <param name="workers">Processes that share the work, at least 1.</param>
    /// <returns>The time left; null if nothing is known of any run.</returns>
    public static TimeSpan? Estimate(
        IReadOnlyList<RunSeconds> finished,
        IReadOnlyList<RunSeconds> running,
        IReadOnlyList<string> waiting,
        int workers
    )
    {
        var byEpochs = running
            .Where(r => r.SecondsToGo is not null)
            .Select(r => r with { SecondsSoFar = r.SecondsSoFar + r.SecondsToGo!.Value })
            .ToArray();
        var evidence = finished.Concat(byEpochs).ToArray();
        if (evidence.Length == 0)
        {
            return running.Count + waiting.Count == 0 ? TimeSpan.Zero : null;
        }

        var all = evidence.Average(e => e.SecondsSoFar);
        var done = Means(finished);
        var expected = Means(byEpochs);
        var toGo = running.Select(ToGo).ToArray();
        var longest = toGo.DefaultIfEmpty().Max();
        var work = toGo.Sum() + waiting.Sum(Whole);
        return TimeSpan.FromSeconds(Math.Max(longest, work / Math.Max(1, Math.Min(workers, running.Count + waiting.Count))));

        double ToGo(RunSeconds run) =>
            run.SecondsToGo is { } own && !(done.TryGetValue(run.Kind, out var whole) && whole > run.SecondsSoFar)
                ? own
                : Math.Max(0, Whole(run.Kind) - run.SecondsSoFar);

        double Whole(string kind) => done.TryGetValue(kind, out var seconds) || expected.TryGetValue(kind, out seconds) ? seconds : all;
    }

    private static Dictionary<string, double> Means(IEnumerable<RunSeconds> runs) =>
        runs.GroupBy(r => r.Kind).ToDictionary(g => g.Key, g => g.Average(r => r.SecondsSoFar));
}
