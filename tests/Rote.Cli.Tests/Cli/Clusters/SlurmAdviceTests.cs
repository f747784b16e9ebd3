using System.Diagnostics;
using System.Text.Json;
using Rote.Cli;
using Rote.Storage;
using Rote.Tests.Support;

namespace Rote.Tests.Cli.Clusters;

/// <summary>What the commands about clusters recommend is done, with a Slurm of shell scripts.</summary>
public sealed class SlurmAdviceTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public SlurmAdviceTests()
    {
        var rows = Enumerable.Range(0, 160).Select(i => $"{i % 4}.{i % 7},{i / 40}.{i % 3},{"abcd"[i % 4]}");
        File.WriteAllText(_folder.File("rows.csv"), "x,y,label\n" + string.Join('\n', rows) + "\n");
    }

    private string Runs => _folder.File("runs");

    private string Set => Assert.Single(Directory.GetDirectories(_folder.File("runs/.sets")), path => Path.GetFileName(path)[0] != '.');

    private int Finished => new RunStore(Runs, TimeProvider.System).All().Count(run => run.State == RunState.Finished);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void More_memory_makes_the_runs()
    {
        using (var small = new FakeSlurm("echo killed >log/77_1.out; echo 77", "OUT_OF_MEMORY"))
        {
            var (code, output, _) = Command.Start(small.Path, Line("5", "--memory", "2G"));
            Assert.Equal(ExitCode.MachineLacks, code);
            Assert.Contains("a worker had 2G; ask for more with --memory, and the same command goes on", output, StringComparison.Ordinal);
        }

        using var slurm = new FakeSlurm();
        Done(Command.Start(slurm.Path, Line("5", "--memory", "4G")));
        Assert.Contains("#SBATCH --mem=4G\n", File.ReadAllText(Path.Combine(Set, "submit.sh")), StringComparison.Ordinal);
        Assert.Equal(3, Finished);
    }

    [Fact]
    public void Without_Slurm_the_script_is_shown_and_where_Slurm_is_it_is_submitted()
    {
        var (code, _, error) = Command.Start(("PATH", "/nowhere"), Line("5"));
        Assert.Equal(ExitCode.MachineLacks, code);
        Assert.Contains(
            "; submit from where Slurm is, as a login node, or look at the script with --dry-run.",
            error,
            StringComparison.Ordinal
        );

        var script = Done(Command.Start(("PATH", "/nowhere"), Line("5", "--dry-run")));
        Assert.Contains("\n#SBATCH --array=1-3\n", script, StringComparison.Ordinal);

        using var slurm = new FakeSlurm();
        Done(Command.Start(slurm.Path, Line("5")));
        Assert.Equal(3, Finished);
    }

    [Fact]
    public void The_script_is_submitted_from_its_folder()
    {
        using (var closed = new FakeSlurm("echo 'sbatch: error: closed' >&2; exit 1"))
        {
            Assert.Equal(ExitCode.WrongInput, Command.Start(closed.Path, Line("5")).Code);
        }

        var script = File.ReadAllText(Path.Combine(Set, "submit.sh"));
        Assert.Contains("; submit it from the folder it lies in.\n", script, StringComparison.Ordinal);
        using var slurm = new FakeSlurm();
        Programs.Run("/bin/sh", "-c", $"cd '{Set}' && PATH='{slurm.Path.Value}' sbatch --parsable submit.sh");
        Await(() => Finished == 3);
        Await(() => !Directory.Exists($"/proc/{slurm.Process}")); // it still writes for a moment, and its folder is removed next
    }

    [Fact]
    public async Task Whoever_stopped_looking_looks_again_with_the_line_that_is_printed()
    {
        using var slurm = new FakeSlurm(
            """
            echo sbatch >>"$0.calls"
            (sleep 8; exec sh submit.sh >log/77_1.out 2>&1) </dev/null >/dev/null 2>&1 &
            echo $! >"$0.pid"
            echo 77
            """
        );
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Rote.Cli"), Line("5"))
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { [slurm.Path.Name] = slurm.Path.Value },
        };
        using var first = Process.Start(start)!;
        var output = first.StandardOutput.ReadToEndAsync();
        var error = first.StandardError.ReadToEndAsync();
        Await(() => slurm.Calls("sbatch").Length > 0 && File.Exists(Path.Combine(Set, "job.json")));
        using var kill = Process.Start("/bin/kill", ["-INT", $"{first.Id}"]);
        var all = await output + await error;
        Assert.Contains("Detached; what is submitted goes on. Look again with: rote ", all, StringComparison.Ordinal);
        var again = all.Split("Look again with: rote ")[1].Split('\n')[0].Trim();

        Done(Command.Start(slurm.Path, again.Split(' ')));
        Assert.Single(slurm.Calls("sbatch"));
        Assert.Equal(3, Finished);
    }

    [Fact]
    public void A_task_whose_time_is_up_too_often_goes_on_with_more_time()
    {
        using (var slurm = new FakeSlurm(Submit("export SLURM_RESTART_COUNT=100")))
        {
            var watch = new Thread(() => Command.Start(slurm.Path, Line("100000", "--stop-at", "never"))) { IsBackground = true };
            watch.Start();
            Await(IsClaimed);
            Programs.Run("/bin/kill", "-TERM", $"{slurm.Process}");
            watch.Join();
            Assert.Contains(
                "Time is up, and this task was queued again 100 times before; ask for more time.",
                File.ReadAllText(Path.Combine(Set, "log", "77_1.out")),
                StringComparison.Ordinal
            );
            Assert.DoesNotContain(slurm.Calls("scontrol"), call => call.StartsWith("requeue", StringComparison.Ordinal));
        }

        using var longer = new FakeSlurm();
        var second = new Thread(() => Command.Start(longer.Path, Line("100000", "--stop-at", "never", "--time", "2-12")))
        {
            IsBackground = true,
        };
        second.Start();
        Await(IsClaimed);
        Assert.Contains("#SBATCH --time=2-12\n", File.ReadAllText(Path.Combine(Set, "submit.sh")), StringComparison.Ordinal);
        Done(Command.Start(longer.Path, ["worker", "--set", Set, "--cancel"]));
        second.Join();
    }

    [Fact]
    public void The_lines_for_kubectl_start_workers_and_a_set_is_named_to_cancel_it()
    {
        var output = Done(Command.Run([.. Line("5")[..^1], "kubernetes"]));
        Assert.Contains("; give the lines above to 'kubectl apply -f -'.", output, StringComparison.Ordinal);
        var (code, _, error) = Command.Run("worker", "--cancel");
        Assert.Equal(ExitCode.WrongInput, code);
        Assert.Contains(": say which with --set.", error, StringComparison.Ordinal);
        Assert.Contains("workers stop within", Done(Command.Run("worker", "--set", Set, "--cancel")), StringComparison.Ordinal);

        // What the container would be started with, where a program called rote is on the path.
        var again = Done(Command.Run([.. Line("5")[..^1], "kubernetes"]));
        var command = again.Split('\n').Single(line => line.Contains("command: [", StringComparison.Ordinal));
        var words = JsonSerializer.Deserialize<string[]>(command.Split("command:")[1])!;
        Directory.CreateDirectory(_folder.File("bin"));
        File.CreateSymbolicLink(_folder.File("bin/rote"), Path.Combine(AppContext.BaseDirectory, "Rote.Cli"));
        Programs.Run("/usr/bin/env", [$"PATH={_folder.File("bin")}:/usr/bin:/bin", .. words]);
        Assert.Equal(3, Finished);
    }

    private static string Submit(string before) =>
        $"""
            echo sbatch >>"$0.calls"
            export SLURM_JOB_ID=77 SLURM_ARRAY_JOB_ID=77 SLURM_ARRAY_TASK_ID=1 SLURM_ARRAY_TASK_COUNT=1
            {before}
            setsid sh submit.sh >log/77_1.out 2>&1 </dev/null &
            echo $! >"$0.pid"
            echo 77
            """;

    private static string Done((int Code, string Output, string Error) result)
    {
        Assert.True(result.Code == ExitCode.Done, result.Error + result.Output);
        return result.Output;
    }

    private string[] Line(string epochs, params string[] more) =>
        [
            .. "train @ --network mlp-1x8 --seeds 3 --precision float32"
                .Replace("@", _folder.File("rows.csv"), StringComparison.Ordinal)
                .Split(' '),
            .. more,
            "--epochs",
            epochs,
            "--runs",
            Runs,
            "--on",
            "slurm",
        ];

    private bool IsClaimed() =>
        Directory.Exists(_folder.File("runs/.claims")) && Directory.GetFileSystemEntries(_folder.File("runs/.claims")).Length > 0;

    private static void Await(Func<bool> condition)
    {
        for (var i = 0; i < 6000 && !condition(); i++)
        {
            Thread.Sleep(10);
        }

        Assert.True(condition());
    }
}
