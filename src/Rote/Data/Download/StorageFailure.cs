using Rote.Data.Catalog;

namespace Rote.Data.Download;

/// <summary>Turns an error of the operating system about a folder into a sentence with a remedy.</summary>
internal static class StorageFailure
{
    // Low 16 bits of HResult: errno 28 (ENOSPC) and 122 (EDQUOT) on Linux, 69 (EDQUOT) on macOS, Windows error 112 (ERROR_DISK_FULL).
    private static readonly int[] FullDisk = [28, 122, 69, 112];

    /// <summary>The operating system's error, direct or through <see cref="AtomicFile"/>; null for any other error.</summary>
    public static Exception? Cause(Exception e) =>
        new[] { e, (e as MachineException)?.InnerException }.FirstOrDefault(c => c is IOException or UnauthorizedAccessException);

    public static MachineException Sentence(Exception cause, string folder, CatalogEntry entry) =>
        FullDisk.Contains(cause.HResult & 0xFFFF)
            ? new MachineException(
                $"The disk that holds {folder} is full; {entry.Name} needs {Megabytes(entry)} MB: free some, or set "
                    + $"{DataFolder.Variable} to a folder on another disk.",
                cause
            )
            : new MachineException($"{folder} cannot be written ({cause.Message}); set {DataFolder.Variable} to a folder that can.", cause);

    /// <summary>Throws early if a long download would fill the disk. Some file systems report no free space: those are trusted.</summary>
    public static void RequireSpace(string folder, CatalogEntry entry)
    {
        var free = new DriveInfo(folder).AvailableFreeSpace;
        if (free > 0 && free < entry.Bytes + entry.FetchBytes)
        {
            throw new MachineException(
                $"{folder} has {free / 1_000_000} MB left and {entry.Name} needs {Megabytes(entry)} MB; free some, or set "
                    + $"{DataFolder.Variable} to a folder on another disk."
            );
        }
    }

    private static long Megabytes(CatalogEntry entry) => (entry.Bytes + entry.FetchBytes + 999_999) / 1_000_000;
}
