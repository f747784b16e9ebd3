using Rote.Measurement;
using Rote.Studies.Claims;

namespace Rote.Studies.Zhang2017.Claims;

/// <summary>Table 2: listed in the ledger at every scale, to show that it is not checked.</summary>
internal static class ImageNetClaims
{
    public static IEnumerable<Claim> Of(ClaimFactory make) =>
        Paper.ImageNet.Select(row =>
            make.Create(
                $"imagenet/{row.Id}",
                "Table 2, section 3",
                $"Inception V3 on ImageNet, {row.Description}",
                row.Numbers,
                Unit.Share,
                new AtLeast(0, "Not judged."),
                [],
                _ => new Estimate(double.NaN, double.NaN, 0)
            ) with
            {
                NotAtThisScale =
                    "The network is inception-v3, with 23,817,352 parameters; Rote has no ImageNet: 1.28 million images and "
                    + "weeks of a graphics processor.",
            }
        );
}
