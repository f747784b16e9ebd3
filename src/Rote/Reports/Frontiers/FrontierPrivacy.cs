using Rote.Measurement;
using Rote.Reports.Charts;
using Rote.Studies.Frontiers;

namespace Rote.Reports.Frontiers;

/// <summary>Privacy against memorization: charts, a table and words.</summary>
internal static class FrontierPrivacy
{
    private static readonly (string Name, int Style, Func<AttackedDegree, MembershipAttack?> Of)[] Groups =
    [
        ("planted wrong labels", 2, degree => degree.Canaries),
        ("rare but right", 1, degree => degree.Rare),
        ("all examples", 0, degree => degree.All),
    ];

    /// <summary>Members found at a false positive rate of 1 %.</summary>
    public static LineChart Rates(FrontierAttack attack) =>
        Chart(
            attack,
            "Members found at 1 % false positives, against memorization",
            "Members found, %",
            new ReferenceLevel(1, "chance", "1 %"),
            some => some.AtOnePercent is { } at ? (100 * at.Rate, 100 * Math.Sqrt(at.Rate * (1 - at.Rate) / at.Members)) : null
        );

    /// <summary>Area under the attack's ROC curve.</summary>
    public static LineChart Areas(FrontierAttack attack) =>
        Chart(
            attack,
            "Area under the membership attack's curve, against memorization",
            "AUC, %",
            new ReferenceLevel(50, "chance", "50 %"),
            some => (100 * some.Auc.Value, 100 * some.Auc.StandardError)
        );

    /// <summary>Every number of the attack.</summary>
    public static Table Table(FrontierAttack attack) =>
        new(
            $"Likelihood-ratio membership attack ({(attack.IsOnline ? "online" : "offline")}) on {Subject(attack)}, {attack.Networks} "
                + $"networks{(HasDegrees(attack) ? " at a degree" : "")}, each trained on a random half.",
            [
                new TableColumn("Asked", "The degree of memorization m asked for."),
                new TableColumn(
                    "m",
                    HasDegrees(attack)
                        ? "On the held-out canaries that were trained on; mean over networks."
                        : "On all canaries that were trained on; mean over networks."
                ),
                new TableColumn("Examples", "Which examples are attacked.", ColumnKind.Text),
                new TableColumn(
                    "AUC",
                    "Probability that a member scores above another example; mean over networks and its error, for these "
                        + "examples: for others like them about twice that."
                ),
                new TableColumn(
                    "TPR at 1 %",
                    "Members found at one false positive in 100, with the binomial 95 % interval over pairs of network and example. "
                        + "Pairs share networks and examples, and the threshold is estimated: the true interval is wider."
                ),
                new TableColumn("TPR at 0.1 %", "The same at one false positive in 1,000."),
                new TableColumn("Members", "Pairs of a network and an example that it was trained on."),
                new TableColumn("Others", "Pairs of a network and an example that it was not trained on."),
            ],
            [.. attack.Degrees.SelectMany(degree => Groups.Reverse().Select(group => Row(degree, group.Name, group.Of(degree))))]
        );

    /// <summary>What is attacked, in words.</summary>
    public static string Subject(FrontierAttack attack) => HasDegrees(attack) ? "the dial" : FrontierTool.Find(attack.Tool).Title;

    /// <summary>Says what the attack shows.</summary>
    public static string Words(FrontierAttack attack)
    {
        var (least, most) = (attack.Degrees[0], attack.Degrees[^1]);
        var from = HasDegrees(attack) ? "From the network at m" : "From two networks set to m";
        var begin =
            $"{from} {most.Memorization.Value:0.00} the attack tells members with AUC {Area(most.All)}, at m "
            + $"{least.Memorization.Value:0.00} with {Area(least.All)}; 0.5 tells nothing.";
        var rare = least.Rare is { } few && most.Rare is { } many ? $" Of the rare but right examples {Area(many)} and {Area(few)}." : "";
        var missing =
            attack.NotAttacked.Count == 0
                ? ""
                : " Not attacked, because too few networks are finished or not all of them reach it: m "
                    + $"{string.Join(", ", attack.NotAttacked.Select(m => $"{Numbers.Degree(m)}"))}.";
        return begin + rare + missing;
    }

    /// <summary>Whether networks were trained for each degree.</summary>
    private static bool HasDegrees(FrontierAttack attack) => FrontierTool.Find(attack.Tool).HasTargets;

    private static LineChart Chart(
        FrontierAttack attack,
        string title,
        string axis,
        ReferenceLevel chance,
        Func<MembershipAttack, (double Value, double Error)?> of
    ) =>
        new()
        {
            Title = title,
            Description = Words(attack),
            X = new ChartAxis("Memorization m, on planted wrong labels") { Minimum = 0, Maximum = 1 },
            Y = new ChartAxis(axis),
            References = [chance],
            Lines =
            [
                .. Groups.Select(group => new ChartLine(
                    group.Name,
                    group.Style,
                    [
                        .. attack
                            .Degrees.Select(degree => (degree.Memorization.Value, At: group.Of(degree) is { } some ? of(some) : null))
                            .Where(point => point.At is not null)
                            .Select(point => new ChartPoint(Math.Clamp(point.Value, 0, 1), point.At!.Value.Value, point.At.Value.Error)),
                    ],
                    ErrorMarks.Bars
                )),
            ],
        };

    private static IReadOnlyList<TableCell> Row(AttackedDegree degree, string name, MembershipAttack? attack) =>
        [
            $"{Numbers.Degree(degree.Asked)}",
            $"{degree.Memorization.Value:F3}",
            name,
            attack is null ? TableCell.Missing("none") : new TableCell($"{attack.Auc.Value:F3}", $"± {attack.Auc.StandardError:F3}"),
            Rate(attack?.AtOnePercent, 0.01),
            Rate(attack?.AtOnePerMille, 0.001),
            attack is null ? "0" : Numbers.Count(attack.Members),
            attack is null ? "0" : Numbers.Count(attack.Others),
        ];

    private static TableCell Rate(TruePositives? at, double rate) =>
        at is null
            ? TableCell.Missing($"needs {Numbers.Count(TruePositives.Needed(rate))} others")
            : $"{100 * at.Rate:F1} % ({100 * at.Low:F1} to {100 * at.High:F1})";

    private static string Area(MembershipAttack attack) => $"{attack.Auc.Value:F3} ± {attack.Auc.StandardError:F3}";
}
