using Rote.Measurement;

namespace Rote.Studies.Claims;

/// <summary>A line of a figure.</summary>
/// <param name="Name">Its legend, as "random labels".</param>
/// <param name="Points">x, and y with its error, sorted by x.</param>
public sealed record StudyLine(string Name, IReadOnlyList<(double X, Estimate Y)> Points);

/// <summary>A figure of a study as numbers.</summary>
/// <param name="Id">Its name, as <c>figure1a-mlp-1x512</c>.</param>
/// <param name="Title">What it shows, in a few words.</param>
/// <param name="X">The horizontal axis.</param>
/// <param name="Y">The vertical axis, with its unit.</param>
/// <param name="Lines">Its lines; lines without runs are omitted.</param>
/// <param name="Caption">What it shows here and in the paper.</param>
public sealed record StudyFigure(string Id, string Title, string X, string Y, IReadOnlyList<StudyLine> Lines, string Caption)
{
    /// <summary>Whether the horizontal axis is logarithmic; points at or below 0 are then left out. Default false.</summary>
    public bool HasLogarithmicX { get; init; }
}

/// <summary>The time that one network needs to fit one kind of data.</summary>
/// <param name="Network">The network, as "the small Inception".</param>
/// <param name="Data">The data, as "random labels".</param>
/// <param name="StepsAnEpoch">Steps per epoch.</param>
/// <param name="Steps">Steps to each of <see cref="Reproduction.Levels"/>; infinite if never reached.</param>
/// <param name="Ratios">Ratios of these to the steps on true labels.</param>
public sealed record FittingRow(
    string Network,
    string Data,
    int StepsAnEpoch,
    IReadOnlyList<Estimate> Steps,
    IReadOnlyList<Estimate> Ratios
);

/// <summary>The result of <c>rote reproduce</c>.</summary>
public sealed record Reproduction
{
    /// <summary>Training accuracies for which fitting times are given.</summary>
    public static IReadOnlyList<double> Levels { get; } = [0.5, 0.9, 0.99, 0.9995];

    /// <summary>The study.</summary>
    public required IStudy Study { get; init; }

    /// <summary>Scale, seeds and sizes.</summary>
    public required StudyPlan Plan { get; init; }

    /// <summary>Every claim and its verdict.</summary>
    public required Ledger Ledger { get; init; }

    /// <summary>The figures for which there are runs.</summary>
    public required IReadOnlyList<StudyFigure> Figures { get; init; }

    /// <summary>The tables for which there are runs.</summary>
    public required IReadOnlyList<StudyTable> Tables { get; init; }

    /// <summary>Times to fit.</summary>
    public required IReadOnlyList<FittingRow> FittingTimes { get; init; }

    /// <summary>Returns the command that checks only one claim.</summary>
    public required Func<Claim, string> Command { get; init; }

    /// <summary>What makes the result reproducible, as (name, value).</summary>
    public required IReadOnlyList<(string Name, string Value)> Provenance { get; init; }

    /// <summary>Judges claims by the outcomes of their runs, and collects everything that a report shows.</summary>
    /// <param name="study">The study.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="claims">The selected claims.</param>
    /// <param name="evidence">The runs.</param>
    /// <param name="command">Returns the command that checks only one claim.</param>
    /// <param name="provenance">What makes the result reproducible, as (name, value).</param>
    /// <returns>Ledger, figures, tables and fitting times.</returns>
    public static Reproduction Of(
        IStudy study,
        StudyPlan plan,
        IReadOnlyList<Claim> claims,
        Evidence evidence,
        Func<Claim, string> command,
        IReadOnlyList<(string Name, string Value)> provenance
    )
    {
        return new Reproduction
        {
            Study = study,
            Plan = plan,
            Ledger = Ledger.Of(claims, evidence),
            Figures = plan.Figures(evidence),
            Tables = plan.Tables(evidence),
            FittingTimes = plan.FittingTimes(evidence),
            Command = command,
            Provenance = provenance,
        };
    }
}
