using System.Diagnostics;
using System.Globalization;

namespace Rote.Foundation;

/// <summary>Temporary files of writers, and which of them are abandoned.</summary>
/// <remarks>
/// A name is <c>NAME.SPACE-PID-RANDOM.tmp</c>: the process and the space of its number (<see cref="ProcessSpace"/>), because many machines
/// may write the same file in a shared folder. Files of a dead process of this machine are swept at once. Nothing is known of a process
/// elsewhere, so its file must be old; so must one named <c>NAME.PID.tmp</c>, as earlier versions did.
/// </remarks>
internal static class Orphans
{
    /// <summary>Far longer than any of our writes takes, and than the clocks of machines that share files differ.</summary>
    internal static readonly TimeSpan Old = TimeSpan.FromHours(1);

    private const string Ending = ".tmp";

    /// <summary>A temporary name that no other process and no other call produces.</summary>
    /// <param name="target">The final name.</param>
    public static string TemporaryOf(string target) =>
        $"{target}.{ProcessSpace.Tag}-{Environment.ProcessId}-{ProcessSpace.Token()[..8]}{Ending}";

    /// <summary>Removes the orphans of one file before it is written again. What cannot be removed stays: it is never read.</summary>
    /// <param name="target">The file's final name, a full path; its folder is there.</param>
    public static void Sweep(string target)
    {
        try
        {
            var name = Path.GetFileName(target);
            foreach (
                var file in Directory.EnumerateFiles(Path.GetDirectoryName(target)!, $"*{Ending}").Where(f => IsOrphan(f, name)).ToArray()
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

    /// <summary>Whether a file is an abandoned temporary of another one.</summary>
    /// <param name="file">The file.</param>
    /// <param name="name">The other one's name.</param>
    public static bool IsOrphan(string file, string name)
    {
        var own = Path.GetFileName(file);
        if (
            own.Length <= name.Length + 1 + Ending.Length
            || !own.StartsWith(name + ".", StringComparison.Ordinal)
            || !own.EndsWith(Ending, StringComparison.Ordinal)
        )
        {
            return false;
        }

        return own[(name.Length + 1)..^Ending.Length].Split('-') switch
        {
            [var space, var writer, { Length: 8 }] when space.Length == ProcessSpace.Tag.Length && Number(writer) is { } process => space
            == ProcessSpace.Tag
                ? !ProcessSpace.IsAlive(process) || IsOld(file)
                : IsOld(file),
            [var writer] when Number(writer) is { } process => IsOld(file) && !ProcessSpace.IsAlive(process),
            _ => false,
        };
    }

    private static bool IsOld(string file) => TimeProvider.System.GetUtcNow().UtcDateTime - File.GetLastWriteTimeUtc(file) > Old;

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
