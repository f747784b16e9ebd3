using System.Diagnostics;
using Rote.Cli.Displays;
using Rote.Storage;
using Rote.Tests.Support;
using Rote.Training;
using Rote.Workers;
using Spectre.Console;

namespace Rote.Tests.Cli.Displays;

public sealed class RunSetDisplayTests
{
    private static readonly EpochMetrics Last = new()
    {
        Epoch = 1,
        LearningRate = 0.05,
        TrainAccuracy = 0.8765,
        TestAccuracy = 0.4321,
        Seconds = 12.4,
    };

    private static readonly RunSetProgress Middle = new()
    {
        Total = 12,
        Done = 3,
        Failed = 1,
        Waiting = 6,
        Running =
        [
            new RunningRun(1, 5, FakeWorkers.Request(5), new TrainingProgress(2, 0.5, 12_345.6, Last)),
            new RunningRun(3, 6, FakeWorkers.Request(6) with { Title = "my [own] title" }, null),
        ],
        Left = TimeSpan.FromMinutes(130),
    };

    [Fact]
    public void On_a_terminal_a_table_shows_runs_in_work_the_last_failures_and_the_sum()
    {
        var failures = Enumerable.Range(1, 5).Select(i => Failed(i)).ToArray();
        using var writer = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer), Ansi = AnsiSupport.No });
        console.Profile.Width = 120;
        console.Write(RunSetDisplay.Draw(Middle, failures));
        console.Write(RunSetDisplay.Draw(Middle with { Running = [], Waiting = 0, Left = null }, []));
        Snapshot.Verify(string.Join('\n', writer.ToString().Split('\n').Select(l => l.TrimEnd())), "run-set-table");
    }

    [Fact]
    public void Elsewhere_there_is_a_line_for_each_piece_of_news_and_a_sum_every_half_minute()
    {
        var (lines, now) = (new List<string>(), 0L);
        var request = FakeWorkers.Request(4);
        var summary = new RunSummary
        {
            Experiment = "",
            Epochs = 1,
            TrainCorrect = 199,
            TrainCount = 200,
            TestCorrect = 51,
            TestCount = 100,
            RunningLoss = 0,
            Parameters = 1,
            WeightsSha256 = "",
        };
        var display = RunSetDisplay.Lines(lines.Add, () => now, TimeSpan.FromSeconds(30));
        Report(Middle, 0);
        Report(Middle with { News = new RunNews(4, request) }, 10);
        Report(
            Middle with
            {
                News = new RunNews(4, request, Retried: "The worker process was ended by signal 9; the run goes on with another worker."),
            },
            20
        );
        Report(Middle, 31);
        Report(Middle, 60);
        Report(
            Middle with
            {
                News = new RunNews(
                    4,
                    request,
                    new RunOutcome(request, new FinishedRun("/runs/x", request.Experiment, summary, [Last]), null)
                ),
                Left = null,
            },
            62
        );
        Report(Middle with { News = Failed(12) }, 63);
        Snapshot.Verify(string.Join('\n', lines) + "\n", "run-set-lines");

        void Report(RunSetProgress progress, int second)
        {
            now = second * Stopwatch.Frequency;
            display.Report(progress);
        }
    }

    [Theory]
    [InlineData(0, "0 s")]
    [InlineData(59.4, "59 s")]
    [InlineData(59.6, "1 min")]
    [InlineData(3569, "59 min")]
    [InlineData(3599, "1 h 0 min")]
    [InlineData(7800, "2 h 10 min")]
    [InlineData(86_399, "1 d 0 h")]
    [InlineData(273_600, "3 d 4 h")]
    public void A_duration_has_two_units_at_most(double seconds, string text) =>
        Assert.Equal(text, RunSetText.Duration(TimeSpan.FromSeconds(seconds)));

    private static RunNews Failed(int number)
    {
        var request = FakeWorkers.Request(number);
        return new RunNews(
            number,
            request,
            new RunOutcome(request, null, new RunFailure(FailureKind.Training, "Training diverged in epoch 3: the loss is NaN."))
        );
    }
}
