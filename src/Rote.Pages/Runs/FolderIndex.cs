using System.Diagnostics;

namespace Rote.Pages.Runs;

/// <summary>Watches a folder on its own thread and reports to the book what it finds. A second thread watches the runs being written, so
/// that an epoch does not wait for the rest of the folder. Neither writes anything.</summary>
internal sealed class FolderIndex : IDisposable
{
    /// <summary>The interval at which files of unfinished runs are checked: an epoch appears on the page within a second.</summary>
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(400);

    /// <summary>The most unfinished runs that the second thread watches: those written to last.</summary>
    private const int MostActive = 300;

    /// <summary>The beats between two walks of the names, two questions for a run's holder, and two looks at a finished run.</summary>
    private const int WalkEvery = 2;
    private const int HolderEvery = 6;
    private const int FinishedEvery = 20;
    private const int MostProblems = 20;
    private const int AtOnce = 200;

    private readonly CancellationTokenSource _stop = new();
    private readonly Dictionary<string, WatchedRun> _runs = [];
    private readonly Dictionary<string, WatchedSet> _sets = [];
    private readonly FolderItems _items;
    private readonly Thread _thread;
    private readonly Thread _pulse;
    private volatile WatchedRun[] _active = [];
    private HashSet<WatchedRun> _watched = [];
    private FolderWalk _walk = FolderWalk.None;
    private string[] _pages = [];

    /// <param name="root">The folder, as a full path without links.</param>
    public FolderIndex(string root)
    {
        Root = root;
        _items = new FolderItems(root);
        _thread = new Thread(Watch) { IsBackground = true, Name = "folder" };
        _pulse = new Thread(WatchActive) { IsBackground = true, Name = "active runs" };
    }

    /// <summary>The served folder, as a full path.</summary>
    public string Root { get; }

    /// <summary>The items found.</summary>
    public ItemBook Book { get; } = new(TimeProvider.System.GetUtcNow().Ticks);

    /// <summary>Starts both threads.</summary>
    public void Start()
    {
        _thread.Start();
        _pulse.Start();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Cancel();
        foreach (var thread in new[] { _thread, _pulse }.Where(thread => thread.IsAlive))
        {
            thread.Join(TimeSpan.FromSeconds(2));
        }
    }

    /// <summary>Looks at the folder once.</summary>
    /// <param name="beat">The beat's number, from 0.</param>
    internal void Look(int beat)
    {
        var known = _runs.ToArray(); // the walk looks at the runs that it finds
        if (beat % WalkEvery == 0)
        {
            Walk(withPagesOfRuns: beat % FinishedEvery == 0);
        }

        Parallel.ForEach(
            known.Where(
                (entry, index) => entry.Value.IsFinished ? index % FinishedEvery == beat % FinishedEvery : IsTurn(entry.Value, beat)
            ),
            entry => LookAt(entry.Value, beat % HolderEvery == 0, FailureOf(entry.Value))
        );
        foreach (var (id, run) in known.Where(entry => entry.Value.Item.State == "damaged" && !Directory.Exists(entry.Value.Folder)))
        {
            _runs.Remove(id); // it vanished between two walks
        }

        _active = [.. _runs.Values.Where(run => !run.IsFinished).OrderByDescending(run => run.Written).Take(MostActive)];
        _watched = [.. _active];

        var byIdentity = new Dictionary<(string, string), Item>();
        foreach (var run in _runs.Values.Where(run => run.Identity is not null))
        {
            byIdentity[(run.Item.Place, run.Identity!)] = run.Item;
        }

        var owners = new HashSet<string>(_runs.Keys.Concat(_walk.Audits), StringComparer.Ordinal);
        Book.Take(
            [
                .. _runs.Values.Select(run => run.Item),
                .. _sets.Values.SelectMany(set => set.Items(byIdentity)),
                .. _walk.Audits.Select(_items.Audit),
                .. _pages.Select(page => _items.Page(page, owners)),
            ],
            [.. _walk.Problems.Take(MostProblems)],
            isComplete: true
        );
        Book.Update(_active.Select(run => run.Item)); // what the other thread has found meanwhile
    }

    /// <summary>Whether this thread reads the run now. For runs that the second thread watches, it only asks for the holder.</summary>
    private bool IsTurn(WatchedRun run, int beat) => beat % HolderEvery == 0 || !_pulse.IsAlive || !_watched.Contains(run);

    private void Watch()
    {
        for (var beat = 0; !_stop.IsCancellationRequested; beat++)
        {
            var begun = Stopwatch.GetTimestamp();
            try
            {
                Look(beat);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or RoteException or AggregateException)
            {
                Debug.WriteLine(error.Message); // something vanished meanwhile: the next look finds the rest
            }

            // A folder on a slow server is read less often, so that reading takes at most half of the time.
            var took = Stopwatch.GetElapsedTime(begun);
            _stop.Token.WaitHandle.WaitOne(took > Beat ? took : Beat);
        }
    }

    private void WatchActive()
    {
        while (!_stop.Token.WaitHandle.WaitOne(Beat))
        {
            var begun = Stopwatch.GetTimestamp();
            foreach (var run in _active)
            {
                try
                {
                    LookAt(run, withHolder: false, failure: null);
                }
                catch (Exception error) when (error is IOException or UnauthorizedAccessException or RoteException)
                {
                    Debug.WriteLine(error.Message); // it vanished: the walk notices
                }
            }

            Book.Update(_active.Select(run => run.Item));
            if (Stopwatch.GetElapsedTime(begun) is var took && took > Beat)
            {
                _stop.Token.WaitHandle.WaitOne(took - Beat);
            }
        }
    }

    private static void LookAt(WatchedRun run, bool withHolder, Func<string, string?>? failure)
    {
        lock (run)
        {
            run.Look(withHolder, failure);
        }
    }

    private void Walk(bool withPagesOfRuns)
    {
        _walk = FolderWalk.Of(Root, withPagesOfRuns, _runs.ContainsKey);
        var runs = new HashSet<string>(_walk.Runs, StringComparer.Ordinal);
        foreach (var id in _runs.Keys.Where(id => !runs.Contains(id)).ToArray())
        {
            _runs.Remove(id);
        }

        foreach (var id in _sets.Keys.Except(_walk.Sets).ToArray())
        {
            _sets.Remove(id);
        }

        foreach (var id in _walk.Sets.Where(id => !_sets.ContainsKey(id)))
        {
            _sets[id] = new WatchedSet(Path.Combine(Root, id), id);
        }

        foreach (
            var part in _walk
                .Runs.Where(id => !_runs.ContainsKey(id))
                .Select(id => new WatchedRun(Path.Combine(Root, id), id))
                .Chunk(AtOnce)
        )
        {
            Parallel.ForEach(part, run => LookAt(run, withHolder: true, FailureOf(run)));
            foreach (var run in part)
            {
                _runs[run.Item.Id] = run;
            }

            if (!Book.IsComplete)
            {
                Book.Take([.. _runs.Values.Select(known => known.Item)], [], isComplete: false); // the first need not wait for the last
            }
        }

        // Pages of runs are searched less often; those found before stay until then.
        _pages = withPagesOfRuns ? [.. _walk.Pages] : [.. _walk.Pages.Union(_pages.Where(page => File.Exists(Path.Combine(Root, page))))];
        _items.Keep(new HashSet<string>(_pages.Concat(_walk.Audits), StringComparer.Ordinal));
    }

    private Func<string, string?> FailureOf(WatchedRun run) =>
        identity =>
            _sets
                .Where(set =>
                    set.Value.Has(identity) && set.Key.StartsWith(Path.Combine(run.Item.Place, ".sets"), StringComparison.Ordinal)
                )
                .Select(set => set.Value.FailureOf(identity))
                .FirstOrDefault(failure => failure is not null);
}
