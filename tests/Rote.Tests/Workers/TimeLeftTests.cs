using Rote.Workers;

namespace Rote.Tests.Workers;

/// <summary>Expected values are worked out by hand in the comments.</summary>
public sealed class TimeLeftTests
{
    private static readonly RunSeconds Fresh = new("a", 0, null);

    [Fact]
    public void Nothing_is_known_before_there_is_evidence() => Assert.Null(TimeLeft.Estimate([], [Fresh], ["a", "a"], 2));

    [Fact]
    public void Nothing_is_left_when_all_is_done() => Assert.Equal(0, Seconds([new("a", 10, 0)], [], [], 2));

    [Fact]
    public void Finished_runs_tell_how_long_the_waiting_take() =>
        // 8 × mean 15 / 2 workers
        Assert.Equal(60, Seconds([new("a", 10, 0), new("a", 20, 0)], [], ["a", "a", "a", "a", "a", "a", "a", "a"], 2));

    [Fact]
    // 30 to go, then 10 + 30 for the next
    public void Before_a_run_is_finished_the_epochs_of_those_in_work_tell() => Assert.Equal(70, Seconds([], [new("a", 10, 30)], ["a"], 1));

    [Fact]
    public void The_longest_run_in_work_is_waited_for() => Assert.Equal(100, Seconds([], [new("a", 0, 100), new("b", 0, 4)], [], 2));

    [Fact]
    // 10 of its kind less 4, though its last epoch is 500 s away
    public void A_run_that_stops_early_tells_that_its_kind_does() => Assert.Equal(6, Seconds([new("a", 10, 0)], [new("a", 4, 500)], [], 1));

    [Fact]
    public void A_run_beyond_the_mean_of_its_kind_is_measured_by_its_epochs() =>
        Assert.Equal(5, Seconds([new("a", 10, 0)], [new("a", 12, 5)], [], 1));

    [Fact]
    public void Kinds_are_told_apart_and_an_unknown_one_takes_the_mean_of_all() =>
        Assert.Equal(100 + 2 + 51, Seconds([new("slow", 100, 0), new("fast", 2, 0)], [], ["slow", "fast", "new"], 1));

    [Fact]
    public void It_is_never_negative_and_more_workers_never_take_longer() =>
        Gen.Select(Gen.Double[0, 1e5].List[0, 5], Gen.Double[0, 1e5].List[0, 4], Gen.Int[0, 9], Gen.Int[1, 8])
            .Sample(
                (finished, running, waiting, workers) =>
                {
                    TimeSpan? Left(int n) =>
                        TimeLeft.Estimate(
                            [.. finished.Select((s, i) => new RunSeconds($"{i % 2}", s, 0))],
                            [.. running.Select((s, i) => new RunSeconds($"{i % 3}", s, s / 2))],
                            [.. Enumerable.Range(0, waiting).Select(i => $"{i % 4}")],
                            n
                        );
                    return Left(workers) is not { } left
                        ? finished.Count + running.Count == 0
                        : left >= TimeSpan.Zero && Left(workers + 1) <= left;
                }
            );

    private static double Seconds(RunSeconds[] finished, RunSeconds[] running, string[] waiting, int workers) =>
        TimeLeft.Estimate(finished, running, waiting, workers)!.Value.TotalSeconds;
}
