using System.Diagnostics;
using System.Globalization;

namespace Rote.Foundation;

/// <summary>Temporary files of writers that were killed: <c>NAME.PID.tmp</c>, where no process has that number any more.</summary>
internal static class Orphans
{
    /// <summary>A writer on another machine or in another container has a number of its own, and its file changes while it
    /// writes.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(2);

    /// <summary>Removes those of one file, before it is written once more. What cannot be removed stays: it is never read.</summary>
    /// <param name="target">The file's final name, a full path; its folder is there.</param>
    public static void Sweep(string target)
    {
        try
        {
            var name = Path.GetFileName(target);
            foreach (
                var file in Directory.EnumerateFiles(Path.GetDirectoryName(target)!, "*.tmp").Where(file => IsOrphan(file, name)).ToArray()
            )
            {
                File.Delete(file);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Debug.WriteLine(error.Message);
        }
    }

    private static bool IsOrphan(string file, string name)
    {
        var own = Path.GetFileName(file);
        return own.Length > name.Length + 5
            && own.StartsWith(name + ".", StringComparison.Ordinal)
            && int.TryParse(
                own.AsSpan(name.Length + 1, own.Length - name.Length - 5),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var writer
            )
            && TimeProvider.System.GetUtcNow().UtcDateTime - File.GetLastWriteTimeUtc(file) > Quiet
            && !IsAlive(writer);
    }

    private static bool IsAlive(int process)
    {
        try
        {
            using var found = Process.GetProcessById(process);
            return !found.HasExited;
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }
}
