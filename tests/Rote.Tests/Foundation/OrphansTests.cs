using Rote.Tests.Support;

namespace Rote.Tests.Foundation;

/// <summary>A writer that was killed leaves <c>NAME.PID.tmp</c>; the next write of the file takes it away.</summary>
public sealed class OrphansTests : IDisposable
{
    // Above what Linux gives (kernel.pid_max is at most 4,194,304).
    private const int Nobody = 2_000_000_000;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_a_dead_writer_left_is_swept_and_nothing_else()
    {
        string[] left = [$"examples.parquet.{Nobody}.tmp"];
        string[] kept =
        [
            $"examples.parquet.{Environment.ProcessId}.tmp",
            $"other.parquet.{Nobody}.tmp",
            "examples.parquet.tmp",
            "examples.parquet.x.tmp",
            $"examples.parquet.{Nobody}",
            $"examples.parquet.-{Nobody}.tmp",
        ];
        foreach (var name in left.Concat(kept))
        {
            File.WriteAllText(_folder.File(name), "half");
            File.SetLastWriteTimeUtc(_folder.File(name), new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        }

        // Never the target's own name: Sweep alone, because a write uses this process's temporary.
        Orphans.Sweep(_folder.File("examples.parquet"));
        Assert.Equal(
            kept.Order(StringComparer.Ordinal),
            Directory.GetFiles(_folder.File(".")).Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void A_file_that_is_still_written_elsewhere_stays()
    {
        File.WriteAllText(_folder.File($"a.{Nobody}.tmp"), "half");
        Orphans.Sweep(_folder.File("a"));
        Assert.True(File.Exists(_folder.File($"a.{Nobody}.tmp")));
    }

    [Fact]
    public void Every_write_sweeps()
    {
        File.WriteAllText(_folder.File($"a.{Nobody}.tmp"), "half");
        File.SetLastWriteTimeUtc(_folder.File($"a.{Nobody}.tmp"), new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        AtomicFile.WriteText(_folder.File("a"), "whole");
        Assert.Equal(["a"], Directory.GetFiles(_folder.File(".")).Select(Path.GetFileName));
    }
}
