using Rote.Audits;

namespace Rote.Tests.Audits;

public sealed class AuditBudgetTests
{
    [Theory]
    [InlineData("90s", 90)]
    [InlineData("15m", 900)]
    [InlineData("1.5h", 5400)]
    [InlineData("2", 120)]
    public void A_time_has_a_unit_or_is_in_minutes(string text, double seconds) =>
        Assert.Equal(seconds, AuditBudget.ParseTime(text).TotalSeconds);

    [Theory]
    [InlineData("")]
    [InlineData("0s")]
    [InlineData("-3m")]
    [InlineData("soon")]
    [InlineData("5d")]
    [InlineData("NaN")]
    [InlineData("1e300h")]
    public void Anything_else_is_refused(string text) =>
        Assert.Contains(
            "as 90s, 15m or 1.5h",
            Assert.Throws<InputException>(() => AuditBudget.ParseTime(text)).Message,
            StringComparison.Ordinal
        );
}
