using Rote.Data;
using Rote.Storage;

namespace Rote.Workers;

/// <summary>Tracks which runs of a set wait, are running and have ended. Used by one thread.</summary>
internal sealed class RunBoard
{
    private readonly List<RunEntry> _asked = [];
    private readonly List<RunEntry> _entries = [];
    private readonly List<RunEntry> _waiting = [];
    private readonly SortedDictionary<int, RunEntry> _running = [];

    // Runs that other processes make, or at which the machine has just failed; checked repeatedly.
    private readonly List<RunEntry> _postponed = [];
    private readonly RunStore _store;
    private readonly int _workers;
    private readonly FailureBook? _book;

    /// <summary>Looks up which runs are finished; the others wait.</summary>
    /// <param name="requests">The runs.</param>
    /// <param name="store">Where they are kept.</param>
    /// <param name="workers">How many run at a time.</param>
    /// <param name="book">The failures that all machines share; null: only this process knows them.</param>
    /// <param name="first">Which waiting run is given first, counted from 0; the first follows the last.</param>
    public RunBoard(IEnumerable<RunRequest> requests, RunStore store, int workers, FailureBook? book = null, int first = 0)
    {
        (_store, _workers, _book) = (store, workers, book);
        var known = new Dictionary<string, RunEntry>();
        foreach (var request in requests)
        {
            // Two workers on one run would only block each other.
            if (!known.TryGetValue(request.Experiment.Identity, out var entry))
            {
                entry = known[request.Experiment.Identity] = new RunEntry(known.Count + 1, request);
                _entries.Add(entry);
                entry.Outcome = Found(entry);
            }

            _asked.Add(entry);
        }

        RunEntry[] open = [.. _entries.Where(e => e.Outcome is null)];
        var begin = open.Length == 0 ? 0 : first % open.Length;
        _waiting.AddRange([.. open[begin..], .. open[..begin]]);
    }

    public bool IsDone => _entries.TrueForAll(e => e.Outcome is not null);

    /// <summary>Runs that workers have or may be given.</summary>
    public int Open => _waiting.Count + _running.Count;

    public IReadOnlyList<RunEntry> Waiting => _waiting;

    /// <summary>The outcome of each run, in the order asked; complete when <see cref="IsDone"/>.</summary>
    public IReadOnlyList<RunOutcome> Outcomes => [.. _asked.Select(e => e.Outcome!)];

    /// <summary>Runs whose folder cannot be read.</summary>
    public IReadOnlyList<RunNews> FailedAtOnce =>
        [.. _entries.Where(e => e.Outcome?.Failure is not null).Select(e => new RunNews(e.Number, e.Request, e.Outcome))];

    /// <summary>Gives a worker its next run: the first waiting one, preferring runs on the data it has in memory.</summary>
    /// <param name="worker">Its number.</param>
    /// <param name="inMemory">The data it has in memory.</param>
    /// <param name="news">Receives runs that another process has ended meanwhile.</param>
    /// <returns>Null if none waits.</returns>
    public RunEntry? Give(int worker, DataSpec? inMemory, List<RunNews> news)
    {
        while (_waiting.Count > 0)
        {
            var entry = _waiting.Find(e => e.Request.Experiment.Data.Whole() == inMemory) ?? _waiting[0];
            _waiting.Remove(entry);
            if ((entry.Outcome = Found(entry)) is { } ended)
            {
                news.Add(new RunNews(entry.Number, entry.Request, ended, IsElsewhere: true));
                continue;
            }

            _running[worker] = entry;
            entry.Begin();
            return entry;
        }

        return null;
    }

    /// <summary>Checks the runs that others make: notes those that have ended; those that nobody makes any more wait again.</summary>
    public IReadOnlyList<RunNews> Review()
    {
        var news = new List<RunNews>();
        foreach (var entry in _postponed.ToArray())
        {
            if ((entry.Outcome = Found(entry)) is { } ended)
            {
                _postponed.Remove(entry);
                news.Add(new RunNews(entry.Number, entry.Request, ended, IsElsewhere: true));
            }
            else if (!_store.IsBusy(entry.Request.Experiment))
            {
                _postponed.Remove(entry);
                _waiting.Add(entry);
            }
        }

        return news;
    }

    /// <summary>The run that a worker has; null if it has none.</summary>
    public RunEntry? Of(int worker) => _running.GetValueOrDefault(worker);

    /// <summary>Handles a worker's report that its run is finished; the folder must agree.</summary>
    public RunNews Finish(int worker)
    {
        var entry = _running[worker];
        var found = Found(entry);
        var news = End(
            worker,
            found
                ?? Failure(
                    entry,
                    new RunFailure(
                        FailureKind.Machine,
                        $"The worker says that the run is finished, but {_store.FolderOf(entry.Request.Experiment)} lacks its "
                            + $"{RunFiles.Summary}; run the command again."
                    )
                )
        );

        // A worker reports its first step at once: if it reported no training, the run had ended between the look and the claim.
        return news with
        {
            IsElsewhere = found is not null && entry.Training is null,
        };
    }

    public RunNews? Fail(int worker, RunFailure failure)
    {
        var entry = _running[worker];
        if (failure.Kind == FailureKind.Busy)
        {
            return Postpone(worker, "Another process makes it; its result will be taken.");
        }

        return
            _book is not null
            && _book.Note(_store, entry.Request.Experiment, failure) is null
            && _book.Final(entry.Request.Experiment) is null
            ? Postpone(worker, $"{failure.Sentence} It is tried again.")
            : End(worker, Failure(entry, failure));
    }

    /// <summary>Handles the death of a worker; another worker gets its run once more.</summary>
    /// <param name="worker">Its number.</param>
    /// <param name="how">How it ended, as "was ended by signal 9".</param>
    /// <param name="isTold">Whether a signal that asks to end ended it, which is not the run's fault.</param>
    public RunNews? Lose(int worker, string how, bool isTold)
    {
        var entry = _running[worker];
        if (_book is not null && !isTold)
        {
            return Fail(worker, new RunFailure(FailureKind.Machine, $"The worker process {how} while it had this run{JobMemory.Words()}."));
        }

        entry.Deaths++;
        if (entry.Deaths > 1 && !isTold)
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
            Waiting = _waiting.Count + _postponed.Count,
            Running = [.. _running.Select(r => new RunningRun(r.Key, r.Value.Number, r.Value.Request, r.Value.Training))],
            Left = TimeLeft.Estimate(
                [.. finished.Select(e => e.Seconds())],
                [.. _running.Values.Select(e => e.Seconds())],
                [.. _waiting.Concat(_postponed).Select(e => e.Kind)],
                _workers
            ),
            News = news,
        };
    }

    private RunNews? Postpone(int worker, string why)
    {
        _running.Remove(worker, out var entry);
        _postponed.Add(entry!);
        var isNew = !entry!.IsSaidBusy;
        entry.IsSaidBusy = true;
        return isNew ? new RunNews(entry.Number, entry.Request, Retried: why) : null;
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
            return _store.Find(entry.Request.Experiment) is { } run ? new RunOutcome(entry.Request, _store.Logged(run), null)
                : _book?.Final(entry.Request.Experiment) is { } failure ? Failure(entry, failure)
                : null;
        }
        catch (RoteException error)
        {
            return Failure(entry, RunFailure.Of(error));
        }
    }
}
