using System.Runtime.InteropServices;

namespace Rote.Benchmarks.Evidence;

/// <summary>Ends a long call at Ctrl-C and SIGTERM, and turns errors into one line and an exit code.</summary>
internal sealed class EvidenceStop : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _signals;

    /// <summary>Listens.</summary>
    public EvidenceStop() =>
        _signals = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM }.Select(signal => PosixSignalRegistration.Create(signal, Stop))];

    /// <summary>Says when to end.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Runs something to its exit code: 0, or 1 if something could not be made, 2 and 3 for errors, 130 if it was ended.</summary>
    /// <param name="run">Returns how much could not be made.</param>
    public static int Run(Func<int> run)
    {
        try
        {
            return run() == 0 ? 0 : 1;
        }
        catch (RoteException error)
        {
            Console.Error.WriteLine(error.Message);
            return error is MachineException ? 3 : 2;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("Interrupted; what is made stays. Go on with the same command.");
            return 130;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var signal in _signals)
        {
            signal.Dispose();
        }

        _source.Dispose();
    }

    private void Stop(PosixSignalContext context)
    {
        context.Cancel = true;
        _source.Cancel();
    }
}
