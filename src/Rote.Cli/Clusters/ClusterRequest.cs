namespace Rote.Cli.Clusters;

/// <summary>What is asked of a cluster; every value has been checked.</summary>
internal sealed record ClusterRequest
{
    /// <summary><see cref="ClusterOptions.Slurm"/> or <see cref="ClusterOptions.Kubernetes"/>.</summary>
    public required string System { get; init; }

    /// <summary>Workers; null: as many as runs, up to <see cref="ClusterJob.UsualTasks"/>.</summary>
    public int? Tasks { get; init; }

    /// <summary>Workers at the same time; null: all.</summary>
    public int? AtOnce { get; init; }

    /// <summary>Cores a worker; null: as many as a run has threads.</summary>
    public int? Cores { get; init; }

    /// <summary>Memory a worker, as "4G"; null: what the cluster gives.</summary>
    public string? Memory { get; init; }

    /// <summary>Time limit in Slurm's form; null: the cluster's.</summary>
    public string? Time { get; init; }

    public string? Partition { get; init; }

    public string? Account { get; init; }

    public string? Resources { get; init; }

    public IReadOnlyList<(string Key, string Value)> Others { get; init; } = [];

    /// <summary>Lines of shell before the worker.</summary>
    public IReadOnlyList<string> Setup { get; init; } = [];

    /// <summary>Whether nothing is to be submitted.</summary>
    public bool IsDry { get; init; }
}
