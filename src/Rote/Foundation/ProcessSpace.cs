using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Rote.Foundation;

/// <summary>Identifies processes by more than their number, which repeats on each machine, in each container and after each boot.</summary>
internal static class ProcessSpace
{
    private const int StartField = 19; // field 22 of proc(5)'s stat, counted from the third

    /// <summary>Eight digits that this process shares with those whose numbers it can look up, and with no other: of the machine's name,
    /// its start and its table of processes.</summary>
    public static string Tag { get; } =
        Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes($"{Environment.MachineName}\n{Text("/proc/sys/kernel/random/boot_id")}\n{Table()}"))
        )[..8];

    /// <summary>Sixteen random digits.</summary>
    public static string Token() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    /// <summary>When a process of this space was started, in ticks since the machine was.</summary>
    /// <returns>0 where the system does not tell, or there is no such process.</returns>
    public static long Started(int process) =>
        Fields(process) is { Length: > StartField } fields
        && long.TryParse(fields[StartField], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            ? ticks
            : 0;

    /// <summary>Whether a process of this space still runs; a zombie does not.</summary>
    /// <param name="process">Its number.</param>
    /// <param name="started">What <see cref="Started"/> said when it lived; 0: its number alone counts.</param>
    public static bool IsAlive(int process, long started = 0)
    {
        if (Fields(process) is [var state, ..])
        {
            return state is not ("Z" or "X") && (started == 0 || Started(process) is var now && (now == 0 || now == started));
        }

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

    // "4711 (any name, even with ) in it) S 1 …"
    private static string[]? Fields(int process) =>
        Text($"/proc/{process}/stat") is { Length: > 0 } stat ? stat[(stat.LastIndexOf(')') + 1)..].Trim().Split(' ') : null;

    private static string Table() => new FileInfo("/proc/self/ns/pid") is { Exists: true, LinkTarget: { } table } ? table : "";

    private static string Text(string file)
    {
        try
        {
            return File.Exists(file) ? File.ReadAllText(file).Trim() : "";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return ""; // it ended between the two calls
        }
    }
}
