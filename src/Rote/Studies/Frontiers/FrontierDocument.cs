using Rote.Measurement;
using Rote.Memorization;

namespace Rote.Studies.Frontiers;

/// <summary>A run of a frontier, for programs.</summary>
/// <param name="Run">The first twelve digits of the run's identity.</param>
/// <param name="Tool">The tool's name.</param>
/// <param name="Seed">The run's seed.</param>
/// <param name="Asked">Target degree; null for a tool without a target.</param>
/// <param name="Steering">m on the steering canaries.</param>
/// <param name="HeldOut">m on the held-out canaries.</param>
/// <param name="TrueMemorization">m over the data's own wrong labels; null if none is known.</param>
/// <param name="HeldOutAccuracy">Accuracy on the held-out examples, against given labels.</param>
/// <param name="TestAccuracy">Test accuracy, against true labels.</param>
/// <param name="Path">The epochs where training could have stopped; null for the dial.</param>
public sealed record FrontierRow(
    string Run,
    string Tool,
    long Seed,
    double? Asked,
    CertifiedDegree Steering,
    CertifiedDegree HeldOut,
    double? TrueMemorization,
    Estimate HeldOutAccuracy,
    Estimate TestAccuracy,
    IReadOnlyList<FrontierPoint>? Path
)
{
    /// <summary>What the run's two networks are at each degree; null for the dial and for tools with one network.</summary>
    public IReadOnlyList<AdjustableDegree>? Degrees { get; init; }

    /// <summary>Training examples, no canaries, whose given label is known to be wrong, of which each degree has a count; null as
    /// <see cref="Degrees"/>, or none is known.</summary>
    public int? ChangedCount { get; init; }
}

/// <summary>A frontier for programs; docs/reference/formats.md describes its fields.</summary>
/// <param name="Schema">Version of the layout: 2.</param>
/// <param name="Data">Name of the data.</param>
/// <param name="Corruption">The corruption of its labels, as in an experiment's record.</param>
/// <param name="Network">The network in words.</param>
/// <param name="Runs">One row per run.</param>
public sealed record FrontierDocument(
    int Schema,
    string Data,
    Corruptions.Corruption Corruption,
    string Network,
    IReadOnlyList<FrontierRow> Runs
)
{
    /// <summary>Privacy against memorization, one per tool that was attacked; null if none was.</summary>
    public IReadOnlyList<FrontierAttack>? Attacks { get; init; }

    /// <summary>Converts a frontier.</summary>
    /// <param name="frontier">The frontier.</param>
    /// <returns>The document.</returns>
    public static FrontierDocument Of(Frontier frontier) =>
        new(
            2,
            frontier.Plan.Data.Name,
            frontier.Plan.Corruption,
            frontier.Plan.Network.Title,
            [
                .. frontier.Runs.Select(run =>
                {
                    var summary = run.Run.Summary;
                    var certificate = summary.Certificate()!;
                    return new FrontierRow(
                        run.Cell.Experiment.Identity[..12],
                        run.Cell.Tool.Name,
                        run.Cell.Experiment.Seed,
                        run.Cell.Target,
                        certificate.Steering,
                        certificate.HeldOut,
                        run.TrueMemorization,
                        summary.HeldOutAccuracy()!.Value,
                        summary.TestAccuracy(),
                        run.Cell.Tool.Kind == FrontierKind.Path ? run.Path : null
                    )
                    {
                        Degrees = run.Degrees?.Degrees,
                        ChangedCount = run.Degrees?.ChangedCount,
                    };
                }),
            ]
        )
        {
            Attacks = frontier.Attacks.Count == 0 ? null : frontier.Attacks,
        };
}
