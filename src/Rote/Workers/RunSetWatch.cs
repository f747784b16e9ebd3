using System.Diagnostics;
using Rote.Storage;
using Rote.Training;

namespace Rote.Workers;

/// <summary>Watches a set of runs that other processes make, through its folders only; needs nothing shared but files.</summary>
/// <param name="store">Where runs are kept.</param>
/// <param name="folder">The set.</param>
public sealed class RunSetWatch(RunStore store, RunSetFolder folder)
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest pause between two looks at the folders; in the beginning pauses are a tenth of the time so far. Default 2
    /// seconds.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Watches until all runs have ended, or nobody is left to make them.</summary>
    /// <param name="requests">The runs.</param>
    /// <param name="over">Says why no worker is left, if none is; null while there may be one. Asked after each look.</param>
    /// <param name="progress">Told of every event and look; on the calling thread.</param>
    /// <param name="cancel">Stops looking; the workers go on.</param>
    /// <returns>One outcome a request, in their order; what nobody made is a failure of the machine.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was called.</exception>
    public IReadOnlyList<RunOutcome> Run(
        IReadOnlyList<RunRequest> requests,
        Func<string?> over,
        IProgress<RunSetProgress>? progress = null,
        CancellationToken cancel = default
    )
    {
        var entries = requests.DistinctBy(r => r.Experiment.Identity).Select((r, i) => new RunEntry(i + 1, r)).ToArray();
        var open = entries.ToList();
        var begun = Stopwatch.GetTimestamp();
        while (true)
        {
            // First the answer, then the look, so that what a last worker finished in between is seen.
            var why = over();
            Look(entries, open, progress);
            if (open.Count == 0)
            {
                break;
            }

            if (why is not null)
            {
                open.ForEach(entry => entry.Outcome = new RunOutcome(entry.Request, null, new RunFailure(FailureKind.Machine, why)));
                break;
            }

            cancel.WaitHandle.WaitOne(LookPause.After(Stopwatch.GetElapsedTime(begun), ShortestPause, Every));
            cancel.ThrowIfCancellationRequested();
        }

        var outcomes = entries.ToDictionary(entry => entry.Request.Experiment.Identity, entry => entry.Outcome!);
        return [.. requests.Select(request => outcomes[request.Experiment.Identity] with { Request = request })];
    }

    private void Look(RunEntry[] entries, List<RunEntry> open, IProgress<RunSetProgress>? progress)
    {
        foreach (var entry in open.ToArray())
        {
            if ((entry.Outcome = Ended(entry.Request)) is { } outcome)
            {
                open.Remove(entry);
                progress?.Report(Snapshot(entries, [], new RunNews(entry.Number, entry.Request, outcome)));
            }
        }

        if (progress is null)
        {
            return;
        }

        var running = open.Where(entry => store.IsBusy(entry.Request.Experiment)).ToArray();
        foreach (var entry in running)
        {
            if (Last(entry.Request) is { } last)
            {
                entry.Progress(new TrainingProgress(last.Epoch + 1, 0, 0, last));
            }
        }

        progress.Report(Snapshot(entries, running, null));
    }

    private RunOutcome? Ended(RunRequest request)
    {
        try
        {
            return store.Find(request.Experiment) is { } run ? new RunOutcome(request, run, null)
                : folder.Failures.Final(request.Experiment) is { } failure ? new RunOutcome(request, null, failure)
                : null;
        }
        catch (RoteException error)
        {
            return new RunOutcome(request, null, RunFailure.Of(error));
        }
    }

    private EpochMetrics? Last(RunRequest request)
    {
        try
        {
            return store.Logged(request.Experiment) is [.., var last] ? last : null;
        }
        catch (InputException error)
        {
            Debug.WriteLine(error.Message);
            return null;
        }
    }

    private static RunSetProgress Snapshot(RunEntry[] entries, RunEntry[] running, RunNews? news)
    {
        var finished = entries.Where(e => e.Outcome?.Run is not null).ToArray();
        var failed = entries.Count(e => e.Outcome?.Failure is not null);
        var waiting = entries.Where(e => e.Outcome is null && !running.Contains(e)).ToArray();
        return new RunSetProgress
        {
            Total = entries.Length,
            Done = finished.Length,
            Failed = failed,
            Waiting = waiting.Length,
            Running = [.. running.Select((e, i) => new RunningRun(i + 1, e.Number, e.Request, e.Training))],
            Left = TimeLeft.Estimate(
                [.. finished.Select(e => e.Seconds())],
                [.. running.Select(e => e.Seconds())],
                [.. waiting.Select(e => e.Kind)],
                Math.Max(1, running.Length)
            ),
            News = news,
        };
    }
}
