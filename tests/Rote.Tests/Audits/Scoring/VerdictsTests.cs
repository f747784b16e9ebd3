using Rote.Audits.Scoring;

namespace Rote.Tests.Audits.Scoring;

public sealed class VerdictsTests
{
    [Theory]
    [InlineData(0.9, 0.8, 0.0, Verdict.ProbablyWrong)]
    [InlineData(0.3, 0.8, 0.0, Verdict.Ambiguous)]
    [InlineData(0.1, 0.8, 0.0, Verdict.RareButRight)]
    [InlineData(0.1, 0.1, 1.0, Verdict.Rule)]
    [InlineData(0.1, 0.1, 0.3, Verdict.Ambiguous)]
    [InlineData(0.1, double.NaN, double.NaN, Verdict.Ambiguous)]
    [InlineData(double.NaN, 0.8, 0.0, Verdict.Ambiguous)]
    [InlineData(double.NaN, 0.1, 1.0, Verdict.Rule)]
    public void A_verdict_weighs_the_label_first_then_memorization_then_consistency(double wrong, double memorization, double consistency, Verdict expected) =>
        Assert.Equal(expected, Verdicts.Of(wrong, memorization, consistency));
}
