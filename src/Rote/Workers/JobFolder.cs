using Rote.Storage;

namespace Rote.Workers;

/// <summary>What the submitter and the workers of a batch system's job share: a folder with a probe, a mark to stop, and a place for what
/// workers say.</summary>
/// <param name="path">The folder, whether it is there or not; an absolute path.</param>
public sealed class JobFolder(string path)
{
    private const string ProbeFile = "probe";
    private const string StopFile = "stop";

    /// <summary>The folder.</summary>
    public string Path { get; } = path;

    /// <summary>The folder for the output of workers.</summary>
    public string Log => At("log");

    /// <summary>Whether the workers were told to stop.</summary>
    public bool IsStopped => File.Exists(At(StopFile));

    /// <summary>Makes the folder ready for a new job; workers are not told to stop any more.</summary>
    /// <returns>What workers must find in it: random hexadecimal digits.</returns>
    /// <exception cref="MachineException">The folder cannot be written.</exception>
    public string Open()
    {
        var probe = ProcessSpace.Token();
        AtomicFile.WriteText(At(ProbeFile), probe + "\n");
        try
        {
            Directory.CreateDirectory(Log);
            File.Delete(At(StopFile));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw AtomicFile.CannotWrite(Path, error);
        }

        return probe;
    }

    /// <summary>Tells all workers, on any machine, to stop and not to come back.</summary>
    /// <exception cref="MachineException">The folder cannot be written.</exception>
    public void Stop() => AtomicFile.WriteText(At(StopFile), "");

    /// <summary>Whether this is the folder that the submitter sees: another machine may have a different one of the same name.</summary>
    /// <param name="probe">What <see cref="Open"/> has said.</param>
    public bool Holds(string probe)
    {
        try
        {
            return File.Exists(At(ProbeFile)) && File.ReadAllText(At(ProbeFile)).Trim() == probe;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Keeps other commands from submitting the same job meanwhile, here and on machines that share the folder.</summary>
    /// <param name="waits">Called once where another command is just submitting it.</param>
    /// <param name="cancel">Stops waiting.</param>
    /// <returns>Held until it is disposed of.</returns>
    /// <exception cref="MachineException">The folder cannot be written.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was called.</exception>
    public IDisposable ClaimSubmission(Action waits, CancellationToken cancel)
    {
        for (var isFirst = true; ; isFirst = false)
        {
            try
            {
                return RunClaim.Take(Path);
            }
            catch (BusyException)
            {
                if (isFirst)
                {
                    waits();
                }

                cancel.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(200));
                cancel.ThrowIfCancellationRequested();
            }
        }
    }

    private string At(string name) => System.IO.Path.Combine(Path, name);
}
