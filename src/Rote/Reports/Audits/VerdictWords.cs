using Rote.Audits.Scoring;

namespace Rote.Reports.Audits;

/// <summary>Words for verdicts, for people who read no manual.</summary>
internal static class VerdictWords
{
    /// <summary>What a verdict means.</summary>
    /// <param name="verdict">The verdict.</param>
    public static string Means(Verdict verdict) =>
        verdict switch
        {
            Verdict.ProbablyWrong => "networks that never saw it believe in another class",
            Verdict.RareButRight => "hard to learn, nothing against the label",
            Verdict.Ambiguous => "cannot tell; look at it",
            Verdict.KnownRight => "somebody has found its label right",
            _ => "learned from the others",
        };

    /// <summary>The CSS class of a verdict.</summary>
    /// <param name="verdict">The verdict.</param>
    public static string Class(Verdict verdict) =>
        verdict switch
        {
            Verdict.ProbablyWrong => "verdict-wrong",
            Verdict.RareButRight => "verdict-rare",
            Verdict.Ambiguous => "verdict-unclear",
            _ => "verdict-rule",
        };
}
