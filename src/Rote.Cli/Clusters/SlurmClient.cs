using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Rote.Cli.Clusters;

/// <summary>What Slurm's own commands say.</summary>
internal static class SlurmClient
{
    /// <summary>A controller that does not answer must not hold up who only looks.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Submits a script.</summary>
    /// <param name="folder">Where it lies and the job is to start.</param>
    /// <returns>The job's number.</returns>
    /// <exception cref="MachineException">There is no sbatch, or it says nothing that can be understood.</exception>
    /// <exception cref="InputException">The job is refused; the message has Slurm's own words.</exception>
    public static string Submit(string folder)
    {
        var answer =
            Execute(["sbatch", "--parsable", SlurmScript.File], folder)
            ?? throw new MachineException(
                "There is no sbatch command on this machine; submit from where Slurm is, as a login node, or look at the script with "
                    + "--dry-run."
            );
        if (answer.Code != 0)
        {
            throw new InputException($"sbatch refuses the job: {Words(answer.Error)}.");
        }

        // "4711" or "4711;cluster", below whatever a site's plug-ins say.
        var number = answer.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault()?.Split(';')[0].Trim();
        return long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out _)
            ? number
            : throw new MachineException($"sbatch said '{Words(answer.Output)}', expected the number of a job.");
    }

    /// <summary>Where the tasks of a job stand.</summary>
    /// <param name="job">Its number.</param>
    /// <returns>Null where that cannot be known now; no task: none is left.</returns>
    public static IReadOnlyList<(string State, string Reason)>? Tasks(string job)
    {
        var answer = Execute(["squeue", "--noheader", "--array", $"--jobs={job}", "--format=%T|%r"], null);
        return answer switch
        {
            { Code: 0 } =>
            [
                .. answer
                    .Value.Output.Split('\n')
                    .Select(line => line.Trim().Split('|', 2))
                    .Where(p => p.Length == 2)
                    .Select(p => (p[0], p[1])),
            ],
            { } no when no.Error.Contains("Invalid job id", StringComparison.OrdinalIgnoreCase) => [],
            _ => null,
        };
    }

    /// <summary>How the tasks of a job that is over have ended, as far as Slurm still knows.</summary>
    /// <returns>States, as "OUT_OF_MEMORY", each once.</returns>
    public static IReadOnlyList<string> Ends(string job) =>
        Execute(["scontrol", "show", "job", job, "--oneliner"], null) is { Code: 0 } answer
            ?
            [
                .. answer
                    .Output.Split((char[]?)null)
                    .Where(word => word.StartsWith("JobState=", StringComparison.Ordinal))
                    .Select(word => word["JobState=".Length..])
                    .Distinct(),
            ]
            : [];

    /// <summary>Cancels a job.</summary>
    /// <exception cref="MachineException">There is no scancel, or it fails.</exception>
    public static void Cancel(string job)
    {
        var answer = Execute(["scancel", job], null) ?? throw new MachineException("There is no scancel command on this machine.");
        if (answer.Code != 0)
        {
            throw new MachineException($"scancel fails: {Words(answer.Error)}.");
        }
    }

    /// <summary>Puts this task back into the queue.</summary>
    /// <returns>What went wrong; null if nothing did.</returns>
    public static string? Requeue(string task)
    {
        var answer = Execute(["scontrol", "requeue", task], null);
        return answer is null ? "there is no scontrol command"
            : answer.Value.Code == 0 ? null
            : Words(answer.Value.Error);
    }

    private static (int Code, string Output, string Error)? Execute(string[] words, string? folder)
    {
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo(words[0], words[1..])
                {
                    UseShellExecute = false,
                    RedirectStandardInput = true,
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                    WorkingDirectory = folder ?? "",
                }
            )!;
            process.StandardInput.Close();
            var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            if (!process.WaitForExit(Patience))
            {
                process.Kill(entireProcessTree: true);
                return (-1, "", $"no answer within {Patience.TotalSeconds:F0} seconds");
            }

            return (process.ExitCode, output.Result, error.Result);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    /// <summary>What a command says, on one line.</summary>
    private static string Words(string text)
    {
        var line = string.Join(' ', text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).TrimEnd('.');
        return line.Length == 0 ? "it gives no reason" : Shortened.Beginning(line, 400);
    }
}
