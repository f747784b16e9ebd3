using System.ComponentModel.DataAnnotations;
using Rote.Cli.Clusters;

namespace Rote.Cli.Documents;

/// <summary>A job for a cluster that somebody is to submit.</summary>
/// <param name="System">Which kind of cluster.</param>
/// <param name="Runs">Runs that are not finished.</param>
/// <param name="Tasks">Workers of the job.</param>
/// <param name="Cores">Cores a worker.</param>
/// <param name="Set">The folder of the set of runs.</param>
internal sealed record ClusterDocument(
    [property: AllowedValues(ClusterOptions.Slurm, ClusterOptions.Kubernetes)] string System,
    int Runs,
    int Tasks,
    int Cores,
    string Set
);
