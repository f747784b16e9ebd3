using System.Collections.Concurrent;
using System.Diagnostics;

namespace Rote.Workers;

/// <summary>The worker processes of a set. However the set ends, none of them is left behind.</summary>
/// <param name="start">How a worker is started.</param>
/// <param name="patience">How long one that was told to stop may take.</param>
internal sealed class WorkerCrew(Func<ProcessStartInfo> start, TimeSpan patience) : IDisposable
{
    /// <summary>Less than the second after which an interrupted command ends itself: a terminal should not seem dead, and a worker that is
    /// killed loses no more than one that stops (docs/guide/runs.md).</summary>
    public static readonly TimeSpan DefaultPatience = TimeSpan.FromSeconds(0.7);

    // Never disposed of, which it need not be: a worker's thread may have a last word.
    private readonly BlockingCollection<WorkerMessage> _messages = [];
    private readonly List<WorkerProcess> _workers = [];
    private int _started;

    /// <summary>Starts workers until there are <paramref name="count"/>.</summary>
    /// <exception cref="MachineException">The program cannot be started.</exception>
    public void Fill(int count)
    {
        while (_workers.Count < count)
        {
            _workers.Add(new WorkerProcess(++_started, start(), patience, _messages.Add));
        }
    }

    /// <summary>The next message, in the order in which each worker sent its own.</summary>
    /// <returns>Null if none came in time.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was called.</exception>
    public WorkerMessage? Next(TimeSpan time, CancellationToken cancel) =>
        _messages.TryTake(out var message, (int)time.TotalMilliseconds, cancel) ? message : null;

    /// <summary>Removes a worker that has ended.</summary>
    public void Remove(WorkerProcess worker)
    {
        _workers.Remove(worker);
        worker.Dispose();
    }

    /// <summary>Tells all workers to stop, waits for them, and kills those that do not.</summary>
    public void Dispose()
    {
        _workers.ForEach(w => w.Close());
        var begun = Stopwatch.GetTimestamp();
        foreach (var worker in _workers)
        {
            var left = patience - Stopwatch.GetElapsedTime(begun);
            worker.WaitOrKill(left > TimeSpan.Zero ? left : TimeSpan.Zero);
            worker.Dispose();
        }
    }
}
