using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Rote.Cli.Clusters;

/// <summary>A job as the YAML of a Kubernetes Indexed Job over a volume that all pods share. Never run on a cluster:
/// docs/guide/cluster.md.</summary>
internal static class KubernetesJob
{
    private const string Runtime = "DOTNET_ROOT"; // the image has its own

    /// <summary>The job, to be given to 'kubectl apply -f -'.</summary>
    /// <param name="job">The job.</param>
    /// <param name="shared">The folder of runs or audits, which is to be mounted at the same path.</param>
    public static string Of(ClusterJob job, string shared)
    {
        var request = job.Request;
        string[] words = [.. job.Words("rote").Select(CommandLine.Quote)];
        string[] start = job.StartsIn is { } folder ? [$"cd {CommandLine.Quote(folder)}"] : [];
        var line = string.Join("; ", [.. request.Setup, .. start, $"exec {string.Join(' ', words)}"]);
        var text = new StringBuilder();
        Line(
            $"""
            # Untried. Fill in the image (docs/guide/cluster.md has a Containerfile) and the claim of a volume
            # that all nodes may write (ReadWriteMany).
            apiVersion: batch/v1
            kind: Job
            metadata:
              name: {job.Name}
            spec:
              completionMode: Indexed
              completions: {job.Tasks}
              parallelism: {Math.Min(job.Tasks, request.AtOnce ?? job.Tasks)}
              backoffLimit: {Math.Max(6, 3 * job.Tasks)}
            """
        );
        Line(
            """
              template:
                spec:
            """
        );
        if (Seconds(request.Time) is { } seconds)
        {
            Line($"      activeDeadlineSeconds: {seconds}"); // of a pod; in the spec above it would end the whole job
        }

        Line(
            $"""
                  restartPolicy: OnFailure
                  terminationGracePeriodSeconds: 120
                  containers:
                    - name: worker
                      image: REGISTRY/rote:TAG
                      command: ["/bin/sh", "-c", {Text(line)}]
                      env:
                        - name: ROTE_TASKS
                          value: "{job.Tasks}"
            """
        );
        foreach (var (name, value) in ClusterJob.Variables().Where(variable => variable.Name != Runtime))
        {
            Line(
                $"""
                            - name: {name}
                              value: {Text(value)}
                """
            );
        }

        Line(Place(job, shared));
        return text.ToString();

        void Line(string lines) => text.Append(lines.ReplaceLineEndings("\n")).Append('\n');
    }

    /// <summary>What a pod may use, and where its folder comes from.</summary>
    private static string Place(ClusterJob job, string shared)
    {
        var memory = Memory(job.Request.Memory);
        var gpu = job.IsForGpu ? "\n              nvidia.com/gpu: \"1\"" : "";
        return $"""
                      resources:
                        requests:
                          cpu: "{job.Cores}"{memory}
                        limits:
                          cpu: "{job.Cores}"{memory}{gpu}
                      volumeMounts:
                        - name: runs
                          mountPath: {Text(shared)}
                  volumes:
                    - name: runs
                      persistentVolumeClaim:
                        claimName: CLAIM
            """;
    }

    /// <summary>JSON's texts are YAML's.</summary>
    private static string Text(string value) => JsonSerializer.Serialize(value, RoteJson.LineOptions);

    /// <summary>Slurm's units are powers of 1024 too, and megabytes where none is said.</summary>
    private static string Memory(string? size) =>
        size is null ? "" : $"\n              memory: {size}{(char.IsAsciiDigit(size[^1]) ? "M" : "")}i";

    /// <summary>A time limit in Slurm's form: minutes, minutes:seconds, hours:minutes:seconds, days-hours,
    /// days-hours:minutes[:seconds].</summary>
    internal static long? Seconds(string? time)
    {
        if (time is null)
        {
            return null;
        }

        var days = time.Split('-');
        var parts = days[^1].Split(':').Select(part => long.Parse(part, CultureInfo.InvariantCulture)).ToArray();
        return (days.Length, parts) switch
        {
            (1, [var minutes]) => minutes * 60,
            (1, [var minutes, var seconds]) => (minutes * 60) + seconds,
            (1, [var hours, var minutes, var seconds]) => (((hours * 60) + minutes) * 60) + seconds,
            (_, [var hours, .. var rest]) => (long.Parse(days[0], CultureInfo.InvariantCulture) * 86400)
                + (hours * 3600)
                + (rest is [var minutes, ..] ? minutes * 60 : 0)
                + (rest is [_, var seconds] ? seconds : 0),
            _ => null,
        };
    }
}
