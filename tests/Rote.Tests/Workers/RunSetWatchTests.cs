using Rote.Storage;
using Rote.Tests.Support;
using Rote.Workers;

namespace Rote.Tests.Workers;

[NoTensorLeaks]
public sealed class RunSetWatchTests : IDisposable
{
    private readonly FakeWorkers _fake = new();

    private RunStore Store => new(_fake.Runs, TimeProvider.System);

    public void Dispose() => _fake.Dispose();

    [Fact]
    public void Runs_are_seen_to_be_made_and_to_fail_wherever_that_happens()
    {
        RunRequest[] asked = [FakeWorkers.Request(1), FakeWorkers.Request(2), FakeWorkers.Request(1)];
        var folder = RunSetFolder.Of(Store, asked);
        folder.Write(asked, tensorBoard: false);
        var (looks, told) = (0, new List<RunSetProgress>());
        var claim = Store.Open(asked[0].Experiment);
        var outcomes = new RunSetWatch(Store, folder) { Every = TimeSpan.Zero }.Run(asked, Over, new Listener(told.Add));
        Assert.Equal(3, outcomes.Count);
        Assert.NotNull(outcomes[0].Run);
        Assert.NotNull(outcomes[2].Run);
        Assert.Equal("It diverged.", outcomes[1].Failure!.Sentence);
        Assert.Equal((0, 1, 1), (told[0].Done, told[0].Running.Count, told[0].Waiting));
        Assert.Equal((1, 1, 0), (told[^1].Done, told[^1].Failed, told[^1].Running.Count));

        string? Over()
        {
            looks++;
            if (looks == 2)
            {
                claim.Dispose();
                _fake.Make(asked[0], "runs");
                folder.Failures.Note(Store, asked[1].Experiment, new RunFailure(FailureKind.Training, "It diverged."));
            }

            return null;
        }
    }

    [Fact]
    public void What_nobody_made_is_a_failure_that_says_why_and_what_was_made_is_not()
    {
        RunRequest[] asked = [FakeWorkers.Request(1), FakeWorkers.Request(2)];
        var outcomes = new RunSetWatch(Store, RunSetFolder.Of(Store, asked)) { Every = TimeSpan.Zero }.Run(
            asked,
            () =>
            {
                _fake.Make(asked[1], "runs"); // at the last moment
                return "The job is over.";
            }
        );
        Assert.Equal(new RunFailure(FailureKind.Machine, "The job is over."), outcomes[0].Failure);
        Assert.NotNull(outcomes[1].Run);
    }

    [Fact]
    public void Who_stops_looking_stops_nothing_else()
    {
        RunRequest[] asked = [FakeWorkers.Request(1)];
        using var source = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() =>
            new RunSetWatch(Store, RunSetFolder.Of(Store, asked)) { Every = TimeSpan.FromMinutes(1) }.Run(
                asked,
                () =>
                {
                    source.Cancel();
                    return null;
                },
                cancel: source.Token
            )
        );
    }

    private sealed class Listener(Action<RunSetProgress> hear) : IProgress<RunSetProgress>
    {
        public void Report(RunSetProgress value) => hear(value);
    }
}
