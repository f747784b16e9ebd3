using System.Diagnostics;
using Rote.Data;
using Rote.Experiments;
using Rote.Networks;
using Rote.Storage;
using Rote.Tensors;
using Rote.Tests.Support;
using Rote.Training;
using Rote.Workers;

namespace Rote.Tests.Workers;

/// <summary>The built command as worker, on a data set of a few kilobytes.</summary>
[NoTensorLeaks]
public sealed class RealWorkersTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly NamedData _data;

    public RealWorkersTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Workers are watched with a shell script.");
        using (var images = Samples.Learnable(200, 40))
        {
            File.WriteAllBytes(
                _folder.File("rows.npz"),
                NpyFiles.Npz(
                    false,
                    ("x_train.npy", NpyFiles.Bytes([.. images.Train.Pixels.data<byte>()], 200, 6, 6)),
                    ("y_train.npy", NpyFiles.Labels([.. images.Train.Labels.data<long>()])),
                    ("x_test.npy", NpyFiles.Bytes([.. images.Test.Pixels.data<byte>()], 40, 6, 6)),
                    ("y_test.npy", NpyFiles.Labels([.. images.Test.Labels.data<long>()]))
                )
            );
        }

        _data = DatasetLoader.Load(_folder.File("rows.npz"), new DataFolder(_folder.File("data")));
    }

    public void Dispose()
    {
        _data.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Two_workers_give_the_bytes_of_one_process_and_a_run_that_diverges_stops_no_other()
    {
        RunRequest[] asked = [Request(1), Request(2), Request(3, rate: 1e30), Request(4)];
        var outcomes = Set("many", workers: 2).Run(asked);
        Assert.Equal(FailureKind.Training, outcomes[2].Failure!.Kind);
        Assert.StartsWith("Training diverged in epoch 1", outcomes[2].Failure!.Sentence, StringComparison.Ordinal);
        foreach (var outcome in outcomes.Where((_, i) => i != 2))
        {
            var alone = Flow.Run(outcome.Request.Experiment, Store("alone"), _ => _data.Data);
            Assert.Equal(Bytes(alone), Bytes(outcome.Run!));
        }

        Assert.Equal(2, Pids().Length);
        Assert.All(Pids(), IsGone);
    }

    [Fact]
    public void A_catalog_set_is_loaded_by_its_name()
    {
        var experiment = Request(1).Experiment with
        {
            Data = new DataSpec { Name = "shapes", Examples = 50 },
        };
        Assert.Equal(50, Assert.Single(Set("shapes").Run([new RunRequest(experiment)])).Run!.Summary.TrainCount);
    }

    [Fact]
    public void A_killed_worker_is_replaced_and_the_bits_are_the_same()
    {
        var request = Request(1, epochs: 1000);
        var killed = -1;
        var killer = new Thread(() => killed = Await(() => HasEpochs("killed", request)) ? Signal("KILL", Pids()[0]) : -1);
        killer.Start();
        var outcome = Assert.Single(Set("killed").Run([request]));
        killer.Join();
        Assert.Equal(0, killed);
        Assert.Equal(2, Pids().Length);
        var alone = Flow.Run(request.Experiment, Store("alone"), _ => _data.Data);
        Assert.Equal(Bytes(alone), Bytes(outcome.Run!));
    }

    [Fact]
    public void A_worker_is_deaf_to_an_interrupt_and_stops_in_the_middle_of_a_run_when_told()
    {
        var request = Request(1, epochs: 100_000);
        using var source = new CancellationTokenSource();
        var interrupted = Once(
            _ => HasEpochs("stopped", request),
            () =>
            {
                Assert.Equal(0, Signal("INT", Pids()[0]));
                Thread.Sleep(300);
                Assert.True(Directory.Exists($"/proc/{Pids()[0]}"));
                source.Cancel();
            }
        );
        Assert.Throws<OperationCanceledException>(() => Set("stopped").Run([request], interrupted, source.Token));
        Assert.Single(Pids());
        Assert.All(Pids(), IsGone);
    }

    [Fact]
    public void A_worker_does_not_outlive_a_parent_that_is_killed()
    {
        var request = Request(1, epochs: 100_000);
        var job = WorkerProtocol.Line(
            new WorkerJob
            {
                Experiment = request.Experiment,
                Runs = _folder.File("orphan"),
                Own = request.Own,
            }
        );
        File.WriteAllText(
            _folder.File("parent.sh"),
            """
            mkfifo jobs
            exec 4<>jobs                        # so that opening the two ends below does not wait
            "$1" worker <jobs >events 4>&- &
            echo $! >pids
            exec 3>jobs 4>&-
            printf '%s\n' "$2" >&3
            read -r forever
            """.ReplaceLineEndings("\n")
        );
        using var parent = Process.Start(
            new ProcessStartInfo("/bin/sh", ["parent.sh", Program, job])
            {
                WorkingDirectory = _folder.Path,
                UseShellExecute = false,
                RedirectStandardInput = true,
            }
        )!;
        Assert.True(Await(() => HasEpochs("orphan", request)), "The worker has not begun.");
        Assert.Equal(0, Signal("KILL", $"{parent.Id}"));
        Assert.True(Await(() => !Directory.Exists($"/proc/{Pids()[0]}")), "The worker goes on without its parent.");
    }

    [Fact]
    public void A_run_that_another_process_makes_is_left_to_it_and_taken_up_when_it_is_let_go()
    {
        var other = Store("busy").Open(Request(1).Experiment);
        var told = new List<string>();
        var outcomes = Set("busy")
            .Run(
                [Request(1), Request(2)],
                new Listener(
                    progress =>
                    {
                        if (progress.News is { } news)
                        {
                            told.Add($"{news.Number} {news.Retried ?? (news.Outcome is null ? "begins" : "ends")}");
                        }

                        return progress.Done == 1;
                    },
                    other.Dispose
                )
            );
        Assert.All(outcomes, outcome => Assert.NotNull(outcome.Run));
        Assert.Equal(
            ["1 begins", "1 Another process makes it; its result will be taken.", "2 begins", "2 ends"], // until it is let go
            told
        );
    }

    [Fact]
    public void Two_sets_on_one_folder_share_the_work_and_have_the_same_outcomes()
    {
        RunRequest[] asked = [.. Enumerable.Range(1, 6).Select(seed => Request(seed, epochs: 40))];
        var ends = new int[2];
        var outcomes = new IReadOnlyList<RunOutcome>[2];
        var sets = new[] { Set("shared"), Set("shared") };
        Thread[] shells =
        [
            .. Enumerable
                .Range(0, 2)
                .Select(i => new Thread(() =>
                    outcomes[i] = sets[i]
                        .Run(
                            asked,
                            new Listener(
                                progress =>
                                {
                                    ends[i] += progress.News is { Outcome: not null, IsElsewhere: false } ? 1 : 0;
                                    return false;
                                },
                                () => { }
                            )
                        )
                )),
        ];
        Array.ForEach(shells, shell => shell.Start());
        Array.ForEach(shells, shell => shell.Join());

        // Nothing was made twice. Both may tell of one run: it was ended elsewhere after the last look, and a worker found it finished.
        Assert.All(outcomes[0], outcome => Assert.Contains("\"sessions\": 1,", Manifest(outcome.Run!), StringComparison.Ordinal));
        Assert.InRange(ends.Sum(), asked.Length, 2 * asked.Length);
        Assert.Equal(outcomes[0].Select(o => Bytes(o.Run!)), outcomes[1].Select(o => Bytes(o.Run!)));
        Assert.False(Directory.Exists(Path.Combine(Store("shared").Root, ".claims")));
        var alone = Flow.Run(asked[3].Experiment, Store("alone"), _ => _data.Data);
        Assert.Equal(Bytes(alone), Bytes(outcomes[0][3].Run!));
    }

    [Fact]
    public void Own_data_that_has_changed_is_a_failure()
    {
        var request = Request(1);
        File.Copy(_folder.File("rows.npz"), _folder.File("kept.npz"));
        File.WriteAllBytes(
            _folder.File("rows.npz"),
            NpyFiles.Npz(
                false,
                ("x.npy", NpyFiles.Bytes(new byte[20 * 4], 20, 2, 2)),
                ("y.npy", NpyFiles.Labels([.. Enumerable.Range(0, 20).Select(i => i % 2L)]))
            )
        );
        Assert.Contains(
            "has changed while it was in use",
            Assert.Single(Set("changed").Run([request])).Failure!.Sentence,
            StringComparison.Ordinal
        );
    }

    private static string Program => Path.Combine(AppContext.BaseDirectory, "Rote.Cli");

    private RunRequest Request(int seed, int epochs = 3, double rate = 0.05) =>
        new(
            new Experiment
            {
                Data = _data.Spec,
                Network = new Mlp { Hidden = [8] },
                Recipe = new Recipe
                {
                    Epochs = epochs,
                    BatchSize = 50,
                    LearningRate = rate,
                    Precision = Precision.Float32,
                    EvaluateEvery = 1000,
                },
                Seed = seed,
                Threads = 1,
            },
            new UserDataSource(_folder.File("rows.npz"), new UserDataOptions())
        );

    private RunStore Store(string name) => new(_folder.File(name), TimeProvider.System);

    /// <summary>Workers write their process id before they become the command.</summary>
    private RunSet Set(string store, int workers = 1)
    {
        File.WriteAllText(_folder.File("start.sh"), "echo $$ >>pids; exec \"$1\" worker\n");
        return new RunSet(Store(store), () => new ProcessStartInfo("/bin/sh", ["start.sh", Program]) { WorkingDirectory = _folder.Path })
        {
            Workers = workers,
            Cores = 2,
        };
    }

    private string[] Pids() => File.ReadAllLines(_folder.File("pids"));

    private bool HasEpochs(string store, RunRequest request) =>
        new FileInfo(Path.Combine(Store(store).FolderOf(request.Experiment), "metrics.jsonl")) is { Exists: true, Length: > 1000 };

    private static void IsGone(string pid) => Assert.False(Directory.Exists($"/proc/{pid}"), $"Process {pid} is still there.");

    private static int Signal(string signal, string pid)
    {
        using var kill = Process.Start("/bin/sh", ["-c", $"kill -{signal} {pid}"]);
        kill.WaitForExit();
        return kill.ExitCode;
    }

    private static bool Await(Func<bool> condition)
    {
        var begun = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(begun).TotalSeconds > 15)
            {
                return false;
            }

            Thread.Sleep(10);
        }

        return true;
    }

    private static string Manifest(FinishedRun run) => File.ReadAllText(Path.Combine(run.Folder, "manifest.json"));

    private static (string Summary, string Weights) Bytes(FinishedRun run) =>
        (
            File.ReadAllText(Path.Combine(run.Folder, "summary.json")),
            Convert.ToHexString(File.ReadAllBytes(Path.Combine(run.Folder, "weights.safetensors")))
        );

    private static Listener Once(Func<RunSetProgress, bool> when, Action then) => new(when, then);

    private sealed class Listener(Func<RunSetProgress, bool> when, Action then) : IProgress<RunSetProgress>
    {
        private bool _isDone;

        public void Report(RunSetProgress value)
        {
            if (!_isDone && when(value))
            {
                _isDone = true;
                then();
            }
        }
    }
}
