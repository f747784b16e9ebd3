using Rote.Measurement;
using Rote.Memorization;

namespace Rote.Studies.Frontiers;

/// <summary>A run of a frontier, for programs.</summary>
/// <param name="Run">The run's identity, first twelve digits.</param>
/// <param name="Tool">The tool's name.</param>
/// <param name="Seed">The run's seed.</param>
/// <param name="Asked">Degree asked for; null for a tool that cannot be asked.</param>
/// <param name="Steering">On the steering canaries.</param>
/// <param name="HeldOut">On the held-out canaries.</param>
/// <param name="TrueMemorization">Over the data's own wrong labels; null where none is known.</param>
/// <param name="HeldOutAccuracy">Agreement with the given labels of the examples held out.</param>
/// <param name="TestAccuracy">Accuracy against true labels.</param>
/// <param name="Path">Where training might have stopped; null for the dial.</param>
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
);

/// <summary>A frontier for programs; docs/reference/formats.md describes its members.</summary>
/// <param name="Schema">Layout, 2.</param>
/// <param name="Data">Name of the data.</param>
/// <param name="Corruption">What is wrong with its labels, as in an experiment's record.</param>
/// <param name="Network">The network in words.</param>
/// <param name="Runs">One row a run.</param>
public sealed record FrontierDocument(
    int Schema,
    string Data,
    Corruptions.Corruption Corruption,
    string Network,
    IReadOnlyList<FrontierRow> Runs
)
{
    /// <summary>Privacy against memorization; null: no attack was made.</summary>
    public FrontierAttack? Attack { get; init; }

    /// <summary>Makes one.</summary>
    /// <param name="frontier">What was found.</param>
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
                    );
                }),
            ]
        )
        {
            Attack = frontier.Attack,
        };
}
