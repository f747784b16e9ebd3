using System.Globalization;

namespace Rote.Foundation;

/// <summary>Refuses data that does not fit into memory, before allocating it: the system would kill the process without a
/// message.</summary>
internal static class MemoryGuard
{
    /// <summary>The share of the available memory that data may take; the rest is for the network and everything else.</summary>
    public const double Share = 0.8;

    /// <summary>Throws if examples do not fit.</summary>
    /// <param name="name">The data, for the message.</param>
    /// <param name="image">An example's shape in words, as <c>32×32×3</c>.</param>
    /// <param name="bytesPerExample">Peak memory per example during loading.</param>
    /// <param name="examples">How many there are.</param>
    /// <param name="remedy">What to do, as "use a smaller --image-size".</param>
    /// <param name="available">Available memory in bytes; null: as the system reports.</param>
    /// <exception cref="MachineException">They need more than 80 % of the available memory.</exception>
    public static void Require(string name, string image, long bytesPerExample, long examples, Sentence remedy, long? available = null)
    {
        var free = available ?? Available();
        var most = (long)(Share * free / bytesPerExample);
        if (examples > most)
        {
            var gigabytes = (double)bytesPerExample * examples / 1e9;
            throw new MachineException(
                $"{name}: {examples:N0} examples of {image} need {gigabytes:F2} GB, and of {free / 1e9:F2} GB of available memory data "
                    + $"may take {Share:P0}; "
                    + $"at most {most:N0} examples fit: {remedy}."
            );
        }
    }

    /// <inheritdoc cref="Require(string, string, long, long, Sentence, long?)"/>
    public static void Require(string name, string image, long bytesPerExample, long examples, string remedy, long? available = null) =>
        Require(name, image, bytesPerExample, examples, new Sentence(remedy), available);

    /// <summary>Memory this process can still get, in bytes: the least of what its container and the system leave it.</summary>
    public static long Available()
    {
        // The first figure honours a container's limit; it does not know what other processes take.
        var limit = Math.Max(0, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes - Used());
        return OperatingSystem.IsLinux() && Read("/proc/meminfo", "MemAvailable:") is { } system ? Math.Min(limit, system) : limit;
    }

    /// <summary>Memory of this process that the system cannot take back: without pages of mapped files, as of a packed set.</summary>
    private static long Used() =>
        OperatingSystem.IsLinux() && Read("/proc/self/status", "RssAnon:") is { } own ? own : Environment.WorkingSet;

    /// <summary>A number of bytes in a file of the system; null where it is not there.</summary>
    private static long? Read(string file, string key)
    {
        if (!File.Exists(file))
        {
            return null;
        }

        var line = File.ReadLines(file).FirstOrDefault(l => l.StartsWith(key, StringComparison.Ordinal));
        var number = line?[key.Length..].Replace("kB", "", StringComparison.Ordinal).Trim();
        return long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var kilobytes) ? kilobytes * 1024 : null;
    }
}
