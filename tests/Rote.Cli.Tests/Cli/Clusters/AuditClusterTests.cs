using System.Text.Json;
using Rote.Cli;
using Rote.Cli.Displays;
using Rote.Tests.Support;

namespace Rote.Tests.Cli.Clusters;

/// <summary><c>rote audit --on slurm</c> with a Slurm of shell scripts; tests/cluster has a real one.</summary>
public sealed class AuditClusterTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public AuditClusterTests()
    {
        var rows = Enumerable.Range(0, 160).Select(i => $"{i % 4}.{i % 7},{i / 40}.{i % 3},{"abcd"[i % 4]}");
        File.WriteAllText(_folder.File("rows.csv"), "x,y,label\n" + string.Join('\n', rows) + "\n");
    }

    public void Dispose() => _folder.Dispose();

    private string Audits => _folder.File("audits");

    private string Job => Path.Combine(Assert.Single(Directory.GetDirectories(Audits)), "job");

    private string[] Line(params string[] more) =>
        ["audit", _folder.File("rows.csv"), "--members", "3", "--epochs", "2", "--precision", "float32", "--audits", Audits, .. more];

    [Fact]
    public void Networks_are_trained_by_a_job_and_judged_here_with_the_bits_of_one_machine()
    {
        using var slurm = new FakeSlurm();
        string[] output = ["--output", _folder.File("out"), "--json"];
        var (code, document, error) = Command.Start(slurm.Path, Line(["--on", "slurm", "--memory", "2G", .. output]));
        Assert.True(code == ExitCode.Done, error);
        Assert.Equal(3, JsonDocument.Parse(document).RootElement.GetProperty("summary").GetProperty("members").GetInt32());
        Assert.Contains("Job 77: 3 networks by 3 workers.", error, StringComparison.Ordinal);
        Assert.Contains("3 of 3 networks are trained.", error, StringComparison.Ordinal);
        Assert.Contains("#SBATCH --mem=2G\n", File.ReadAllText(Path.Combine(Job, "submit.sh")), StringComparison.Ordinal);
        Assert.Contains("All 3 networks are finished", File.ReadAllText(Path.Combine(Job, "log", "77_1.out")), StringComparison.Ordinal);

        // Once more: nothing is submitted, the same is judged.
        Assert.Equal(ExitCode.Done, Command.Start(slurm.Path, Line("--on", "slurm", "--quiet")).Code);
        Assert.Single(slurm.Calls("sbatch"));

        string[] alone = [.. Line()[..^1], _folder.File("alone"), "--budget", "none", "--output", _folder.File("out-alone")];
        Assert.Equal(ExitCode.Done, Command.Run(alone).Code);
        foreach (var file in new[] { "examples.csv", "suspects.csv", "summary.json" })
        {
            Assert.Equal(File.ReadAllText(_folder.File($"out-alone/{file}")), File.ReadAllText(_folder.File($"out/{file}")));
        }
    }

    [Fact]
    public void A_job_is_cancelled_by_its_folder_and_is_not_queued_again()
    {
        using var slurm = new FakeSlurm();
        var line = Line("--on", "slurm");
        line[Array.IndexOf(line, "2")] = "100000";
        var result = default((int Code, string Output, string Error));
        var watch = new Thread(() => result = Command.Start(slurm.Path, line)) { IsBackground = true };
        watch.Start();
        Await(() => Directory.Exists(Audits) && Directory.GetFiles(Audits, "*.json", SearchOption.AllDirectories).Any(IsClaim));
        var (code, output, error) = Command.Start(slurm.Path, ["worker", "--set", Job, "--cancel"]);
        Assert.True(code == ExitCode.Done, error);
        Assert.Contains("Job 77 is cancelled", output, StringComparison.Ordinal);
        Assert.Equal(["77"], slurm.Calls("scancel"));
        watch.Join();
        Assert.Equal(ExitCode.MachineLacks, result.Code);
        Assert.Contains("0 of 3 networks are trained. Job 77 is over", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(slurm.Calls("scontrol"), call => call.StartsWith("requeue", StringComparison.Ordinal));
    }

    [Fact]
    public void When_time_is_up_the_task_is_queued_again()
    {
        using var slurm = new FakeSlurm();
        var line = Line("--on", "slurm");
        line[Array.IndexOf(line, "2")] = "100000";
        var watch = new Thread(() => Command.Start(slurm.Path, line)) { IsBackground = true };
        watch.Start();
        Await(() => Directory.Exists(Audits) && Directory.GetFiles(Audits, "*.json", SearchOption.AllDirectories).Any(IsClaim));
        Programs.Run("/bin/kill", "-TERM", $"{slurm.Process}");
        watch.Join();
        Assert.Contains("requeue 77_1", slurm.Calls("scontrol"));
        Assert.DoesNotContain(Directory.GetFiles(Audits, "*.json", SearchOption.AllDirectories), IsClaim);
    }

    [Fact]
    public void A_dry_run_prints_the_script_and_writes_nothing()
    {
        var (code, output, _) = Command.Run(
            Line("--on", "slurm", "--dry-run", "--tasks", "2", "--cpus", "4", "--output", "there", "--sarif", "s.sarif", "--seed", "5")
        );
        Assert.Equal(ExitCode.Done, code);
        Assert.Contains("3 networks to make by 2 workers, 4 cores each", output, StringComparison.Ordinal);
        Assert.Contains("\n#SBATCH --array=1-2\n", output, StringComparison.Ordinal);
        var last = output.Split('\n').Single(text => text.StartsWith("exec ", StringComparison.Ordinal));
        Assert.EndsWith(
            $" audit {_folder.File("rows.csv")} --epochs 2 --seed 5 --train-only --members 3 --budget none --precision float32 "
                + $"--audits {Audits} --probe PROBE",
            last,
            StringComparison.Ordinal
        );
        Assert.Contains($"\ncd {Directory.GetCurrentDirectory()} || exit 2\n", output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Audits));
    }

    [Theory]
    [InlineData("slurm", " --device cuda --precision float32 ")]
    [InlineData("kubernetes", "\n              nvidia.com/gpu: \"1\"\n")]
    public void A_GPU_is_asked_for_by_the_workers(string system, string expected)
    {
        var (code, output, _) = Command.Run(Line("--on", system, "--dry-run", "--device", "cuda"));
        Assert.Equal(ExitCode.Done, code);
        Assert.Contains(expected, output, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_for_kubectl_are_printed_and_the_same_command_judges()
    {
        var (code, output, _) = Command.Run(Line("--on", "kubernetes"));
        Assert.Equal(ExitCode.Done, code);
        Assert.Contains("the same command without --on judges.", output, StringComparison.Ordinal);
        var command = output.Split('\n').Single(line => line.Contains("command: [", StringComparison.Ordinal));
        var words = JsonSerializer.Deserialize<string[]>(command.Split("command:")[1])!;
        Directory.CreateDirectory(_folder.File("bin"));
        File.CreateSymbolicLink(_folder.File("bin/rote"), Path.Combine(AppContext.BaseDirectory, "Rote.Cli"));
        Programs.Run("/usr/bin/env", [$"PATH={_folder.File("bin")}:/usr/bin:/bin", .. words]);
        var (judged, all, _) = Command.Run(Line());
        Assert.Equal(ExitCode.Done, judged);
        Assert.DoesNotContain("examples/s", all, StringComparison.Ordinal); // nothing was left to train
    }

    [Theory]
    [InlineData("OUT_OF_MEMORY", "log/77_1.out", "killed for want of memory: a worker had 2G")]
    [InlineData("FAILED", "log/77_1.out", "networks are missing; a worker's last line is \"so it ends\"")]
    [InlineData("FAILED", "/dev/null", "the folder of audits must lie on a file system that all nodes share (--audits)")]
    public void A_job_that_ends_early_is_explained(string state, string log, string expected)
    {
        using var slurm = new FakeSlurm($"echo 'so it ends' >{log}; echo 77", state);
        var (code, _, error) = Command.Start(slurm.Path, Line("--on", "slurm", "--memory", "2G"));
        Assert.Equal(ExitCode.MachineLacks, code);
        Assert.Contains($"rote: 0 of 3 networks are trained. Job 77 ", error, StringComparison.Ordinal);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_worker_that_sees_another_folder_says_so()
    {
        var (code, _, error) = Command.Run(Line("--train-only", "--probe", "0123"));
        Assert.Equal(ExitCode.MachineLacks, code);
        Assert.Contains("must lie on a file system that all nodes share (--audits).", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--budget is for one machine", "--on", "slurm", "--budget", "5m")]
    [InlineData("--tasks is for networks on a cluster", "--tasks", "5")]
    [InlineData("1 cores a worker are asked for, and a network computes with 2 threads", "--on", "slurm", "--threads", "2", "--cpus", "1")]
    public void What_makes_no_sense_is_refused(string expected, params string[] more)
    {
        var (code, _, error) = Command.Run(Line([.. more, .. more.Contains("slurm") ? new[] { "--dry-run" } : []]));
        Assert.Equal(ExitCode.WrongInput, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_audits_job_has_no_runs()
    {
        Assert.Equal(ExitCode.Done, Command.Run(Line("--on", "kubernetes", "--quiet")).Code);
        var (code, _, error) = Command.Run("worker", "--set", Job);
        Assert.Equal(ExitCode.WrongInput, code);
        Assert.Contains("here it can be given with --cancel.", error, StringComparison.Ordinal);
        Assert.Contains("workers stop", Command.Run("worker", "--set", Job, "--cancel").Output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(Job, "stop")));
    }

    [Theory]
    [InlineData(0, 0, 0, "0 of 40 networks are trained.")]
    [InlineData(1, 1, 60, "1 of 40 networks is trained, about 39 min left.")]
    [InlineData(30, 20, 600, "30 of 40 networks are trained, about 5 min left.")]
    [InlineData(40, 20, 600, "40 of 40 networks are trained.")]
    public void What_is_left_is_told(int finished, int since, int seconds, string expected) =>
        Assert.Equal(expected, NetworkDisplay.Line(finished, since, 40, TimeSpan.FromSeconds(seconds)));

    private static bool IsClaim(string path) => path.Contains("/.claims/member-", StringComparison.Ordinal);

    private static void Await(Func<bool> condition)
    {
        for (var i = 0; i < 6000 && !condition(); i++)
        {
            Thread.Sleep(10);
        }

        Assert.True(condition());
    }
}
