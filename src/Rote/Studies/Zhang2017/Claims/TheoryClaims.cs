using Rote.Measurement;
using Rote.Studies.Claims;

namespace Rote.Studies.Zhang2017.Claims;

/// <summary>Theorem 1, and the kernels of section 5, which have their own command.</summary>
internal static class TheoryClaims
{
    public static IEnumerable<Claim> Of(ClaimFactory make) => [Represents(make), .. Paper.Kernels.Select(row => Kernel(make, row))];

    private static Claim Represents(ClaimFactory make) =>
        make.Create(
            "section4/theorem1",
            "Theorem 1",
            "a two-layer network of 2n + d weights gives every training example its random label (share of them, computed in "
                + "double-double arithmetic)",
            "any labels",
            Unit.Share,
            new AtLeast(1, "A theorem has no exceptions."),
            [],
            r => r.Represented()
        );

    private static Claim Kernel(ClaimFactory make, KernelRow row) =>
        make.Create(
            $"section5/{row.Id}",
            "section 5",
            $"{row.Description} has this test error without regularization",
            row.Error,
            Unit.Share,
            new AtLeast(0, "Not judged."),
            [],
            _ => new Estimate(double.NaN, double.NaN, 0)
        ) with
        {
            NotAtThisScale = "Minutes and gigabytes, and no training: rote theory kernel; docs/explanation/theory.md says how.",
        };
}
