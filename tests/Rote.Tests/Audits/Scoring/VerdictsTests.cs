using Rote.Audits.Scoring;
using Rote.Measurement;

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
    public void A_verdict_weighs_the_label_first_then_memorization_then_consistency(
        double wrong,
        double memorization,
        double consistency,
        Verdict expected
    ) => Assert.Equal(expected, Verdicts.Of(wrong, new Estimate(memorization, 0.1, 4), consistency));

    [Theory]
    [InlineData(0.29, 0.9, Verdict.RareButRight)]
    [InlineData(0.41, 0.9, Verdict.Rule)] // of two networks one says the label by chance
    [InlineData(0.41, 0.5, Verdict.Ambiguous)]
    [InlineData(double.NaN, 0.0, Verdict.Ambiguous)] // one network alone
    public void A_memorization_value_that_its_error_explains_makes_nothing_rare(double error, double consistency, Verdict expected) =>
        Assert.Equal(expected, Verdicts.Of(0.1, new Estimate(0.6, error, 4), consistency));
}
