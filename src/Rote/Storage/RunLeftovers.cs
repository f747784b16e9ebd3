using System.Diagnostics;

namespace Rote.Storage;

/// <summary>What kills leave in a store that belongs to no run.</summary>
internal static class RunLeftovers
{
    /// <summary>Whether a folder is what a kill leaves between creating a run's folder and its first file: empty, or with only a lock that
    /// nobody holds and temporaries.</summary>
    /// <param name="folder">A folder that is there.</param>
    /// <returns>True if its name is a run's but it holds nothing of one; the next run of the same experiment takes it over.</returns>
    public static bool IsNoRun(string folder)
    {
        try
        {
            return RunRemoval.IsRunsName(Path.GetFileName(folder))
                && Directory.EnumerateFileSystemEntries(folder).All(IsLeft)
                && !RunLock.IsHeld(folder)
                && !RunClaim.IsHeld(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false; // reading it as a run tells what is wrong
        }

        static bool IsLeft(string path) =>
            Path.GetFileName(path) is RunFiles.Lock || (path.EndsWith(".tmp", StringComparison.Ordinal) && !Directory.Exists(path));
    }

    /// <summary>Removes the checkpoint that a kill at the last step leaves in a finished run; nobody reads it.</summary>
    /// <param name="folder">The folder of a finished run.</param>
    public static void SweepFinished(string folder)
    {
        try
        {
            File.Delete(Path.Combine(folder, RunFiles.Checkpoint));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Debug.WriteLine(error.Message); // a store that is only read keeps it, which does no harm
        }
    }
}
