using System.ComponentModel.DataAnnotations;
using Rote.Cli.Clusters;

namespace Rote.Cli.Documents;

/// <summary>An audit's job for a cluster that somebody is to submit.</summary>
/// <param name="System">Which kind of cluster.</param>
/// <param name="Networks">Networks that are not finished.</param>
/// <param name="Tasks">Workers of the job.</param>
/// <param name="Cores">Cores a worker.</param>
/// <param name="Job">The folder of the job, in the audit's.</param>
internal sealed record AuditClusterDocument(
    [property: AllowedValues(ClusterOptions.Slurm, ClusterOptions.Kubernetes)] string System,
    int Networks,
    int Tasks,
    int Cores,
    string Job
);
