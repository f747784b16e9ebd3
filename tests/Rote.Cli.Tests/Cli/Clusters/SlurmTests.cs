using System.Text.Json;
using Rote.Cli;
using Rote.Storage;
using Rote.Tests.Support;
using Rote.Workers;

namespace Rote.Tests.Cli.Clusters;

/// <summary><c>rote train --on slurm</c> with a Slurm of shell scripts; tests/cluster has a real one.</summary>
public sealed class SlurmTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public SlurmTests()
    {
        var rows = Enumerable.Range(0, 160).Select(i => $"{i % 4}.{i % 7},{i / 40}.{i % 3},{"abcd"[i % 4]}");
        File.WriteAllText(_folder.File("rows.csv"), "x,y,label\n" + string.Join('\n', rows) + "\n");
    }

    public void Dispose() => _folder.Dispose();

    private string[] Line(params string[] more) =>
        [
            "train",
            _folder.File("rows.csv"),
            "--network",
            "mlp-1x8",
            "--epochs",
            "5",
            "--seeds",
            "3",
            "--precision",
            "float32",
            "--runs",
            _folder.File("runs"),
            "--on",
            "slurm",
            .. more,
        ];

    private string Set => Assert.Single(Directory.GetDirectories(_folder.File("runs/.sets")));

    [Fact]
    public void A_set_is_submitted_watched_and_found_finished()
    {
        using var slurm = new FakeSlurm();
        var (code, output, error) = Command.Start(slurm.Path, Line("--memory", "2G", "--json"));
        Assert.True(code == ExitCode.Done, error);
        Assert.Equal(3, JsonDocument.Parse(output).RootElement.GetProperty("runs").GetArrayLength());
        Assert.Contains("Job 77: 3 runs by 3 workers.", error, StringComparison.Ordinal);
        Assert.Contains("#SBATCH --mem=2G\n", File.ReadAllText(Path.Combine(Set, "submit.sh")), StringComparison.Ordinal);
        Assert.Contains("3 runs, ", File.ReadAllText(Path.Combine(Set, "log", "77_1.out")), StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, Command.Start(slurm.Path, Line("--quiet")).Code);
        Assert.Single(slurm.Calls("sbatch"));
    }

    [Fact]
    public void The_same_command_attaches_and_another_cancels()
    {
        using var slurm = new FakeSlurm();
        var line = Line("--stop-at", "never");
        line[Array.IndexOf(line, "5")] = "100000";
        using var source = new CancellationTokenSource();
        var first = new Thread(() => Command.Start(slurm.Path, line));
        first.Start();
        Await(() =>
            Directory.Exists(_folder.File("runs/.claims")) && Directory.GetFileSystemEntries(_folder.File("runs/.claims")).Length > 0
        );
        var second = default((int Code, string Output, string Error));
        var attached = new Thread(() => second = Command.Start(slurm.Path, line));
        attached.Start();
        Await(() => slurm.Calls("squeue").Distinct().Count() == 2); // both commands ask after the job
        var (code, output, error) = Command.Start(slurm.Path, ["worker", "--set", Set, "--cancel"]);
        Assert.True(code == ExitCode.Done, error);
        Assert.Contains("Job 77 is cancelled", output, StringComparison.Ordinal);
        Assert.Equal(["77"], slurm.Calls("scancel"));
        attached.Join();
        first.Join();
        Assert.Single(slurm.Calls("sbatch"));
        Assert.Contains("Job 77: 1 running; submitted", second.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.MachineLacks, second.Code);
        Assert.False(Directory.Exists(_folder.File("runs/.claims")));
        Assert.DoesNotContain(slurm.Calls("scontrol"), call => call.StartsWith("requeue", StringComparison.Ordinal));
    }

    [Fact]
    public void Two_that_begin_at_once_submit_one_job()
    {
        // The task runs before sbatch answers, so the second command sees runs in work and no job yet.
        using var slurm = new FakeSlurm(seconds: 3);
        var results = new (int Code, string Output, string Error)[2];
        Thread[] commands = [.. results.Select((_, i) => new Thread(() => results[i] = Command.Start(slurm.Path, Line())))];
        Array.ForEach(commands, command => command.Start());
        Array.ForEach(commands, command => command.Join());
        Assert.All(results, result => Assert.True(result.Code == ExitCode.Done, result.Error));
        Assert.Single(slurm.Calls("sbatch"));
        Assert.Single(results, result => result.Output.Contains("Job 77: 3 runs by 3 workers.", StringComparison.Ordinal));
        Assert.False(Directory.Exists(_folder.File("runs/.sets/.claims")));
    }

    [Fact]
    public void When_time_is_up_the_claim_is_let_go_and_the_task_queued_again()
    {
        using var slurm = new FakeSlurm();
        var line = Line("--stop-at", "never");
        line[Array.IndexOf(line, "5")] = "100000";
        var watch = new Thread(() => Command.Start(slurm.Path, line));
        watch.Start();
        Await(() =>
            Directory.Exists(_folder.File("runs/.claims")) && Directory.GetFileSystemEntries(_folder.File("runs/.claims")).Length > 0
        );
        using (var kill = System.Diagnostics.Process.Start("/bin/sh", ["-c", $"kill -TERM {slurm.Process}"]))
        {
            kill.WaitForExit();
        }

        watch.Join();
        Assert.Contains("requeue 77_1", slurm.Calls("scontrol"));
        Assert.False(Directory.Exists(_folder.File("runs/.claims")));
        Assert.Contains("queued again", File.ReadAllText(Path.Combine(Set, "log", "77_1.out")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_refusal_is_shown_in_Slurms_own_words()
    {
        using var slurm = new FakeSlurm("echo 'sbatch: error: invalid partition specified: nope' >&2; exit 1");
        var (code, _, error) = Command.Start(slurm.Path, Line("--partition", "nope"));
        Assert.Equal(
            (ExitCode.WrongInput, "rote: sbatch refuses the job: sbatch: error: invalid partition specified: nope.\n"),
            (code, error)
        );
    }

    [Fact]
    public void Without_sbatch_that_is_said()
    {
        var (code, _, error) = Command.Start(("PATH", "/nowhere"), Line());
        Assert.Equal(ExitCode.MachineLacks, code);
        Assert.StartsWith("rote: There is no sbatch command on this machine; ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("OUT_OF_MEMORY", "log/77_1.out", "killed for want of memory: a worker had 2G")]
    [InlineData("FAILED", "log/77_1.out", "a worker's last line is \"so it ends\"")]
    [InlineData("FAILED", "/dev/null", "the folder of runs must lie on a file system that all nodes share")]
    public void A_job_that_ends_early_is_explained(string state, string log, string expected)
    {
        using var slurm = new FakeSlurm($"echo 'so it ends' >{log}; echo 77", state);
        var (code, output, _) = Command.Start(slurm.Path, Line("--memory", "2G"));
        Assert.Equal(ExitCode.MachineLacks, code);
        Assert.Contains(expected, output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dry_run_prints_the_script_and_writes_nothing()
    {
        var (code, output, _) = Command.Run(
            Line(
                "--dry-run",
                "--tasks",
                "2",
                "--at-once",
                "1",
                "--cpus",
                "4",
                "--time",
                "2-12",
                "--gres",
                "gpu:1",
                "--account",
                "a.b",
                "--partition",
                "p,q",
                "--slurm",
                "qos=long",
                "--slurm",
                "comment=two words",
                "--slurm",
                "exclusive",
                "--setup",
                "module load dotnet; date"
            )
        );
        Assert.Equal(ExitCode.Done, code);
        Assert.Contains("3 runs to make by 2 workers, 4 cores each", output, StringComparison.Ordinal);
        foreach (
            var line in (string[])
                [
                    "--array=1-2%1",
                    "--cpus-per-task=4",
                    "--time=2-12",
                    "--gres=gpu:1",
                    "--account=a.b",
                    "--partition=p,q",
                    "--qos=long",
                    "--comment=\"two words\"",
                    "--exclusive",
                    "--signal=B:TERM@120",
                ]
        )
        {
            Assert.Contains($"\n#SBATCH {line}\n", output, StringComparison.Ordinal);
        }

        Assert.Contains("\nmodule load dotnet; date\n", output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("runs")));
    }

    [Theory]
    [InlineData("--memory", "lots")]
    [InlineData("--memory", "-4G")]
    [InlineData("--memory", "")]
    [InlineData("--memory", "4G\n#SBATCH --uid=0")]
    [InlineData("--time", "soon")]
    [InlineData("--time", "1:2:3:4")]
    [InlineData("--time", "NaN")]
    [InlineData("--partition", "a b")]
    [InlineData("--partition", "a\nb")]
    [InlineData("--partition", "")]
    [InlineData("--account", "$(id)")]
    [InlineData("--gres", "gpu:1;id")]
    [InlineData("--slurm", "array=1-9")]
    [InlineData("--slurm", "--qos=long")]
    [InlineData("--slurm", "=long")]
    [InlineData("--slurm", "qos=a\nb")]
    [InlineData("--slurm", "qos=\"")]
    [InlineData("--setup", "a\nb")]
    [InlineData("--setup", "")]
    [InlineData("--tasks", "0")]
    [InlineData("--tasks", "1000000000")]
    [InlineData("--at-once", "-1")]
    [InlineData("--cpus", "0")]
    public void A_value_that_is_none_is_refused_in_one_sentence(string option, string value)
    {
        var (code, _, error) = Command.Run(Line(option, value, "--dry-run"));
        Assert.Equal(ExitCode.WrongInput, code);
        Assert.StartsWith($"rote: {option} is ", error, StringComparison.Ordinal);
        Assert.Equal(error.Length - 1, error.IndexOf('\n', StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--on is for many runs", "train", "shapes", "--on", "slurm")]
    [InlineData("--partition is for runs on a cluster", "train", "shapes", "--seeds", "2", "--partition", "p")]
    [InlineData("did you mean slurm", "train", "shapes", "--seeds", "2", "--on", "slum")]
    [InlineData("--partition is an option of --on slurm", "train", "shapes", "--seeds", "2", "--on", "kubernetes", "--partition", "p")]
    [InlineData("--cancel, --workers and --device are about a set", "worker", "--cancel")]
    [InlineData("--cancel, --workers and --device are about a set", "worker", "--device", "cuda")]
    [InlineData("is no set of runs", "worker", "--set", "/nowhere")]
    [InlineData("all nodes share", "worker", "--set", "/nowhere", "--probe", "x")]
    public void What_makes_no_sense_is_refused(string expected, params string[] line)
    {
        var (code, _, error) = Command.Run(line);
        Assert.NotEqual(ExitCode.Done, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_worker_of_a_set_makes_what_is_left_and_a_busy_run_has_its_own_exit_code()
    {
        Assert.Equal(ExitCode.Done, Command.Run([.. Line()[..^1], "kubernetes", "--quiet"]).Code);
        var (code, output, error) = Command.Start("worker", "--set", Set, "--workers", "1");
        Assert.True(code == ExitCode.Done, error);
        Assert.Contains("[3/3]", output, StringComparison.Ordinal);
        var plan = RunSetFolder.Open(Set).Read();
        var store = new RunStore(_folder.File("busy"), TimeProvider.System);
        using var held = store.Open(plan.Runs[0].Experiment);
        string[] one =
        [
            "train",
            _folder.File("rows.csv"),
            "--network",
            "mlp-1x8",
            "--epochs",
            "5",
            "--precision",
            "float32",
            "--threads",
            "1",
        ];
        Assert.Equal(ExitCode.Busy, Command.Run([.. one, "--runs", store.Root]).Code);
    }

    [Fact]
    public void A_pod_is_told_where_data_is_kept_and_not_where_this_machine_has_dotnet()
    {
        string[] line = [.. Line()[..^1], "kubernetes", "--dry-run"];
        var (code, output, _) = Command.Start(("ROTE_DATA", "/shared/the \"data\""), line);
        Assert.Equal(ExitCode.Done, code);
        Assert.Contains(
            "            - name: ROTE_DATA\n              value: \"/shared/the \\\"data\\\"\"\n",
            output,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("DOTNET_ROOT", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("90", 5400)]
    [InlineData("1:30", 90)]
    [InlineData("1:00:00", 3600)]
    [InlineData("2-12", 216000)]
    [InlineData("1-0:30", 88200)]
    [InlineData("1-1:1:1", 90061)]
    [InlineData(null, null)]
    public void Slurms_times_become_seconds(string? time, int? seconds) =>
        Assert.Equal(seconds, global::Rote.Cli.Clusters.KubernetesJob.Seconds(time));

    private static void Await(Func<bool> condition)
    {
        for (var i = 0; i < 6000 && !condition(); i++)
        {
            Thread.Sleep(10);
        }

        Assert.True(condition());
    }
}
