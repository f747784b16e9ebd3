using Rote.Data;
using Rote.Storage;

namespace Rote.Workers;

/// <summary>Which runs of a set wait, are in work and have ended. Used by one thread.</summary>
internal sealed class RunBoard
{
    private readonly List<RunEntry> _asked = [];
    private readonly List<RunEntry> _entries = [];
    private readonly List<RunEntry> _waiting = [];
    private readonly SortedDictionary<int, RunEntry> _running = [];
    private readonly RunStore _store;
    private readonly int _workers;

    /// <summary>Looks up which runs are finished; the others wait.</summary>
    public RunBoard(IEnumerable<RunRequest> requests, RunStore store, int workers)
    {
        (_store, _workers) = (store, workers);
        var known = new Dictionary<string, RunEntry>();
        foreach (var request in requests)
        {
            // Two workers on one run would only lock each other out.
            if (!known.TryGetValue(request.Experiment.Identity, out var entry))
            {
                entry = known[request.Experiment.Identity] = new RunEntry(known.Count + 1, request);
                _entries.Add(entry);
                entry.Outcome = Found(entry);
            }

            _asked.Add(entry);
        }

        _waiting.AddRange(_entries.Where(e => e.Outcome is null));
    }

    public bool IsDone => _entries.TrueForAll(e => e.Outcome is not null);

    /// <summary>Runs that have not ended.</summary>
    public int Open => _waiting.Count + _running.Count;

    public IReadOnlyList<RunEntry> Waiting => _waiting;

    /// <summary>What came of each run, in the order asked; complete when <see cref="IsDone"/>.</summary>
    public IReadOnlyList<RunOutcome> Outcomes => [.. _asked.Select(e => e.Outcome!)];

    /// <summary>Runs whose folder cannot be read.</summary>
    public IReadOnlyList<RunNews> FailedAtOnce =>
        [.. _entries.Where(e => e.Outcome?.Failure is not null).Select(e => new RunNews(e.Number, e.Request, e.Outcome))];

    /// <summary>Gives a worker its next run: the first that waits, of those on the data it has in memory if there are any.</summary>
    /// <returns>Null if none waits.</returns>
    public RunEntry? Give(int worker, DataSpec? inMemory)
    {
        var entry = _waiting.Find(e => e.Request.Experiment.Data.Whole() == inMemory) ?? (_waiting.Count > 0 ? _waiting[0] : null);
        if (entry is not null)
        {
            _waiting.Remove(entry);
            _running[worker] = entry;
            entry.Begin();
        }

        return entry;
    }

    /// <summary>The run that a worker has; null if it has none.</summary>
    public RunEntry? Of(int worker) => _running.GetValueOrDefault(worker);

    /// <summary>A worker says that its run is finished: the folder must agree.</summary>
    public RunNews Finish(int worker)
    {
        var entry = _running[worker];
        return End(
            worker,
            Found(entry)
                ?? Failure(
                    entry,
                    new RunFailure(
                        FailureKind.Machine,
                        $"The worker says that the run is finished, but {_store.FolderOf(entry.Request.Experiment)} lacks its "
                            + $"{RunFiles.Summary}; run the command again."
                    )
                )
        );
    }

    public RunNews Fail(int worker, RunFailure failure) => End(worker, Failure(_running[worker], failure));

    /// <summary>A worker died with its run, which another gets once more.</summary>
    /// <param name="worker">Its number.</param>
    /// <param name="how">How it ended, as "was ended by signal 9".</param>
    public RunNews Lose(int worker, string how)
    {
        var entry = _running[worker];
        entry.Deaths++;
        if (entry.Deaths > 1)
        {
            return Fail(
                worker,
                new RunFailure(
                    FailureKind.Machine,
                    $"The worker process {how} while it had this run, the second one to die of it; fewer workers or examples need less "
                        + $"memory, and the same command goes on from the last checkpoint."
                )
            );
        }

        // Last in line: if memory was short, other runs are in work by then, or none.
        _running.Remove(worker);
        _waiting.Add(entry);
        return new RunNews(entry.Number, entry.Request, Retried: $"The worker process {how}; the run goes on with another worker.");
    }

    public RunSetProgress Snapshot(RunNews? news)
    {
        var finished = _entries.Where(e => e.Outcome?.Run is not null).ToArray();
        return new RunSetProgress
        {
            Total = _entries.Count,
            Done = finished.Length,
            Failed = _entries.Count(e => e.Outcome?.Failure is not null),
            Waiting = _waiting.Count,
            Running = [.. _running.Select(r => new RunningRun(r.Key, r.Value.Number, r.Value.Request, r.Value.Training))],
            Left = TimeLeft.Estimate(
                [.. finished.Select(e => e.Seconds())],
                [.. _running.Values.Select(e => e.Seconds())],
                [.. _waiting.Select(e => e.Kind)],
                _workers
            ),
            News = news,
        };
    }

    private static RunOutcome Failure(RunEntry entry, RunFailure failure) => new(entry.Request, null, failure);

    private RunNews End(int worker, RunOutcome outcome)
    {
        _running.Remove(worker, out var entry);
        entry!.Outcome = outcome;
        return new RunNews(entry.Number, entry.Request, outcome);
    }

    /// <summary>The run as its folder has it; null if it is not finished.</summary>
    private RunOutcome? Found(RunEntry entry)
    {
        try
        {
            return _store.Find(entry.Request.Experiment) is { } run ? new RunOutcome(entry.Request, _store.Logged(run), null) : null;
        }
        catch (RoteException error)
        {
            return Failure(entry, RunFailure.Of(error));
        }
    }
}
