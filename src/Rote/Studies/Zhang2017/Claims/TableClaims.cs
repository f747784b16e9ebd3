using Rote.Studies.Claims;

namespace Rote.Studies.Zhang2017.Claims;

/// <summary>Table 1, all rows, training and test; Table 4 (appendix E); the numbers of parameters.</summary>
internal static class TableClaims
{
    public static IEnumerable<Claim> Of(ClaimFactory make) =>
        Paper.Table1.SelectMany(row => Row(make, row)).Concat(Paper.Table4.Select(row => RegularizedRandom(make, row)));

    /// <summary>Names the regularizers that are on, as <c>crop+weight-decay</c>.</summary>
    internal static string Switches(PaperRow row)
    {
        string[] on =
        [
            .. row.Crop ? ["crop"] : Array.Empty<string>(),
            .. row.Augment ? ["augmentation"] : Array.Empty<string>(),
            .. row.WeightDecay ? ["weight-decay"] : Array.Empty<string>(),
        ];
        return on.Length == 0 ? "none" : string.Join('+', on);
    }

    private static IEnumerable<Claim> Row(ClaimFactory make, PaperRow row)
    {
        var cell = Cells.Row(row);
        var isRandom = row.Labels == LabelKind.Random;
        var id = $"table1/{row.Network}/{(isRandom ? "random-labels" : Switches(row))}";
        var source = $"Table 1, row {row.Row}";
        var subject = $"{StudyNames.Network(row.Network)}, {(isRandom ? "random labels" : Words(row))},";
        yield return make.Create(
            $"{id}/train",
            source,
            $"{subject} fits its training examples",
            $"{row.Train:0.00} %",
            Unit.Share,
            Fits(make, row.Train!.Value),
            [cell],
            r => r.Train(cell)
        );
        var test = make.Create(
            $"{id}/test",
            source,
            isRandom ? $"{subject} is at chance on test examples" : $"{subject} reaches the paper's test accuracy",
            $"{row.Test:0.00} %",
            Unit.Share,
            isRandom ? make.AtChance(row.Network) : make.As(row.Test!.Value / 100, "test-accuracy"),
            [cell],
            r => isRandom ? r.TestOfFitted(cell) : r.Test(cell)
        );
        yield return isRandom ? test : test with { NotAtThisScale = make.Plan.WhyNotCompared(row.Network) };
    }

    private static Claim RegularizedRandom(ClaimFactory make, PaperRow row)
    {
        var cell = Cells.Row(row);
        var (id, source) = ($"table4/{row.Network}/{Switches(row)}", $"Table 4, row {row.Row}");
        var subject = $"{StudyNames.Network(row.Network)} with {Words(row)}";
        return row.Train is { } train
            ? make.Create(
                id,
                source,
                $"{subject} still fits random labels",
                $"{train:0.00} %",
                Unit.Share,
                Fits(make, train),
                [cell],
                r => r.Train(cell)
            )
            : make.Create(
                id,
                source,
                $"{subject} fails to converge on random labels",
                "failed to converge",
                Unit.Share,
                make.NoMore("failed-to-converge"),
                [cell],
                r => r.Train(cell)
            ) with
            {
                HoldsIfTrainingFails = true,
            };
    }

    /// <summary>Requires the paper's own number if it is below 100 %.</summary>
    private static Criterion Fits(ClaimFactory make, double percent) =>
        percent >= 100 ? make.Fitted() : new AtLeast(percent / 100, "The paper's own number: it is below 100 % there.");

    private static string Words(PaperRow row) =>
        Switches(row) == "none" ? "no regularizer" : Switches(row).Replace("+", " and ").Replace('-', ' ').Replace("crop", "random crops");
}
