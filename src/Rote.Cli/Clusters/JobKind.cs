namespace Rote.Cli.Clusters;

/// <summary>What the workers of a job make, in words.</summary>
/// <param name="Piece">One of them, as "run".</param>
/// <param name="Missing">What is wrong where a job is over too early, as "the run is not made".</param>
/// <param name="Shared">The folder that machines share.</param>
/// <param name="Option">The option that names it.</param>
internal sealed record JobKind(string Piece, string Missing, string Shared, string Option)
{
    /// <summary>Runs of a set.</summary>
    public static readonly JobKind Runs = new("run", "the run is not made", "the folder of runs", "--runs");

    /// <summary>Networks of an audit.</summary>
    public static readonly JobKind Networks = new("network", "networks are missing", "the folder of audits", "--audits");
}
