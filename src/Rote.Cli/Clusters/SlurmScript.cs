using System.Text;

namespace Rote.Cli.Clusters;

/// <summary>A job as the script that sbatch takes.</summary>
internal static class SlurmScript
{
    /// <summary>Where the script lies in the job's folder; it is submitted from there.</summary>
    public const string File = "submit.sh";

    /// <summary>Seconds between Slurm's word that time is up and the end of it.</summary>
    private const int Notice = 120;

    /// <summary>The script, from its first line to its last.</summary>
    /// <remarks>exec, so that Slurm's signal reaches the worker and not a shell. Append, because a task that is queued again has the same
    /// log.</remarks>
    public static string Of(ClusterJob job)
    {
        var request = job.Request;
        var text = new StringBuilder();
        Line("#!/bin/bash");
        Line($"# {Wording.Count(job.Pieces, job.Kind.Piece)}, {Wording.Count(job.Tasks, "worker")}; submit it from the folder it lies in.");
        Option("job-name", job.Name);
        Option("array", $"1-{job.Tasks}{(request.AtOnce is { } most ? $"%{most}" : "")}");
        Option("output", "log/%A_%a.out");
        Option("open-mode", "append");
        Option("signal", $"B:TERM@{Notice}");
        Line("#SBATCH --requeue");
        Option("cpus-per-task", $"{job.Cores}");
        Option("mem", request.Memory);
        Option("time", request.Time);
        Option("partition", request.Partition);
        Option("account", request.Account);
        Option("gres", request.Resources);
        foreach (var (key, value) in request.Others)
        {
            Line(
                value.Length == 0
                    ? $"#SBATCH --{key}"
                    : $"#SBATCH --{key}={(value.Contains(' ', StringComparison.Ordinal) ? $"\"{value}\"" : value)}"
            );
        }

        foreach (var line in request.Setup)
        {
            Line(line);
        }

        foreach (var (name, value) in ClusterJob.Variables())
        {
            Line($"export {name}={CommandLine.Quote(value)}");
        }

        if (job.StartsIn is { } start)
        {
            Line($"cd {CommandLine.Quote(start)} || exit {ExitCode.WrongInput}");
        }

        Line($"exec {string.Join(' ', job.Words().Select(CommandLine.Quote))}");
        return text.ToString();

        void Line(string line) => text.Append(line).Append('\n');

        void Option(string name, string? value)
        {
            if (value is not null)
            {
                Line($"#SBATCH --{name}={value}");
            }
        }
    }
}
