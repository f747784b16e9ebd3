using Rote.Measurement;

namespace Rote.Studies.Claims;

/// <summary>A line of a figure of the study.</summary>
/// <param name="Name">What it shows, as "random labels".</param>
/// <param name="Points">x, and y with its error, in order of x.</param>
public sealed record StudyLine(string Name, IReadOnlyList<(double X, Estimate Y)> Points);

/// <summary>A figure of the study as numbers.</summary>
/// <param name="Id">Its name, as <c>figure1a-mlp-1x512</c>.</param>
/// <param name="Title">What it shows, in a few words.</param>
/// <param name="X">The horizontal axis.</param>
/// <param name="Y">The vertical axis, with its unit.</param>
/// <param name="Lines">Its lines; those without runs are left out.</param>
/// <param name="Caption">What is to be seen, and what the paper shows.</param>
public sealed record StudyFigure(string Id, string Title, string X, string Y, IReadOnlyList<StudyLine> Lines, string Caption);

/// <summary>How long one network takes to fit one kind of data.</summary>
/// <param name="Network">The network, as "the small Inception".</param>
/// <param name="Data">The data, as "random labels".</param>
/// <param name="StepsAnEpoch">Steps that an epoch has.</param>
/// <param name="Steps">Steps to each of <see cref="Reproduction.Levels"/>; infinite where it is never reached.</param>
/// <param name="Ratios">The same over those of true labels.</param>
public sealed record FittingRow(
    string Network,
    string Data,
    int StepsAnEpoch,
    IReadOnlyList<Estimate> Steps,
    IReadOnlyList<Estimate> Ratios
);

/// <summary>What <c>rote reproduce</c> found.</summary>
public sealed record Reproduction
{
    /// <summary>Training accuracies that times are given for.</summary>
    public static IReadOnlyList<double> Levels { get; } = [0.5, 0.9, 0.99, 0.9995];

    /// <summary>The study.</summary>
    public required IStudy Study { get; init; }

    /// <summary>Scale, seeds and sizes.</summary>
    public required StudyPlan Plan { get; init; }

    /// <summary>Every claim and its verdict.</summary>
    public required Ledger Ledger { get; init; }

    /// <summary>The figures, as far as there are runs for them.</summary>
    public required IReadOnlyList<StudyFigure> Figures { get; init; }

    /// <summary>Times to fit.</summary>
    public required IReadOnlyList<FittingRow> FittingTimes { get; init; }

    /// <summary>The command that looks at one claim alone.</summary>
    public required Func<Claim, string> Command { get; init; }

    /// <summary>What makes the result reproducible, as (name, value).</summary>
    public required IReadOnlyList<(string Name, string Value)> Provenance { get; init; }

    /// <summary>Judges claims by what came of their runs, and gathers everything that a report shows.</summary>
    /// <param name="study">The study.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="claims">The claims asked for.</param>
    /// <param name="evidence">The runs.</param>
    /// <param name="command">The command that looks at one claim alone.</param>
    /// <param name="provenance">What makes the result reproducible, as (name, value).</param>
    /// <returns>Ledger, figures and times.</returns>
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
            FittingTimes = plan.FittingTimes(evidence),
            Command = command,
            Provenance = provenance,
        };
    }
}
