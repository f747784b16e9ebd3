using System.Text.Json;
using Rote.Workers;

namespace Rote.Cli.Clusters;

/// <summary>A Slurm job, as recorded in the job's folder.</summary>
internal sealed record SlurmRun
{
    private const string FileName = "job.json";

    /// <summary>Its number.</summary>
    public required string Job { get; init; }

    /// <summary>Its workers.</summary>
    public required int Tasks { get; init; }

    /// <summary>When it was submitted.</summary>
    public required DateTimeOffset Submitted { get; init; }

    /// <summary>Memory that a worker was given, as asked; null: what the cluster gives.</summary>
    public string? Memory { get; init; }

    /// <summary>The job that was submitted last from a folder.</summary>
    /// <returns>Null where there is none, or its file is damaged.</returns>
    public static SlurmRun? Find(JobFolder folder)
    {
        try
        {
            var file = Path.Combine(folder.Path, FileName);
            return File.Exists(file) ? JsonSerializer.Deserialize<SlurmRun>(File.ReadAllBytes(file), RoteJson.Options) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Remembers it.</summary>
    public void Keep(JobFolder folder) =>
        AtomicFile.WriteText(Path.Combine(folder.Path, FileName), JsonSerializer.Serialize(this, RoteJson.Options) + "\n");

    /// <summary>As "Job 12: 3 running, 5 pending (Resources)".</summary>
    public string Words(IReadOnlyList<(string State, string Reason)> tasks) =>
        $"Job {Job}: "
        + string.Join(
            ", ",
            tasks
                .GroupBy(task => task.State)
                .OrderBy(group => group.Key == "RUNNING" ? 0 : 1)
                .ThenBy(group => group.Key, StringComparer.Ordinal)
                .Select(group =>
                {
                    string[] reasons = [.. group.Select(task => task.Reason).Where(reason => reason is not ("None" or "")).Distinct()];
                    var why = reasons.Length == 0 ? "" : $" ({string.Join(", ", reasons)})";
                    return $"{group.Count()} {group.Key.ToLowerInvariant().Replace('_', ' ')}{why}";
                })
        );

    /// <summary>Explains why something was not made although no worker is left.</summary>
    public string WhyOver(JobFolder folder, JobKind kind)
    {
        var ends = SlurmClient.Ends(Job);
        string[] logs = Directory.Exists(folder.Log) ? Directory.GetFiles(folder.Log, $"{Job}_*.out") : [];
        if (logs.Length == 0 && !ends.Contains("CANCELLED"))
        {
            return $"Job {Job} is over and no worker has written into {folder.Log}: the nodes do not see this folder, or could not start; "
                + $"{kind.Shared} must lie on a file system that all nodes share ({kind.Option}). Slurm says: {Named(ends)}.";
        }

        var last = logs.Order(StringComparer.Ordinal).Select(LastWords).ToArray();
        if (ends.Contains("OUT_OF_MEMORY") || last.Any(line => line.Contains("oom", StringComparison.OrdinalIgnoreCase)))
        {
            return $"Job {Job} was killed for want of memory: a worker had {Memory ?? "what the cluster gives by default"}; ask for "
                + "more with --memory, and the same command goes on from the last checkpoints.";
        }

        var said = last.LastOrDefault(line => line.Length > 0);
        return $"Job {Job} is over ({Named(ends)}) and {kind.Missing}; {(said is null ? "" : $"a worker's last line is \"{said}\"; ")}"
            + $"the same command submits what is left.";
    }

    private static string Named(IReadOnlyList<string> ends) =>
        ends.Count == 0 ? "nothing any more" : string.Join(", ", ends).ToLowerInvariant().Replace('_', ' ');

    private static string LastWords(string file)
    {
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            stream.Seek(-Math.Min(stream.Length, 4000), SeekOrigin.End);
            using var reader = new StreamReader(stream);
            var line = reader.ReadToEnd().Split('\n', StringSplitOptions.TrimEntries).LastOrDefault(text => text.Length > 0) ?? "";
            return Shortened.Beginning(line, 300);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
