using System.Diagnostics;
using System.Text;
using Rote.Data;

namespace Rote.Workers;

/// <summary>A message from a worker to its parent.</summary>
/// <param name="Worker">The sender.</param>
/// <param name="Event">What it told; null if it has ended.</param>
/// <param name="End">How it ended, as "was ended by signal 9"; null while it lives.</param>
/// <param name="IsTold">Whether it was ended by a signal that asks a program to end, as the end of a job's time does.</param>
internal sealed record WorkerMessage(WorkerProcess Worker, WorkerEvent? Event, string? End, bool IsTold = false);

/// <summary>A worker, as its parent sees it. Its two pipes are read by threads of their own.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private const int LongestWord = 300;

    private readonly Process _process;
    private readonly TimeSpan _patience;
    private readonly Action<WorkerMessage> _post;
    private readonly Thread _reader;
    private readonly TaskCompletionSource _saidAll = new();
    private volatile string? _lastWord;
    private volatile string? _breach;

    /// <summary>Starts it.</summary>
    /// <param name="number">Its number, from 1; no other worker of the set has had it.</param>
    /// <param name="start">Program, arguments and environment; the pipes are set here.</param>
    /// <param name="patience">How long it may take to end.</param>
    /// <param name="post">Called for each message, by a thread of the worker's own; the last one tells the end.</param>
    /// <exception cref="MachineException">The program cannot be started.</exception>
    public WorkerProcess(int number, ProcessStartInfo start, TimeSpan patience, Action<WorkerMessage> post)
    {
        (Number, _patience, _post) = (number, patience, post);
        start.UseShellExecute = false;
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.StandardInputEncoding =
            start.StandardOutputEncoding =
            start.StandardErrorEncoding =
                new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        try
        {
            _process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            throw new MachineException($"A worker process cannot be started ({start.FileName}): {error.Message}.", error);
        }

        _process.ErrorDataReceived += (_, line) => Note(line.Data);
        _process.BeginErrorReadLine();
        _reader = new Thread(Read) { IsBackground = true, Name = $"worker {number}" };
        _reader.Start();
    }

    public int Number { get; }

    public int ProcessId => _process.Id;

    /// <summary>Whether it has said that it is ready.</summary>
    public bool IsReady { get; set; }

    /// <summary>The data of the last run it was given, which it keeps in memory.</summary>
    public DataSpec? InMemory { get; private set; }

    /// <summary>Gives it a job. If it is dead, a message reports its end; nothing happens here.</summary>
    public void Send(WorkerJob job)
    {
        InMemory = job.Experiment.Data.Whole();
        WriteToPipe(input => input.WriteLine(WorkerProtocol.Line(job)));
    }

    /// <summary>Tells it to stop: its standard input ends.</summary>
    public void Close() => WriteToPipe(input => input.Close());

    /// <summary>Waits for its end; a worker that does not end in time is killed.</summary>
    public void WaitOrKill(TimeSpan time)
    {
        if (!_process.WaitForExit(time))
        {
            _process.Kill();
            _process.WaitForExit();
        }
    }

    /// <summary>Kills a worker that has broken the protocol.</summary>
    /// <param name="breach">How, as the end of "was stopped because …".</param>
    public void Expel(string breach)
    {
        _breach = breach;
        _process.Kill();
    }

    /// <summary>Lets go of a worker that has ended.</summary>
    public void Dispose()
    {
        // Whoever still holds a dead worker's pipe keeps its reader waiting, and a stream must not vanish under it.
        if (_reader.Join(_patience))
        {
            _process.Dispose();
        }
    }

    private void WriteToPipe(Action<StreamWriter> write)
    {
        try
        {
            write(_process.StandardInput);
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            // A pipe without reader: the worker is dead or dying, and its other pipe tells so in order with what it said before.
            Debug.WriteLine(error.Message);
        }
    }

    /// <summary>Keeps its last words on standard error; null at the end.</summary>
    private void Note(string? line)
    {
        if (line is null)
        {
            _saidAll.TrySetResult();
        }
        else if (!string.IsNullOrWhiteSpace(line))
        {
            _lastWord = line;
        }
    }

    private void Read()
    {
        while (_breach is null && _process.StandardOutput.ReadLine() is { } line)
        {
            try
            {
                _post(new WorkerMessage(this, WorkerProtocol.Parse<WorkerEvent>(line, "event"), null));
            }
            catch (InputException error)
            {
                Expel($"it said what cannot be understood ({error.Message})");
            }
        }

        // Its standard output is closed, so it is ending; one that does so without ending is of no use.
        WaitOrKill(_patience);
        _saidAll.Task.Wait(TimeSpan.FromSeconds(1));
        var words = _breach is null && _lastWord is { } last ? $" after it said \"{Shortened.Beginning(last, LongestWord)}\"" : "";
        _post(
            _breach is null
                ? new WorkerMessage(this, null, ExitText.Of(_process.ExitCode) + words, ExitText.IsTold(_process.ExitCode))
                : new WorkerMessage(this, null, $"was stopped because {_breach}")
        );
    }
}
