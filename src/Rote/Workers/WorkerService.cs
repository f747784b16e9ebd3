using System.Collections.Concurrent;
using System.Diagnostics;
using Rote.Training;

namespace Rote.Workers;

/// <summary>The worker's side: makes one run after another, as its parent tells it, until the parent is gone.</summary>
/// <remarks>
/// Runs are made on the calling thread. Jobs are read by another, so that the end of the standard input is seen in the middle of a run: a
/// parent that is killed closes the pipe too, so no worker outlives its parent.
/// </remarks>
public sealed class WorkerService : IDisposable
{
    /// <summary>Makes a run.</summary>
    /// <param name="job">The run.</param>
    /// <param name="progress">To be told where training stands.</param>
    /// <param name="cancel">Called when the parent is gone.</param>
    public delegate void Make(WorkerJob job, IProgress<TrainingProgress> progress, CancellationToken cancel);

    private static readonly TimeSpan BetweenReports = TimeSpan.FromSeconds(0.25);

    private readonly BlockingCollection<string> _lines = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly TextWriter _events;
    private readonly Action _abandon;

    /// <summary>Prepares; nothing is read yet.</summary>
    /// <param name="events">Standard output; nobody else may write there.</param>
    /// <param name="abandon">Ends the process at once. Called where it goes on <see cref="Patience"/> after its parent is gone.</param>
    public WorkerService(TextWriter events, Action abandon) => (_events, _abandon) = (events, abandon);

    /// <summary>How long a run may take to stop; as long as the parent waits.</summary>
    public TimeSpan Patience { get; init; } = WorkerCrew.DefaultPatience;

    /// <summary>Cancelled when the parent is gone.</summary>
    public CancellationToken Stopping => _stop.Token;

    /// <summary>Works until the standard input ends.</summary>
    /// <param name="jobs">Standard input.</param>
    /// <param name="make">Makes a run.</param>
    /// <param name="explain">Explains in a sentence an error that is not one of ours.</param>
    public void Serve(TextReader jobs, Make make, Func<Exception, RunFailure> explain)
    {
        new Thread(() => Listen(jobs)) { IsBackground = true, Name = "jobs" }.Start();
        Send(new WorkerReady(WorkerProtocol.Build));
        foreach (var line in _lines.GetConsumingEnumerable())
        {
            if (!_stop.IsCancellationRequested)
            {
                Send(Work(line, make, explain));
            }
        }
    }

    /// <summary>Reports that this worker cannot work.</summary>
    public void Refuse(RunFailure failure) => Send(new RunFailed(failure));

    /// <inheritdoc/>
    public void Dispose() => _stop.Dispose();

    private WorkerEvent Work(string line, Make make, Func<Exception, RunFailure> explain)
    {
        try
        {
            make(WorkerProtocol.Parse<WorkerJob>(line, "job"), new Reporter(this), _stop.Token);
            return new RunFinished();
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            return new RunFailed(new RunFailure(FailureKind.Machine, "The worker was told to stop."));
        }
        catch (RoteException error)
        {
            return new RunFailed(RunFailure.Of(error));
        }
        catch (Exception error)
        {
            return new RunFailed(explain(error));
        }
    }

    private void Listen(TextReader jobs)
    {
        try
        {
            while (jobs.ReadLine() is { } line)
            {
                _lines.Add(line);
            }
        }
        catch (IOException error)
        {
            Debug.WriteLine(error.Message); // a broken pipe is an end as well
        }

        _stop.Cancel();
        _lines.CompleteAdding();
        Thread.Sleep(Patience);
        _abandon();
    }

    /// <summary>Writes an event; a pipe that nobody reads means that the parent is gone.</summary>
    private void Send(WorkerEvent message)
    {
        try
        {
            _events.WriteLine(WorkerProtocol.Line(message));
            _events.Flush();
        }
        catch (IOException error)
        {
            Debug.WriteLine(error.Message);
            _stop.Cancel();
        }
    }

    /// <summary>Forwards progress, at most four times a second.</summary>
    private sealed class Reporter(WorkerService service) : IProgress<TrainingProgress>
    {
        private long _last;

        public void Report(TrainingProgress value)
        {
            if (_last == 0 || Stopwatch.GetElapsedTime(_last) >= BetweenReports)
            {
                _last = Stopwatch.GetTimestamp();
                service.Send(new RunProgressed(value));
            }
        }
    }
}
