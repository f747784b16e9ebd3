using System.CommandLine;
using Rote.Audits;
using Rote.Audits.Review;
using Rote.Audits.Shown;
using Rote.Cli.Clusters;
using Rote.Cli.Gate;
using Rote.Networks;
using Rote.Tensors;

namespace Rote.Cli.Commands;

/// <summary>What is asked of an audit that trains networks; every value has been checked.</summary>
internal sealed record AuditSettings
{
    /// <summary>The command line, for what is said of it.</summary>
    public required ParseResult Parse { get; init; }

    /// <summary>The data's name or path.</summary>
    public required string Source { get; init; }

    /// <summary>The same where the user says that it holds vectors; null: not said.</summary>
    public required string? Vectors { get; init; }

    /// <summary>How own data is read.</summary>
    public required DataOptions Own { get; init; }

    /// <summary>How many of the first examples are audited; null: all.</summary>
    public required int? Examples { get; init; }

    /// <summary>What people decided; null: nothing.</summary>
    public required DecisionFile? Decisions { get; init; }

    /// <summary>What of the user's own is shown of examples.</summary>
    public required ShownSettings Shown { get; init; }

    public required AuditBudget Budget { get; init; }

    /// <summary>The network; null: what suits the data.</summary>
    public required NetworkSpec? Network { get; init; }

    /// <summary>Epochs of a network; null: what suits the data.</summary>
    public required int? Epochs { get; init; }

    public required long Seed { get; init; }

    /// <summary>Threads of a network; null: one.</summary>
    public required int? Threads { get; init; }

    /// <summary>Measures beside the usual ones.</summary>
    public required IReadOnlyList<string>? Measures { get; init; }

    public required ComputeDevice Device { get; init; }

    public required Precision Precision { get; init; }

    /// <summary>The folder that holds audits, an absolute path.</summary>
    public required string Root { get; init; }

    /// <summary>Where results go; null: the audit's own folder.</summary>
    public required string? Output { get; init; }

    public required GateRequest Gate { get; init; }

    /// <summary>Whether networks are trained and nothing is judged.</summary>
    public required bool TrainOnly { get; init; }

    /// <summary>What is asked of a cluster; null: networks are trained here.</summary>
    public required ClusterRequest? Cluster { get; init; }

    /// <summary>What this process does as a worker of a job.</summary>
    public required AuditCluster Worker { get; init; }
}
