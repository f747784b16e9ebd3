namespace Rote.Cli.Doctor;

/// <summary>Reads the system's own descriptions; text in, values out. Empty or strange text gives "not known", never an error.</summary>
internal static class SystemText
{
    /// <summary>The name in <c>/etc/os-release</c>; null if there is none.</summary>
    public static string? OperatingSystemName(string osRelease) =>
        Values(osRelease, '=', "PRETTY_NAME").Select(v => v.Trim('"', '\'')).FirstOrDefault(v => v.Length > 0);

    /// <summary>The processor's name in <c>/proc/cpuinfo</c>; null if it has none, as on Arm.</summary>
    public static string? ProcessorModel(string cpuInfo) => Values(cpuInfo, ':', "model name").FirstOrDefault(v => v.Length > 0);

    /// <summary>The number of logical processors in <c>/proc/cpuinfo</c>; 0 if it lists none.</summary>
    public static int ProcessorCount(string cpuInfo) => Values(cpuInfo, ':', "processor").Count(v => int.TryParse(v, out _));

    /// <summary>Memory, in bytes: the container's where its limit is below the machine's.</summary>
    /// <param name="memInfo"><c>/proc/meminfo</c>.</param>
    /// <param name="limit">The control group's limit: a number of bytes, "max", or empty.</param>
    /// <param name="used">The control group's present use: a number of bytes, or empty.</param>
    public static MemoryFindings Memory(string memInfo, string limit, string used)
    {
        var total = Kibibytes(memInfo, "MemTotal");
        var available = Kibibytes(memInfo, "MemAvailable");
        if (!long.TryParse(limit.Trim(), out var allowed) || allowed <= 0 || allowed >= total)
        {
            return new MemoryFindings(total, available);
        }

        var free = long.TryParse(used.Trim(), out var inUse) ? Math.Max(0, allowed - inUse) : allowed;
        return new MemoryFindings(allowed, Math.Min(free, available));
    }

    private static long Kibibytes(string memInfo, string name) =>
        Values(memInfo, ':', name)
            .Select(v =>
                long.TryParse(v.Replace("kB", "").Trim(), out var count) && count is >= 0 and < long.MaxValue / 1024 ? count * 1024 : 0
            )
            .FirstOrDefault();

    private static IEnumerable<string> Values(string text, char separator, string name)
    {
        foreach (var line in text.Split('\n'))
        {
            var at = line.IndexOf(separator);
            if (at > 0 && line[..at].Trim() == name)
            {
                yield return line[(at + 1)..].Trim();
            }
        }
    }
}
