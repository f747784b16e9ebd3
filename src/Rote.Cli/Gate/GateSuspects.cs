using Rote.Audits;
using Rote.Audits.OwnModel;
using Rote.Audits.Scoring;
using Rote.Data;

namespace Rote.Cli.Gate;

/// <summary>A label that is probably wrong.</summary>
/// <param name="Where">Where the example stands in its source.</param>
/// <param name="Label">Its label.</param>
/// <param name="Suggested">The class that is likelier; null where there is none.</param>
/// <param name="Probability">Probability that the label is wrong, in [0, 1]; NaN where it is not known.</param>
internal sealed record GateSuspect(RowIdentity Where, string Label, string? Suggested, double Probability)
{
    /// <summary>What is the matter, in a few words.</summary>
    public string Sentence =>
        $"The label {Label} is probably wrong"
        + (Suggested is null ? "" : $"; {Suggested} is likelier")
        + (double.IsNaN(Probability) ? "." : $" (probability of a wrong label {Probability:0.00}).");
}

/// <summary>The labels of an audit that are probably wrong, whatever it rests on.</summary>
/// <param name="Name">What was audited.</param>
/// <param name="Source">The folder or file that was audited; null for a set of the catalog.</param>
/// <param name="Labels">How many labels there are.</param>
/// <param name="Count">The sentence that says how many of them are wrong.</param>
/// <param name="Suspects">Those that are probably wrong, the most suspicious first.</param>
internal sealed record GateSuspects(string Name, string? Source, int Labels, string Count, IReadOnlyList<GateSuspect> Suspects)
{
    /// <summary>Of an audit by networks.</summary>
    /// <param name="result">The audit.</param>
    /// <param name="data">Its examples.</param>
    /// <param name="source">What the user named.</param>
    /// <param name="count">The sentence that says how many are wrong.</param>
    public static GateSuspects Of(AuditResult result, AuditData data, string source, string count) =>
        new(
            data.Examples.Provenance.Name,
            OnDisk(source),
            result.Examples.Count,
            count,
            [
                .. result
                    .Suspects.Where(e => e.Verdict == Verdict.ProbablyWrong)
                    .Select(e => new GateSuspect(
                        data.Examples.Rows[e.Id],
                        result.ClassNames[e.Label],
                        e.Suggested is { } suggested ? result.ClassNames[suggested] : null,
                        e.WrongProbability
                    )),
            ]
        );

    /// <summary>Of an audit by the user's own model.</summary>
    /// <param name="result">The audit.</param>
    /// <param name="source">What the user named; null: no data.</param>
    /// <param name="count">The sentence that says how many are wrong.</param>
    public static GateSuspects Of(OwnModelResult result, string? source, string count) =>
        new(
            result.Name,
            source is null ? null : OnDisk(source),
            result.Labels.Length,
            count,
            [
                .. result
                    .Ranking.Where(i => result.VerdictOn(i) == Verdict.ProbablyWrong)
                    .Select(i => new GateSuspect(
                        result.Rows[i],
                        result.ClassNames[result.Labels[i]],
                        result.Predictions!.Suggested[i] is >= 0 and var suggested ? result.ClassNames[suggested] : null,
                        double.NaN
                    )),
            ]
        );

    private static string? OnDisk(string source) =>
        Path.Exists(source) && !DatasetLoader.IsCatalogName(source) ? Path.GetFullPath(source) : null;
}
