using Rote.Cli;
using Rote.Cli.Gate;
using Rote.Tests.Support;

namespace Rote.Tests.Cli.Gate;

public sealed class GateVerdictTests
{
    [Theory]
    [InlineData("2%", 0.02)]
    [InlineData(" 2 % ", 0.02)]
    [InlineData("0.02", 0.02)]
    [InlineData("0", 0)]
    [InlineData("-0%", 0)]
    [InlineData("0%", 0)]
    [InlineData("99.9%", 0.999)]
    [InlineData("1e-3", 0.001)]
    public void A_share_is_read_as_people_write_it(string text, double share) => Assert.Equal(share, GateOptions.Share(text), 1e-15);

    [Theory]
    [InlineData("-1")]
    [InlineData("-1%")]
    [InlineData("200 %")]
    [InlineData("100%")]
    [InlineData("1")] // may mean 1 % or all
    [InlineData("2")]
    [InlineData("abc")]
    [InlineData("NaN")]
    [InlineData("NaN%")]
    [InlineData("Infinity")]
    [InlineData("")]
    [InlineData("%")]
    [InlineData("2%%")]
    [InlineData("%2")]
    [InlineData("2,5%")]
    [InlineData("1_0%")]
    [InlineData("1e999%")]
    [InlineData("\u0662%")]
    public void Anything_else_is_one_sentence(string text)
    {
        var error = Assert.Throws<InputException>(() => GateOptions.Share(text));
        Assert.StartsWith($"--fail-over is '{text}', expected a share", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_or_broken_value_stays_one_short_line()
    {
        var error = Assert.Throws<InputException>(() => GateOptions.Share(new string('9', 5000) + "\n%"));
        Assert.InRange(error.Message.Length, 1, 200);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData(0.02, GateState.Failed, 1, "at least 5.4\u00A0% of")]
    [InlineData(0.0535, GateState.Failed, 1, "at least 5.36\u00A0% of")] // both would be 5.4 %
    [InlineData(0.0536, GateState.Passed, 0, "of the count is 5.4\u00A0%.")] // exactly as many is not more
    [InlineData(0.1, GateState.Passed, 0, "of the count is 5.4\u00A0%.")] // the estimate is 11 %: the lower end decides
    public void The_lower_end_of_the_interval_decides(double limit, object state, int code, string words)
    {
        var verdict = GateVerdict.Of(AuditSamples.Result().Wrong, areWeak: false, limit);
        Assert.Equal(((GateState)state, code, 0.0536), (verdict.State, verdict.ExitCode, verdict.Low));
        Assert.Contains(words, verdict.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_at_least_x_the_x_decides()
    {
        var wrong = AuditSamples.Result().Wrong with { High = 1 };
        Assert.True(wrong.IsAtLeast);
        Assert.Equal(GateState.Failed, GateVerdict.Of(wrong, areWeak: false, 0.05).State);
        Assert.StartsWith(
            "Failed: at least 5.4\u00A0% of the labels are wrong",
            GateVerdict.Of(wrong, areWeak: false, 0.05).Sentence,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Clean_labels_pass_at_zero_and_one_that_is_shown_to_be_wrong_does_not()
    {
        var wrong = AuditSamples.Result().Wrong;
        Assert.Equal(GateState.Passed, GateVerdict.Of(wrong with { Low = 0 }, areWeak: false, 0).State);
        Assert.Equal(GateState.Failed, GateVerdict.Of(wrong with { Low = 1e-9 }, areWeak: false, 0).State);
    }

    [Fact]
    public void Without_a_count_nothing_passes()
    {
        foreach (var wrong in new[] { AuditSamples.Untold().Wrong, AuditSamples.Hidden().Wrong })
        {
            var verdict = GateVerdict.Of(wrong, areWeak: false, 0.5);
            Assert.Equal((GateState.Untold, ExitCode.CheckFailed), (verdict.State, verdict.ExitCode));
            Assert.StartsWith("Not passed: this audit cannot count wrong labels", verdict.Sentence, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Weak_networks_can_close_the_gate_and_never_open_it()
    {
        var wrong = AuditSamples.Result().Wrong;
        Assert.Equal(GateState.Failed, GateVerdict.Of(wrong, areWeak: true, 0.02).State);
        Assert.Equal(GateState.Untold, GateVerdict.Of(wrong, areWeak: true, 0.1).State);
        Assert.Equal(GateState.Untold, GateVerdict.Of(wrong with { Low = 0 }, areWeak: true, 0).State);
    }

    [Fact]
    public void A_share_is_told_from_its_limit()
    {
        var sentence = new GateVerdict(0.02, 0.0201).Sentence;
        Assert.Contains("at least 2.01\u00A0% ", sentence, StringComparison.Ordinal);
    }
}
