using Rote.Studies.Claims;

namespace Rote.Studies.Zhang2017.Claims;

/// <summary>Section 3 and Figure 2: the effect of explicit and implicit regularization.</summary>
internal static class RegularizerClaims
{
    public static IEnumerable<Claim> Of(ClaimFactory make) =>
        [GeneralizesWithout(make), .. Worth(make), .. CropAgainstDecay(make), EarlyStopping(make), BatchNorm(make)];

    private static Claim GeneralizesWithout(ClaimFactory make)
    {
        var cells = Paper.Parameters.Where(row => row.Network != "small-inception-no-bn").Select(row => Cells.True(row.Network)).ToArray();
        return make.Create(
            "section3/generalizes-without",
            "section 3",
            "without any explicit regularizer every network still generalizes (lowest test accuracy of the four)",
            "50.51 to 85.75 %",
            Unit.Share,
            make.Larger(than: ClaimFactory.Chance),
            cells,
            r => r.Smallest(cells.Select(r.Test))
        );
    }

    /// <summary>Compares each switch alone with none, as in Table 1.</summary>
    private static IEnumerable<Claim> Worth(ClaimFactory make)
    {
        var rows = Paper.Table1.Where(row => row.Labels == LabelKind.True).ToArray();
        foreach (var row in rows.Where(row => row.Crop != row.WeightDecay))
        {
            var none = rows.Single(other => other.Network == row.Network && !other.Crop && !other.WeightDecay);
            var gain = row.Test!.Value - none.Test!.Value;
            var (with, without) = (Cells.Row(row), Cells.Row(none));
            yield return make.Create(
                $"section3/{row.Network}/{TableClaims.Switches(row)}-worth",
                $"Table 1, rows {row.Row} and {none.Row}",
                $"{(row.Crop ? "random crops are" : "weight decay is")} worth this much test accuracy to {StudyNames.Network(row.Network)}",
                $"{gain:+0.00;−0.00} points",
                Unit.Points,
                make.As(gain / 100, "regularizer-worth"),
                [with, without],
                r => r.TestGain(with, without)
            ) with
            {
                NotAtThisScale = make.Plan.WhyNotCompared(row.Network),
            };
        }
    }

    private static IEnumerable<Claim> CropAgainstDecay(ClaimFactory make)
    {
        foreach (var network in new[] { "small-inception", "small-alexnet" })
        {
            var plain = Cells.True(network);
            var (crop, decay) = (
                plain with
                {
                    Crop = true,
                    WithTestCurve = false,
                },
                plain with
                {
                    WeightDecay = true,
                    WithTestCurve = false,
                }
            );
            yield return make.Create(
                $"section3/{network}/crop-helps",
                "section 3",
                $"random crops raise the test accuracy of {StudyNames.Network(network)}",
                network == "small-inception" ? "+3.56 points" : "+3.59 points",
                Unit.Points,
                make.Larger(than: 0),
                [crop, plain],
                r => r.TestGain(crop, plain)
            );
            yield return make.Create(
                $"section3/{network}/crop-against-weight-decay",
                "section 3",
                $"random crops help {StudyNames.Network(network)} more than weight decay does",
                "more",
                Unit.Points,
                make.Larger(than: 0),
                [crop, decay],
                r => r.TestGain(crop, decay)
            );
        }
    }

    private static Claim EarlyStopping(ClaimFactory make)
    {
        var cell = Cells.True("small-inception");
        return make.Create(
            "figure2/early-stopping",
            "Figure 2b, section 3",
            "early stopping would not have helped the small Inception (best test accuracy of any tested epoch minus the last, which "
                + "favours stopping)",
            "no benefit",
            Unit.Points,
            make.NoMore("early-stopping"),
            [cell],
            r => r.BestOnTheWay(cell)
        );
    }

    private static Claim BatchNorm(ClaimFactory make)
    {
        var (with, without) = (Cells.True("small-inception"), Cells.True("small-inception-no-bn"));
        var isWhole = make.Plan.IsWhole("small-inception");
        return make.Create(
            "figure2/batch-norm",
            "Figure 2b, section 3",
            isWhole
                ? "batch norm is worth 3 to 4 points of test accuracy to the small Inception"
                : "batch norm raises the test accuracy of the small Inception",
            "+3.75 points",
            Unit.Points,
            isWhole ? make.As(0.0375, "regularizer-worth") : make.Larger(than: 0),
            [with, without],
            r => r.TestGain(with, without)
        );
    }
}
