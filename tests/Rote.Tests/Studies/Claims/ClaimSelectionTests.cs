using Rote.Measurement;
using Rote.Studies.Claims;

namespace Rote.Tests.Studies.Claims;

public sealed class ClaimSelectionTests
{
    private static readonly Claim[] Claims =
    [
        Claim("table1/a/train"),
        Claim("table1/b/train"),
        Claim("table10/a"),
        Claim("extra/a") with
        {
            Extra = "It is long.",
        },
    ];

    [Theory]
    [InlineData(null, false, "table1/a/train table1/b/train table10/a (extra/a)")]
    [InlineData("", false, "table1/a/train table1/b/train table10/a (extra/a)")]
    [InlineData(null, true, "table1/a/train table1/b/train table10/a extra/a")]
    [InlineData("table1", false, "table1/a/train table1/b/train")]
    [InlineData("table10,table1/b", false, "table1/b/train table10/a")]
    [InlineData(" table1/a/train ", false, "table1/a/train")]
    [InlineData("extra", false, "(extra/a)")]
    [InlineData("extra", true, "extra/a")]
    [InlineData("extra/a", false, "extra/a")]
    public void Names_and_their_beginnings_pick_claims_and_what_is_left_out_stays_with_its_reason(
        string? only,
        bool all,
        string expected
    ) =>
        Assert.Equal(
            expected,
            string.Join(
                ' ',
                ClaimSelection.Of(Claims, only, all).Select(claim => claim.NotAtThisScale is null ? claim.Id : $"({claim.Id})")
            )
        );

    [Theory]
    [InlineData("tabel1", "There is no claim \"tabel1\"; did you mean table1? (The others are table10, extra.)")]
    [InlineData("table", "There is no claim \"table\"; did you mean table1? (The others are table10, extra.)")]
    [InlineData(",", "the choice of claims is ',', expected names of claims with commas between them.")]
    public void What_fits_no_claim_is_refused(string only, string sentence) =>
        Assert.Equal(sentence, Assert.Throws<InputException>(() => ClaimSelection.Of(Claims, only, all: false)).Message);

    private static Claim Claim(string id) =>
        new()
        {
            Id = id,
            Source = "",
            Statement = "",
            Paper = "",
            Unit = Unit.Number,
            Criterion = new AtLeast(0, ""),
            Needs = [],
            Measure = _ => new Estimate(1, 0, 1),
        };
}
