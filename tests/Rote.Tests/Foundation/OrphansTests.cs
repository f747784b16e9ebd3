using Rote.Tests.Support;

namespace Rote.Tests.Foundation;

/// <summary>A writer that was killed leaves a temporary; the next write of the file takes it away.</summary>
public sealed class OrphansTests : IDisposable
{
    // Above what Linux gives (kernel.pid_max is at most 4,194,304).
    internal const int Nobody = 2_000_000_000;

    private const string Elsewhere = "00000000";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Dead_writers_of_this_machine_are_swept_at_once_and_those_of_others_when_old(bool isOld)
    {
        var here = ProcessSpace.Tag;
        string[] left = [$"a.parquet.{here}-{Nobody}-0123abcd.tmp"];
        string[] leftWhenOld =
        [
            $"a.parquet.{here}-{Environment.ProcessId}-0123abcd.tmp", // its number may have been given again
            $"a.parquet.{Elsewhere}-{Nobody}-0123abcd.tmp",
            $"a.parquet.{Elsewhere}-{Environment.ProcessId}-0123abcd.tmp",
            $"a.parquet.{Nobody}.tmp", // of an earlier version
        ];
        string[] kept =
        [
            $"a.parquet.{Environment.ProcessId}.tmp",
            $"other.parquet.{here}-{Nobody}-0123abcd.tmp",
            "a.parquet.tmp",
            "a.parquet.x.tmp",
            $"a.parquet.{here}-{Nobody}-0123abcd",
            $"a.parquet.{here}--{Nobody}-0123abcd.tmp",
            $"a.parquet.{here}-{Nobody}-0123.tmp",
            $"a.parquet.-{Nobody}.tmp",
        ];
        foreach (var name in left.Concat(leftWhenOld).Concat(kept))
        {
            File.WriteAllText(_folder.File(name), "half");
            if (isOld)
            {
                File.SetLastWriteTimeUtc(_folder.File(name), new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
            }
        }

        Orphans.Sweep(_folder.File("a.parquet"));
        Assert.Equal(
            (isOld ? kept : [.. kept, .. leftWhenOld]).Order(StringComparer.Ordinal),
            Directory.GetFiles(_folder.File(".")).Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void No_two_temporaries_have_the_same_name() =>
        Assert.Equal(1000, Enumerable.Range(0, 1000).Select(_ => Orphans.TemporaryOf("a")).Distinct().Count());

    [Fact]
    public void Every_write_sweeps()
    {
        File.WriteAllText(_folder.File($"a.{ProcessSpace.Tag}-{Nobody}-0123abcd.tmp"), "half");
        AtomicFile.WriteText(_folder.File("a"), "whole");
        Assert.Equal(["a"], Directory.GetFiles(_folder.File(".")).Select(Path.GetFileName));
    }
}
