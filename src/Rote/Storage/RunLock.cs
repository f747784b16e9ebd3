using System.Runtime.InteropServices;

namespace Rote.Storage;

/// <summary>The operating system's lock on a run: it belongs to a process and ends with it, however it ends.</summary>
internal static class RunLock
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    /// <summary>Takes the lock of a run's folder, which is made if it is missing.</summary>
    /// <returns>The lock, held until it is disposed of.</returns>
    /// <exception cref="BusyException">Another process holds it.</exception>
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
                    throw new BusyException($"Another process works on {folder}; wait for it, or stop it.", error);
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

    /// <summary>Whether the file system of a folder has locks at all. .NET takes one that has none for one where nobody holds
    /// any.</summary>
    /// <param name="folder">A folder that can be written; a file is made there and removed.</param>
    /// <param name="flock">Asks the system; null: flock(2). For tests, which have no such file system.</param>
    /// <returns>True also where the folder cannot be written, which is told elsewhere.</returns>
    public static bool Exists(string folder, Func<SafeHandle, int>? flock = null)
    {
        if (OperatingSystem.IsWindows())
        {
            return true;
        }

        var probe = Path.Combine(folder, $".lock-{ProcessSpace.Token()}");
        try
        {
            Directory.CreateDirectory(folder);
            // Shared: else .NET would take a lock of its own first.
            using var file = new FileStream(
                probe,
                FileMode.CreateNew,
                FileAccess.ReadWrite,
                FileShare.ReadWrite | FileShare.Delete,
                bufferSize: 1,
                FileOptions.DeleteOnClose
            );
            return (flock ?? TryLock)(file.SafeFileHandle) is not (NoSuchCall or NoLocks or NotSupported or NotSupportedOnMac);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    // errno(3) on Linux: ENOLCK, ENOSYS (Lustre mounted without flock), EOPNOTSUPP; on macOS ENOTSUP is 45.
    private const int NoLocks = 37;
    private const int NoSuchCall = 38;
    private const int NotSupported = 95;
    private const int NotSupportedOnMac = 45;

    private const int ExclusiveAtOnce = 2 | 4; // LOCK_EX | LOCK_NB

    private static int TryLock(SafeHandle file) => Flock(file, ExclusiveAtOnce) == 0 ? 0 : Marshal.GetLastPInvokeError();

    [DllImport("libc", EntryPoint = "flock", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Flock(SafeHandle file, int operation);

    /// <summary>What .NET reports when a file is locked: EWOULDBLOCK on Linux, EAGAIN's number on macOS, a sharing violation on
    /// Windows.</summary>
    private static int HeldByAnother =>
        OperatingSystem.IsWindows() ? unchecked((int)0x80070020)
        : OperatingSystem.IsMacOS() ? 35
        : 11;
}
