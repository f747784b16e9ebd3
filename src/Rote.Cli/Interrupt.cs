using System.Runtime.InteropServices;

namespace Rote.Cli;

/// <summary>
/// Turns the first Ctrl-C (or SIGTERM) into a cancellation, so that work ends in order, and answers it at once. The second one ends the
/// process.
/// </summary>
/// <remarks>
/// A step of a large network beside other programs may take long, and libtorch cannot be stopped within it. So the process ends by itself
/// if the work has not ended in time. That loses nothing: all saved state survives <c>kill -9</c>, and nothing is saved on the way out.
/// </remarks>
internal sealed class Interrupt : IDisposable
{
    private const string KeptAnyway = "Interrupted; what was finished is kept, and the same command goes on.";

    /// <summary>With what a process takes to end, two seconds are not reached.</summary>
    private static readonly TimeSpan UsualPatience = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _signals;
    private readonly Screen _screen;
    private readonly string _farewell;
    private readonly Action<Screen> _end;
    private readonly TimeSpan _patience;
    private int _requested;
    private int _printed;

    /// <summary>Listens until it is disposed of.</summary>
    /// <param name="screen">Where to answer.</param>
    /// <param name="farewell">What is kept and how to go on, for the end; null: in general.</param>
    /// <param name="end">Ends the process; null: does so. For tests.</param>
    /// <param name="patience">How long work may take to end; null: a second.</param>
    public Interrupt(Screen screen, string? farewell = null, Action<Screen>? end = null, TimeSpan? patience = null)
    {
        (_screen, _farewell, _end, _patience) = (screen, farewell ?? KeptAnyway, end ?? End, patience ?? UsualPatience);
        _signals =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle),
        ];
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Tells the user what is kept; called by whoever caught the cancellation.</summary>
    /// <returns>The exit code of what was interrupted.</returns>
    public int Stopped()
    {
        if (Interlocked.Exchange(ref _printed, 1) == 0)
        {
            _screen.Line(_farewell);
        }

        return ExitCode.Interrupted;
    }

    /// <summary>Acts as a signal does.</summary>
    internal void Request()
    {
        if (Interlocked.Exchange(ref _requested, 1) == 1)
        {
            _end(_screen);
            return;
        }

        // First of all: neither a busy console nor a handler of the cancellation may delay it.
        new Thread(EndInTime) { IsBackground = true, Name = "interrupt" }.Start();
        _screen.Answer("Stopping after this step … (Ctrl-C again: stop now)");
        _source.Cancel();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var signal in _signals)
        {
            signal.Dispose();
        }

        if (_requested == 0)
        {
            _source.Dispose(); // else its thread may still hold it
        }
    }

    private void Handle(PosixSignalContext context)
    {
        context.Cancel = true;
        Request();
    }

    private void EndInTime()
    {
        Thread.Sleep(_patience);
        Stopped();
        _end(_screen);
    }

    /// <summary>Ends without exit handlers: libtorch's wait for its threads.</summary>
    private static void End(Screen screen)
    {
        screen.Restore();
        if (OperatingSystem.IsWindows())
        {
            Environment.Exit(ExitCode.Interrupted);
        }

        ExitNow(ExitCode.Interrupted);
    }

    [DllImport("libc", EntryPoint = "_exit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void ExitNow(int code);
}
