using Rote.Tests.Support;

namespace Rote.Tests.Cli.Clusters;

/// <summary>A folder of shell scripts named as Slurm's commands: a queue of one task, which is a process of this machine.</summary>
internal sealed class FakeSlurm : IDisposable
{
    private readonly TempFolder _folder = new();

    /// <param name="submit">What sbatch does; by default it starts the script as task 1 of job 77 in the background.</param>
    /// <param name="ends">The state that scontrol shows of a job that is over.</param>
    /// <param name="seconds">How long sbatch takes to answer after the task was started.</param>
    public FakeSlurm(string? submit = null, string ends = "COMPLETED", int seconds = 0)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Fake commands are shell scripts.");
        Script(
            "sbatch",
            submit
                ?? $"""
                echo sbatch >>"$0.calls"
                export SLURM_JOB_ID=77 SLURM_ARRAY_JOB_ID=77 SLURM_ARRAY_TASK_ID=1 SLURM_ARRAY_TASK_COUNT=1
                setsid sh submit.sh >log/77_1.out 2>&1 </dev/null &
                echo $! >"$0.pid"
                sleep {seconds}
                echo 'a site may say something first'
                echo '77;somewhere'
                """
        );
        Script(
            "squeue",
            """
            echo $PPID >>"$0.calls"
            if [ -e "$(dirname "$0")/sbatch.pid" ] && kill -0 "$(cat "$(dirname "$0")/sbatch.pid")" 2>/dev/null
            then echo 'RUNNING|None'; exit 0; fi
            echo 'slurm_load_jobs error: Invalid job id specified' >&2
            exit 1
            """
        );
        Script("scancel", """echo "$*" >>"$0.calls"; kill "$(cat "$(dirname "$0")/sbatch.pid")" """);
        Script("scontrol", $"echo \"$*\" >>\"$0.calls\"; echo 'JobId=77 JobState={ends} Reason=None'");
    }

    /// <summary>The environment in which these commands come first.</summary>
    public (string Name, string Value) Path => ("PATH", $"{_folder.Path}:{Environment.GetEnvironmentVariable("PATH")}");

    public int Process => int.Parse(File.ReadAllText(_folder.File("sbatch.pid")), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>What a command was called with, a line each.</summary>
    public string[] Calls(string command) =>
        File.Exists(_folder.File($"{command}.calls")) ? File.ReadAllLines(_folder.File($"{command}.calls")) : [];

    public void Dispose() => _folder.Dispose();

    private void Script(string name, string body)
    {
        var path = _folder.File(name);
        File.WriteAllText(path, $"#!/bin/sh\n{body}\n".ReplaceLineEndings("\n"));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
