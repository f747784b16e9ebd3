using Rote.Measurement;
using Rote.Reports.Reproductions;
using Rote.Studies.Claims;

namespace Rote.Tests.Reports.Reproductions;

public sealed class ClaimNumbersTests
{
    [Theory]
    [MemberData(nameof(Units))]
    public void A_number_that_is_none_is_never_written_as_one(Unit unit)
    {
        var cell = ClaimNumbers.Cell(new Estimate(double.NaN, double.NaN, 0), unit);
        Assert.DoesNotContain("NaN", cell.Text + cell.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("0", cell.Text + cell.Error, StringComparison.Ordinal);
    }

    public static TheoryData<Unit> Units() => [.. Enum.GetValues<Unit>()];
}
