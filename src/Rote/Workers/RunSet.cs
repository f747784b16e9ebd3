using System.Diagnostics;
using Rote.Data;
using Rote.Data.Catalog;
using Rote.Data.Download;
using Rote.Storage;
using Rote.Tensors;

namespace Rote.Workers;

/// <summary>Many runs on one machine, each in one of several worker processes that live as long as the set.</summary>
/// <remarks>
/// Each worker has its own process, because libtorch's random generator and thread count belong to a process. A run's result does not
/// depend on the workers: it has the same bits as the run alone. docs/guide/workers.md describes the rest.
/// </remarks>
/// <param name="store">Where runs are kept.</param>
/// <param name="startWorker">Gives the program, arguments and environment that start a worker.</param>
public sealed class RunSet(RunStore store, Func<ProcessStartInfo> startWorker)
{
    private static readonly TimeSpan BetweenReports = TimeSpan.FromSeconds(0.25);

    /// <summary>How often the runs of other processes are checked.</summary>
    private static readonly TimeSpan BetweenReviews = TimeSpan.FromSeconds(1);

    /// <summary>The maximum number of worker processes, from 1 to 1024; times each run's threads, it must not exceed <see cref="Cores"/>.
    /// Default 1.</summary>
    /// <exception cref="InputException">The value is out of range.</exception>
    public int Workers
    {
        get;
        init =>
            field = value is >= 1 and <= 1024 ? value : throw new InputException($"The number of workers is {value}, expected 1 to 1024.");
    } = 1;

    /// <summary>Processors that the workers may use. Default: those of this process.</summary>
    public int Cores { get; init; } = Environment.ProcessorCount;

    /// <summary>Where fetched data lies. Default: <see cref="DataFolder.Default"/>.</summary>
    public DataFolder? Data { get; init; }

    private int _gpu; // which of those that this process sees; a record does not keep it, so a worker sees that one alone

    /// <summary>Receives the progress of downloads, which happen once, before the first worker starts.</summary>
    public IProgress<DownloadProgress>? Downloads { get; init; }

    /// <summary>The failures that all machines of this set share: a failure caused by the machine is retried twice, by whichever machine.
    /// Default null: each run fails once, and a run whose worker died is given to another.</summary>
    public RunSetFolder? Folder { get; init; }

    /// <summary>Which unfinished run is taken first, counted from 0. Default 0. Processes that start at different places seldom
    /// meet.</summary>
    public int First { get; init; }

    /// <summary>How long a worker may take to stop when told: it ends between two training steps. Then it is killed.</summary>
    internal TimeSpan Patience { get; init; } = WorkerCrew.DefaultPatience;

    /// <summary>Runs what is not finished yet; starts no process if all is finished.</summary>
    /// <param name="requests">The runs, in any order and number; equal ones are made once.</param>
    /// <param name="progress">Called for every event, and about four times a second, on the calling thread.</param>
    /// <param name="cancel">Stops all workers within a second; the same call later resumes from the last checkpoints.</param>
    /// <returns>One outcome per request, in their order. A failed run does not stop the others. A run that another process makes, here or
    /// on another machine, is left to it and waited for.</returns>
    /// <exception cref="InputException">The runs need more cores than there are.</exception>
    /// <exception cref="MachineException">Data cannot be fetched, or a worker cannot work at all.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was called; no worker is left.</exception>
    public IReadOnlyList<RunOutcome> Run(
        IReadOnlyList<RunRequest> requests,
        IProgress<RunSetProgress>? progress = null,
        CancellationToken cancel = default
    )
    {
        _gpu = requests.Select(request => request.Experiment.Recipe.Device.Index).DefaultIfEmpty().Max();
        var board = new RunBoard(requests, store, Workers, Folder?.Failures, First);
        foreach (var news in board.FailedAtOnce)
        {
            progress?.Report(board.Snapshot(news));
        }

        RequireCores(board);
        Fetch([.. board.Waiting.Select(entry => entry.Request)], cancel);
        try
        {
            Work(board, progress, cancel);
        }
        finally
        {
            store.FreeDead(); // workers that had to be killed keep theirs
        }

        return board.Outcomes;
    }

    private void Work(RunBoard board, IProgress<RunSetProgress>? progress, CancellationToken cancel)
    {
        using var crew = new WorkerCrew(Start, Patience);
        var (reported, reviewed) = (Stopwatch.GetTimestamp(), Stopwatch.GetTimestamp());
        progress?.Report(board.Snapshot(null));
        while (!board.IsDone)
        {
            crew.Fill(Math.Min(Workers, board.Open));
            List<RunNews> news = crew.Next(BetweenReports, cancel) is { } message ? Handle(message, board, crew) : [];
            if (Stopwatch.GetElapsedTime(reviewed) >= BetweenReviews)
            {
                news.AddRange(board.Review());
                reviewed = Stopwatch.GetTimestamp();
            }

            foreach (var item in news)
            {
                progress?.Report(board.Snapshot(item));
            }

            if (Stopwatch.GetElapsedTime(reported) >= BetweenReports)
            {
                reported = Stopwatch.GetTimestamp();
                progress?.Report(board.Snapshot(null));
            }
        }
    }

    /// <summary>Applies a message.</summary>
    private List<RunNews> Handle(WorkerMessage message, RunBoard board, WorkerCrew crew)
    {
        var worker = message.Worker;
        var run = board.Of(worker.Number);
        switch (message.Event)
        {
            case WorkerReady ready when !worker.IsReady:
                RequireSameBuild(ready);
                worker.IsReady = true;
                return Give(worker, board);
            case RunFailed failed when !worker.IsReady:
                throw new MachineException(failed.Failure.Sentence);
            case RunProgressed progressed when run is not null:
                run.Progress(progressed.Training);
                return [];
            case RunFinished when run is not null:
                return [board.Finish(worker.Number), .. Give(worker, board)];
            case RunFailed failed when run is not null:
                return [.. ListOf(board.Fail(worker.Number, failed.Failure)), .. Give(worker, board)];
            case null:
                crew.Remove(worker);
                store.FreeDead();
                return run is not null ? ListOf(board.Lose(worker.Number, message.End!, message.IsTold))
                    : worker.IsReady ? []
                    : throw new MachineException(
                        $"A worker process {message.End} before it could begin; 'rote doctor' tells what this machine lacks."
                    );
            default:
                worker.Expel($"it said \"{WorkerProtocol.Line(message.Event)}\" out of turn");
                return [];
        }
    }

    /// <summary>Gives a worker its next run, or ends it: its memory may be needed.</summary>
    private List<RunNews> Give(WorkerProcess worker, RunBoard board)
    {
        var news = new List<RunNews>();
        if (board.Give(worker.Number, worker.InMemory, news) is not { } entry)
        {
            worker.Close();
            return news;
        }

        worker.Send(
            new WorkerJob
            {
                Experiment = entry.Request.Experiment,
                Runs = store.Root,
                TensorBoard = store.TensorBoard,
                Own = entry.Request.Own?.Absolute(),
            }
        );
        news.Add(new RunNews(entry.Number, entry.Request));
        return news;
    }

    private static List<RunNews> ListOf(RunNews? news) => news is null ? [] : [news];

    private ProcessStartInfo Start()
    {
        var start = startWorker();
        if (Data is not null)
        {
            start.Environment[DataFolder.Variable] = Data.Path;
        }

        if (_gpu > 0)
        {
            start.Environment[CudaSupport.Visible] = CudaSupport.Name(_gpu, Environment.GetEnvironmentVariable(CudaSupport.Visible));
        }

        return start;
    }

    private void RequireCores(RunBoard board)
    {
        var threads = board.Waiting.Select(e => e.Request.Experiment.Threads).DefaultIfEmpty().Max();
        if (threads * Workers > Cores)
        {
            throw new InputException(
                $"{Workers} {(Workers == 1 ? "worker" : "workers")} of {threads} {(threads == 1 ? "thread" : "threads")} each need "
                    + $"{threads * Workers} cores, and there are {Cores}; use fewer workers, or fewer threads a run."
            );
        }
    }

    /// <summary>Fetches data once, here: workers would wait for each other's download, and could not show it.</summary>
    /// <param name="requests">The runs whose data is fetched.</param>
    /// <param name="cancel">Stops between two pieces of a file.</param>
    /// <exception cref="MachineException">Data cannot be fetched.</exception>
    public void Fetch(IReadOnlyList<RunRequest> requests, CancellationToken cancel = default)
    {
        foreach (var name in requests.Where(request => request.Own is null).Select(request => request.Experiment.Data.Name).Distinct())
        {
            var folder = Data ?? DataFolder.Default();
            if (!DataCatalog.Find(name).IsCached(folder))
            {
                DataCatalog.Fetch(name, folder, Downloads, cancel);
            }
        }
    }

    private static void RequireSameBuild(WorkerReady ready)
    {
        if (ready.Build != WorkerProtocol.Build)
        {
            throw new MachineException(
                "The program on disk has changed since this command began, and its workers would not give the same bits; run the command "
                    + "again, which goes on from the last checkpoints."
            );
        }
    }
}
