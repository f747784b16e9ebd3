namespace Rote.Data.Download;

/// <summary>Keeps a second process from fetching the same set at the same time. The operating system releases the lock when a process
/// dies.</summary>
internal static class FolderLock
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Waits until the folder is free and takes it. Dispose the result to free it; the empty lock file stays.</summary>
    public static async Task<FileStream> TakeAsync(string folder, IProgress<DownloadProgress>? progress, CancellationToken token)
    {
        var path = Path.Combine(folder, ".lock");
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException e) when (IsTaken(e))
            {
                if (attempt == 0)
                {
                    progress?.Report(new DownloadProgress($"Another process is fetching into {folder}; waiting for it."));
                }
            }

            await Task.Delay(Pause, token);
        }
    }

    // EWOULDBLOCK of flock: 11 on Linux, 35 on macOS. Windows: 32 (sharing violation) and 33 (lock violation).
    private static bool IsTaken(IOException e) => (e.HResult & 0xFFFF) is 11 or 35 or 32 or 33;
}
