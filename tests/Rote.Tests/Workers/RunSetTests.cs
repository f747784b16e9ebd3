using System.Diagnostics;
using Rote.Data;
using Rote.Storage;
using Rote.Tensors;
using Rote.Tests.Support;
using Rote.Workers;

namespace Rote.Tests.Workers;

[NoTensorLeaks]
public sealed class RunSetTests : IDisposable
{
    private readonly FakeWorkers _fake = new();

    public void Dispose() => _fake.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Outcomes_come_in_the_order_asked_and_equal_runs_are_made_once(int workers)
    {
        RunRequest[] asked = [FakeWorkers.Request(3), FakeWorkers.Request(1), FakeWorkers.Request(3), FakeWorkers.Request(2)];
        var outcomes = _fake.Run(asked, FakeWorkers.Good, workers);
        Assert.Equal([3L, 1, 3, 2], outcomes.Select(o => o.Run!.Experiment.Seed));
        Assert.All(outcomes, o => Assert.Null(o.Failure));
        Assert.Equal(workers, _fake.Started);
        Assert.Equal((3, 3), (_fake.Reports[^1].Total, _fake.Reports[^1].Done));
        Assert.Equal(3, _fake.Reports.Count(t => t.News is { Outcome: null }));
        Assert.Equal(3, _fake.Reports.Count(t => t.News is { Outcome.Run: not null }));
        Assert.Equal(TimeSpan.Zero, _fake.Reports[^1].Left);
    }

    [Fact]
    public void A_finished_set_starts_no_process_even_on_fewer_cores()
    {
        var request = FakeWorkers.Request(1, threads: 64);
        _fake.Make(request, "runs");
        Assert.Equal(2, Assert.Single(_fake.Run([request], "exit 1")).Run!.Summary.Epochs);
        Assert.Equal(0, _fake.Started);
    }

    [Fact]
    public void An_empty_set_is_done() => Assert.Empty(_fake.Run([], "exit 1"));

    [Fact]
    public void A_run_that_fails_does_not_stop_the_others()
    {
        var outcomes = _fake.Run(
            """
            while read -r job; do
                case $job in
                    *'"seed":2,'*) say '{"event":"failed","failure":{"kind":"training","sentence":"It diverged."}}' ;;
                    *) finish ;;
                esac
            done
            """
        );
        Assert.Equal([null, new RunFailure(FailureKind.Training, "It diverged."), null], outcomes.Select(o => o.Failure));
        Assert.Equal([1L, 3], outcomes.Where(o => o.Run is not null).Select(o => o.Run!.Experiment.Seed));
        Assert.Equal((2, 1, 1), (_fake.Reports[^1].Done, _fake.Reports[^1].Failed, _fake.Started));
    }

    [Fact]
    public void A_damaged_folder_is_a_failure_of_its_own_run()
    {
        var folder = _fake.Make(FakeWorkers.Request(2), "runs").Folder;
        File.WriteAllText(Path.Combine(folder, "summary.json"), "{");
        var outcomes = _fake.Run(FakeWorkers.Good);
        Assert.Equal(FailureKind.Input, outcomes[1].Failure!.Kind);
        Assert.Contains("summary.json is damaged", outcomes[1].Failure!.Sentence, StringComparison.Ordinal);
        Assert.NotNull(outcomes[0].Run);
        Assert.NotNull(outcomes[2].Run);
        Assert.Single(_fake.Reports, t => t.News?.Outcome?.Failure is not null);
    }

    [Fact]
    public void A_worker_that_dies_once_costs_nothing()
    {
        var outcomes = _fake.Run("while read -r job; do [ -e died ] || { touch died; kill -9 $$; }; finish; done");
        Assert.All(outcomes, o => Assert.NotNull(o.Run));
        Assert.Equal(2, _fake.Started);
        var retried = Assert.Single(_fake.Reports, t => t.News?.Retried is not null).News!;
        Assert.Equal(
            (
                1,
                "The worker process was ended by signal 9 (SIGKILL, which the system sends when memory runs out); the run goes on with "
                    + "another worker."
            ),
            (retried.Number, retried.Retried)
        );
    }

    [Theory]
    [InlineData(0, "")]
    [InlineData(2, "2")]
    public void A_worker_sees_the_GPU_of_its_runs_alone(int index, string expected)
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("CUDA_VISIBLE_DEVICES") is not null, "GPUs are chosen already.");
        const string Script = """
            while read -r job; do
                echo "$CUDA_VISIBLE_DEVICES" >gpu
                say '{"event":"failed","failure":{"kind":"machine","sentence":"There is no GPU."}}'
            done
            """;
        var outcomes = _fake.RunAll([FakeWorkers.Request(1).On(ComputeDevice.Cuda(index))], Script);
        Assert.Equal("There is no GPU.", outcomes.Single().Failure!.Sentence);
        Assert.Equal(expected, File.ReadAllText(_fake.File("gpu")).Trim());
    }

    [Fact]
    public void A_run_that_two_workers_die_of_has_failed()
    {
        var outcomes = _fake.Run(
            "while read -r job; do case $job in *'\"seed\":2,'*) echo 'free(): invalid pointer' >&2; exit 7 ;; *) finish ;; esac; done",
            workers: 2
        );
        Assert.NotNull(outcomes[0].Run);
        Assert.NotNull(outcomes[2].Run);
        Assert.Equal(FailureKind.Machine, outcomes[1].Failure!.Kind);
        Assert.StartsWith(
            "The worker process ended with exit code 7 after it said \"free(): invalid pointer\" while it had this run",
            outcomes[1].Failure!.Sentence,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("echo 'Warning: something'", "said what cannot be understood")]
    [InlineData("say '{\"event\":\"finished\",\"extra\":1}'", "'extra'")]
    [InlineData("say '{\"event\":\"ready\",\"build\":\"x\"}'", "out of turn")]
    public void A_worker_that_breaks_the_protocol_is_stopped_and_its_run_fails_the_second_time(string breach, string part)
    {
        var failure = Assert.Single(_fake.Run([FakeWorkers.Request(1)], $"read -r job; {breach}; exec sleep 60")).Failure!;
        Assert.Equal(FailureKind.Machine, failure.Kind);
        Assert.Contains(part, failure.Sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("signal", failure.Sentence, StringComparison.Ordinal);
        Assert.Equal(2, _fake.Started);
    }

    [Fact]
    public void A_run_that_is_said_to_be_finished_must_be()
    {
        var outcomes = _fake.Run("while read -r job; do say '{\"event\":\"finished\"}'; done");
        Assert.All(
            outcomes,
            o => Assert.EndsWith("lacks its summary.json; run the command again.", o.Failure!.Sentence, StringComparison.Ordinal)
        );

        Assert.All(_fake.Run(FakeWorkers.Good), o => Assert.NotNull(o.Run));
    }

    [Theory]
    [InlineData("say '{\"event\":\"failed\",\"failure\":{\"kind\":\"machine\",\"sentence\":\"No libtorch.\"}}'", "No libtorch.")]
    [InlineData(
        "echo 'no such library' >&2; exit 134",
        "was ended by signal 6 (SIGABRT, a library gave up) after it said \"no such library\" before it could begin"
    )]
    [InlineData("say '{\"event\":\"ready\",\"build\":\"of yesterday\"}'; read -r job", "has changed since this command began")]
    public void A_worker_that_cannot_work_at_all_ends_the_set(string script, string part)
    {
        File.WriteAllText(_fake.File("unready"), "");
        Assert.Contains(part, Assert.Throws<MachineException>(() => _fake.Run(script)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void After_the_program_has_changed_the_same_command_goes_on()
    {
        File.WriteAllText(_fake.File("unready"), "");
        var error = Assert.Throws<MachineException>(() => _fake.Run("say '{\"event\":\"ready\",\"build\":\"of yesterday\"}'; read -r job"));
        Assert.Contains("; run the command again, which goes on", error.Message, StringComparison.Ordinal);

        File.Delete(_fake.File("unready"));
        Assert.All(_fake.Run(FakeWorkers.Good), o => Assert.NotNull(o.Run));
    }

    [Fact]
    public void A_program_that_is_not_there_is_one_sentence()
    {
        var set = new RunSet(new RunStore(_fake.Runs, TimeProvider.System), () => new ProcessStartInfo(_fake.File("nothing")));
        var error = Assert.Throws<MachineException>(() => set.Run([FakeWorkers.Request(1)]));
        Assert.StartsWith("A worker process cannot be started", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("while read -r job; do wait; done")]
    [InlineData("trap '' TERM; read -r job; exec sleep 60")]
    public void Cancelling_stops_every_worker_even_one_that_does_not_listen(string script)
    {
        using var source = new CancellationTokenSource();
        var begun = Stopwatch.GetTimestamp();
        Assert.Throws<OperationCanceledException>(() => _fake.Run(script, workers: 2, CancelAtTwo, source.Token));
        Assert.InRange(Stopwatch.GetElapsedTime(begun).TotalSeconds, 0, 8);
        var pids = File.ReadAllLines(_fake.File("pids"));
        Assert.Equal(2, pids.Length);
        Assert.All(pids, pid => Assert.False(Directory.Exists($"/proc/{pid}")));

        void CancelAtTwo(RunSetProgress progress)
        {
            if (progress.Running.Count == 2)
            {
                source.Cancel();
            }
        }
    }

    [Theory]
    [InlineData(2, 2, "2 workers of 2 threads each need 4 cores, and there are 2")]
    [InlineData(1, 3, "1 worker of 3 threads each need 3 cores, and there are 2")]
    public void More_threads_than_cores_are_refused_before_anything_starts(int workers, int threads, string part)
    {
        var error = Assert.Throws<InputException>(() => _fake.Run([FakeWorkers.Request(1, threads)], FakeWorkers.Good, workers));
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
        Assert.EndsWith("; use fewer workers, or fewer threads a run.", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, _fake.Started);

        // Fewer workers where there are several, else fewer threads.
        var request = FakeWorkers.Request(1, Math.Min(threads, 2));
        Assert.NotNull(Assert.Single(_fake.Run([request], FakeWorkers.Good, workers: 1)).Run);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1025)]
    public void The_number_of_workers_has_bounds(int workers) => Assert.Throws<InputException>(() => _fake.Run(FakeWorkers.Good, workers));

    [Fact]
    public void Data_that_cannot_be_fetched_is_told_before_a_worker_starts()
    {
        File.WriteAllText(_fake.File("data"), "a file where the data folder should be");
        var request = FakeWorkers.Request(1);
        Assert.Throws<MachineException>(() =>
            _fake.Run([new RunRequest(request.Experiment with { Data = new DataSpec { Name = "mnist" } })], FakeWorkers.Good)
        );
        Assert.Equal(0, _fake.Started);
    }

    [Fact]
    public void Workers_are_told_the_data_folder()
    {
        _fake.Run([FakeWorkers.Request(1)], $"echo \"$ROTE_DATA\" >folder; {FakeWorkers.Good}");
        Assert.Equal(_fake.File("data"), File.ReadAllText(_fake.File("folder")).TrimEnd());
    }

    [Fact]
    public void Own_data_needs_a_place_and_catalog_data_has_none()
    {
        var experiment = FakeWorkers.Request(1).Experiment;
        var own = new UserDataSource("pictures", new UserDataOptions());
        Assert.Throws<ArgumentException>(() => new RunRequest(experiment, own));
        Assert.Throws<ArgumentException>(() =>
            new RunRequest(
                experiment with
                {
                    Data = new DataSpec { Name = "pictures", Sha256 = new string('0', 64) },
                }
            )
        );
    }
}
