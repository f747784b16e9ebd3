using Rote.Measurement;

namespace Rote.Audits.Scoring;

/// <summary>What an audit takes an example for.</summary>
public enum Verdict
{
    /// <summary>The rest of the data implies its label.</summary>
    Rule,

    /// <summary>It is known by rote only, and nothing says that its label is wrong: do not throw it away.</summary>
    RareButRight,

    /// <summary>Neither is clear: look at it.</summary>
    Ambiguous,

    /// <summary>Its label is more likely wrong than right.</summary>
    ProbablyWrong,

    /// <summary>Somebody has looked at it and found its label right, before the audit.</summary>
    KnownRight,
}

/// <summary>How a verdict is reached. docs/guide/audit.md, "Verdicts".</summary>
internal static class Verdicts
{
    /// <summary>From this memorization value on an example is known by rote, as Feldman and Zhang 2020 (section 3.1) draw the
    /// line.</summary>
    public const double ByRote = 0.25;

    /// <summary>So many of its errors a memorization value must be away from 0.</summary>
    public const double Errors = 2;

    /// <summary>From this probability on a label is probably wrong.</summary>
    public const double Wrong = 0.5;

    /// <summary>Below this probability nothing says that a label is wrong.</summary>
    public const double Doubtful = 0.25;

    /// <summary>The verdict on one example.</summary>
    /// <param name="wrong">Probability that its label is wrong; NaN where that cannot be told: then nothing is called wrong, and nothing
    /// right that is known by rote.</param>
    /// <param name="memorization">Its memorization value with its error; NaN where it is not known. A value that its error explains says
    /// nothing: two or three votes differ by chance.</param>
    /// <param name="consistency">Share of the members not trained on it that predict its label; NaN where it is not known.</param>
    public static Verdict Of(double wrong, Estimate memorization, double consistency) =>
        (wrong, memorization.Value, consistency) switch
        {
            (>= Wrong, _, _) => Verdict.ProbablyWrong,
            (>= Doubtful, _, _) => Verdict.Ambiguous,
            (< Doubtful, >= ByRote, _) when memorization.Value > Errors * memorization.StandardError => Verdict.RareButRight,
            (_, _, > 0.5) => Verdict.Rule,
            _ => Verdict.Ambiguous,
        };

    /// <summary>Its name in files.</summary>
    /// <param name="verdict">The verdict.</param>
    public static string Name(this Verdict verdict) =>
        verdict switch
        {
            Verdict.Rule => "rule",
            Verdict.RareButRight => "rare but right",
            Verdict.ProbablyWrong => "probably wrong",
            Verdict.KnownRight => "known right",
            _ => "ambiguous",
        };

    /// <summary>Whether something is left to look at: the example is no rule, and nobody has found its label right.</summary>
    /// <param name="verdict">The verdict.</param>
    public static bool IsOpen(this Verdict verdict) => verdict is not (Verdict.Rule or Verdict.KnownRight);
}
