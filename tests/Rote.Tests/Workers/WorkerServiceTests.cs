using System.Collections.Concurrent;
using System.Diagnostics;
using Rote.Data;
using Rote.Tests.Support;
using Rote.Training;
using Rote.Workers;

namespace Rote.Tests.Workers;

/// <summary>The worker's side of the protocol, in this process.</summary>
public sealed class WorkerServiceTests
{
    private static readonly TrainingProgress Somewhere = new(
        1,
        0.5,
        100,
        new EpochMetrics
        {
            Epoch = 0,
            LearningRate = 0,
            Seconds = 0,
        }
    );

    private static string Job => WorkerProtocol.Line(new WorkerJob { Experiment = FakeWorkers.Request(1).Experiment, Runs = "/runs" });

    [Fact]
    public void A_job_survives_the_pipe()
    {
        var job = new WorkerJob
        {
            Experiment = FakeWorkers.Request(1).Experiment with
            {
                Data = new DataSpec
                {
                    Name = "Bäume",
                    Sha256 = new string('a', 64),
                    Examples = 10,
                },
            },
            Runs = "/a b/\"c\"\n",
            Own = new UserDataSource("/Bäume", new UserDataOptions { ImageSize = 16, SkipBad = true }),
        };
        var line = WorkerProtocol.Line(job);
        Assert.DoesNotContain('\n', line);
        var read = WorkerProtocol.Parse<WorkerJob>(line, "job");
        Assert.Equal((job.Experiment.Identity, job.Runs, job.Own), (read.Experiment.Identity, read.Runs, read.Own));
    }

    [Fact]
    public void It_is_ready_makes_one_run_after_the_other_and_ends_with_its_input()
    {
        var made = 0;
        Assert.Equal(["ready", "finished", "finished"], Serve([Job, Job], (_, _, _) => made++).Select(Kind));
        Assert.Equal(2, made);
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"experiment\":null,\"runs\":\"/runs\",\"surprise\":1}")]
    [InlineData("")]
    public void A_line_that_is_no_job_is_answered_with_a_sentence_and_the_next_one_is_made(string line)
    {
        var events = Serve([line, Job], (_, _, _) => { });
        Assert.Equal(["ready", "failed", "finished"], events.Select(Kind));
        Assert.StartsWith("This line is no job of a worker (", ((RunFailed)events[1]).Failure.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void An_experiment_that_cannot_be_is_answered_with_its_own_sentence() =>
        Assert.Contains(
            "The number of threads is 0",
            ((RunFailed)Serve([Job.Replace("\"threads\":1", "\"threads\":0", StringComparison.Ordinal)], (_, _, _) => { })[1])
                .Failure
                .Sentence,
            StringComparison.Ordinal
        );

    [Fact]
    public void Every_kind_of_error_is_told()
    {
        var errors = new Queue<Exception>([
            new InputException("a"),
            new MachineException("b"),
            new TrainingException("c"),
            new InvalidOperationException("d"),
        ]);
        var events = Serve([Job, Job, Job, Job], (_, _, _) => throw errors.Dequeue());
        Assert.Equal(
            [
                new(FailureKind.Input, "a"),
                new(FailureKind.Machine, "b"),
                new(FailureKind.Training, "c"),
                new(FailureKind.Machine, "explained: d"),
            ],
            events.Skip(1).Select(e => ((RunFailed)e).Failure)
        );
    }

    [Fact]
    public void Progress_is_passed_on_four_times_a_second_at_most()
    {
        var events = Serve(
            [Job],
            (_, progress, _) =>
            {
                var begun = Stopwatch.GetTimestamp();
                while (Stopwatch.GetElapsedTime(begun).TotalSeconds < 0.6)
                {
                    progress.Report(Somewhere);
                }
            }
        );
        Assert.InRange(events.Count(e => Kind(e) == "progress"), 2, 4);
        Assert.Contains(new RunProgressed(Somewhere), events);
    }

    [Fact]
    public void The_end_of_its_input_cancels_the_run_in_work()
    {
        using var input = new Input([Job]);
        var cancelled = false;
        Serve(
            input,
            (_, _, cancel) =>
            {
                input.End();
                cancelled = cancel.WaitHandle.WaitOne(TimeSpan.FromSeconds(5));
                cancel.ThrowIfCancellationRequested();
            }
        );
        Assert.True(cancelled);
    }

    [Fact]
    public void A_run_that_does_not_stop_is_abandoned()
    {
        using var input = new Input([Job]);
        using var abandoned = new ManualResetEventSlim();
        Serve(
            input,
            (_, _, _) =>
            {
                input.End();
                Assert.True(abandoned.Wait(TimeSpan.FromSeconds(5), CancellationToken.None));
            },
            abandoned.Set
        );
        Assert.True(abandoned.IsSet);
    }

    [Fact]
    public void A_parent_that_does_not_listen_any_more_is_gone()
    {
        using var input = new Input([Job]);
        var made = 0;
        using var service = new WorkerService(new Deaf(input), () => { });
        service.Serve(input, (_, _, _) => made++, Explain);
        Assert.True(service.Stopping.IsCancellationRequested);
        Assert.Equal(0, made);
    }

    private static RunFailure Explain(Exception error) => new(FailureKind.Machine, $"explained: {error.Message}");

    private static string Kind(WorkerEvent message) =>
        message switch
        {
            WorkerReady => "ready",
            RunProgressed => "progress",
            RunFinished => "finished",
            RunFailed => "failed",
            _ => "?",
        };

    /// <summary>Serves lines whose input ends when all of them are answered.</summary>
    private static List<WorkerEvent> Serve(string[] lines, WorkerService.Make make)
    {
        using var input = new Input(lines);
        var left = lines.Length;
        return Serve(
            input,
            make,
            answered: () =>
            {
                if (--left == 0)
                {
                    input.End();
                }
            }
        );
    }

    private static List<WorkerEvent> Serve(Input input, WorkerService.Make make, Action? abandon = null, Action? answered = null)
    {
        using var output = new Output(answered);
        using var service = new WorkerService(output, abandon ?? (() => { })) { Patience = TimeSpan.FromSeconds(0.1) };
        service.Serve(input, make, Explain);
        return output.Events;
    }

    /// <summary>Standard input that stays open until it is told to end.</summary>
    private sealed class Input : TextReader
    {
        private readonly BlockingCollection<string> _lines = [];

        public Input(IEnumerable<string> lines)
        {
            foreach (var line in lines)
            {
                _lines.Add(line);
            }
        }

        public void End() => _lines.CompleteAdding();

        public override string? ReadLine() => _lines.TryTake(out var line, Timeout.Infinite) ? line : null;
    }

    private sealed class Output(Action? answered) : StringWriter
    {
        public List<WorkerEvent> Events { get; } = [];

        public override void WriteLine(string? value)
        {
            Events.Add(WorkerProtocol.Parse<WorkerEvent>(value!, "event"));
            if (Events[^1] is RunFinished or RunFailed)
            {
                answered?.Invoke();
            }
        }
    }

    /// <summary>A pipe whose reader is gone; then the other pipe ends as well.</summary>
    private sealed class Deaf(Input input) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            input.End();
            throw new IOException("Broken pipe");
        }
    }
}
