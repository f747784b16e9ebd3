namespace Rote.Storage;

/// <summary>The operating system's lock on a run: it belongs to a process and ends with it, however it ends.</summary>
internal static class RunLock
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    /// <summary>Takes the lock of a run's folder, which is made if it is missing.</summary>
    /// <returns>The lock, held until it is disposed of.</returns>
    /// <exception cref="InputException">Another process holds it.</exception>
    /// <exception cref="MachineException">The folder cannot be written.</exception>
    public static FileStream Take(string folder)
    {
        // A look (IsHeld) holds the lock for an instant; it must not turn a run away that begins just then.
        for (var waited = TimeSpan.Zero; ; waited += Patience / 10)
        {
            try
            {
                Directory.CreateDirectory(folder);
                return new FileStream(Path.Combine(folder, RunFiles.Lock), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException error) when (error.HResult == HeldByAnother)
            {
                if (waited >= Patience)
                {
                    throw new InputException($"Another process works on {folder}; wait for it, or stop it.", error);
                }

                Thread.Sleep(Patience / 10);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new MachineException(
                    $"Cannot write to {folder}: {error.Message.Split('\n')[0].TrimEnd('.')}. Choose another folder with {Setting.Runs}.",
                    error
                );
            }
        }
    }

    /// <summary>Whether a process holds the lock. Makes no file; a lock file that cannot be opened is held by nobody we know of.</summary>
    public static bool IsHeld(string folder)
    {
        try
        {
            // Shared, so that two that look do not take each other for a run.
            using var look = new FileStream(Path.Combine(folder, RunFiles.Lock), FileMode.Open, FileAccess.Read, FileShare.Read);
            return false;
        }
        catch (IOException error) when (error.HResult == HeldByAnother)
        {
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>What .NET reports when a file is locked: EWOULDBLOCK on Linux, EAGAIN's number on macOS, a sharing violation on
    /// Windows.</summary>
    private static int HeldByAnother =>
        OperatingSystem.IsWindows() ? unchecked((int)0x80070020)
        : OperatingSystem.IsMacOS() ? 35
        : 11;
}
