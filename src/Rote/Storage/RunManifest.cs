using System.Reflection;
using System.Runtime.InteropServices;
using TorchSharp;

namespace Rote.Storage;

/// <summary>The circumstances of a run: what does not change its result, and what one needs to make it again.</summary>
public sealed record RunManifest
{
    /// <summary>Rote's version with the git commit it was built from.</summary>
    public required string Rote { get; init; }

    /// <summary>.NET's version.</summary>
    public required string DotNet { get; init; }

    /// <summary>TorchSharp's version; it fixes libtorch's.</summary>
    public required string TorchSharp { get; init; }

    /// <summary>Operating system.</summary>
    public required string System { get; init; }

    /// <summary>Processor, as it names itself.</summary>
    public required string Processor { get; init; }

    /// <summary>Processors this process may use.</summary>
    public required int Cores { get; init; }

    /// <summary>When the first session began.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>When the run ended; null while it has not.</summary>
    public DateTimeOffset? Finished { get; init; }

    /// <summary>Sessions the run took: 1 if it was never interrupted.</summary>
    public int Sessions { get; init; } = 1;

    /// <summary>Processors of earlier sessions that differ from <see cref="Processor"/>, as they name themselves; null if there are none.
    /// Such a run is whole; repeated on one kind of processor, it may have other last bits.</summary>
    public IReadOnlyList<string>? EarlierProcessors { get; init; }

    /// <summary>Wall seconds of training and evaluation over all sessions; null while the run has not ended.</summary>
    public double? WallSeconds { get; init; }

    /// <summary>The circumstances of this process.</summary>
    /// <param name="time">The clock.</param>
    /// <returns>A manifest that starts now.</returns>
    public static RunManifest Now(TimeProvider time) =>
        new()
        {
            Rote = Version(typeof(RunManifest).Assembly),
            DotNet = Environment.Version.ToString(),
            TorchSharp = Version(typeof(torch).Assembly),
            System = RuntimeInformation.OSDescription,
            Processor = ProcessorName(),
            Cores = Environment.ProcessorCount,
            Started = time.GetUtcNow(),
        };

    /// <summary>The circumstances of a session that resumes a run.</summary>
    /// <param name="earlier">Those of the session before.</param>
    internal RunManifest After(RunManifest earlier)
    {
        string[] others =
        [
            .. (earlier.EarlierProcessors ?? [])
                .Append(earlier.Processor)
                .Where(name => name != Processor)
                .Distinct(StringComparer.Ordinal),
        ];
        return this with
        {
            Started = earlier.Started,
            Sessions = earlier.Sessions + 1,
            EarlierProcessors = others.Length == 0 ? null : others,
        };
    }

    private static string Version(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
        ?? assembly.GetName().Version?.ToString()
        ?? "unknown";

    private static string ProcessorName()
    {
        const string File = "/proc/cpuinfo";
        var line = global::System.IO.File.Exists(File)
            ? global::System.IO.File.ReadLines(File).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return line is null
            ? RuntimeInformation.ProcessArchitecture.ToString()
            : line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
    }
}
