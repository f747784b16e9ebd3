namespace Rote.Measurement;

/// <summary>How many members an attack finds while it takes few non-members for members.</summary>
/// <param name="FalsePositiveRate">The allowed rate, in (0, 1).</param>
/// <param name="Found">The number of members above the threshold.</param>
/// <param name="Members">The number of members.</param>
/// <param name="Low">Lower end of the 95 % interval of the true-positive rate (Clopper and Pearson), exact for independent
/// members and a known threshold.</param>
/// <param name="High">Upper end of the same interval.</param>
/// <param name="FalsePositives">The number of non-members above the threshold: what the rate allows, in whole examples.</param>
/// <param name="Others">The number of non-members.</param>
public sealed record TruePositives(
    double FalsePositiveRate,
    int Found,
    int Members,
    double Low,
    double High,
    int FalsePositives,
    int Others
)
{
    /// <summary>The true-positive rate, in [0, 1]; an attack that knows nothing reaches <see cref="FalsePositiveRate"/>.</summary>
    public double Rate => (double)Found / Members;

    /// <summary>The fewest non-members for a rate: it must allow at least one of them.</summary>
    /// <param name="falsePositiveRate">The allowed rate.</param>
    public static int Needed(double falsePositiveRate) => (int)Math.Ceiling((1 / falsePositiveRate) - 1e-9);

    /// <summary>Counts the members that are found.</summary>
    /// <param name="members">Scores of members; a high score suggests a member.</param>
    /// <param name="others">Scores of non-members.</param>
    /// <param name="falsePositiveRate">The allowed rate.</param>
    /// <returns>Null if there are too few non-members to allow one of them, or no members.</returns>
    public static TruePositives? Of(IReadOnlyList<double> members, IReadOnlyList<double> others, double falsePositiveRate)
    {
        var allowed = (int)Math.Floor((falsePositiveRate * others.Count) + 1e-9);
        if (allowed == 0 || members.Count == 0)
        {
            return null;
        }

        // The threshold is the first score that would be one too many; scores equal to it do not count.
        var sorted = others.OrderDescending().ToArray();
        var threshold = allowed < sorted.Length ? sorted[allowed] : double.NegativeInfinity;
        var found = members.Count(score => score > threshold);
        var (low, high) = BinomialInterval.Of(found, members.Count);
        return new TruePositives(
            falsePositiveRate,
            found,
            members.Count,
            low,
            high,
            sorted.Count(score => score > threshold),
            sorted.Length
        );
    }
}

/// <summary>How well a network reveals whether it was trained on an example.</summary>
/// <param name="Auc">The probability that a member scores higher than a non-member: 0.5 reveals nothing, 1 everything. Its error is Hanley
/// and McNeil's, or that over networks if there are several.</param>
/// <param name="AtOnePercent">Members found at one false positive in a hundred; null: there are too few non-members.</param>
/// <param name="AtOnePerMille">Members found at one in a thousand; null: there are too few non-members.</param>
/// <param name="Members">The number of members attacked.</param>
/// <param name="Others">The number of non-members attacked.</param>
public sealed record MembershipAttack(Estimate Auc, TruePositives? AtOnePercent, TruePositives? AtOnePerMille, int Members, int Others)
{
    /// <summary>The 95 % interval of <see cref="Auc"/> for one attacked network, within [0, 1]. Its width is positive even if every member
    /// is found: three of three prove less than three hundred.</summary>
    /// <remarks>Source: Newcombe 2006 (Statistics in Medicine 25, 559), method 5: the areas whose own error, after Hanley and McNeil,
    /// reaches the observed area.</remarks>
    public (double Low, double High) Interval()
    {
        return double.IsNaN(Auc.Value) ? (0, 1) : (End(0), End(1));

        double End(double outside)
        {
            var (inside, far) = (Auc.Value, outside);
            for (var i = 0; i < 60; i++)
            {
                var middle = (inside + far) / 2;
                (inside, far) = Math.Abs(Auc.Value - middle) <= 1.96 * Error(middle) ? (middle, far) : (inside, middle);
            }

            return inside;
        }
    }

    private double Error(double area)
    {
        var pairs = ((Members + Others) / 2.0) - 1;
        var shared = ((1 - area) / (2 - area)) + (area / (1 + area));
        return Math.Sqrt(area * (1 - area) * (1 + (pairs * shared)) / ((double)Members * Others));
    }

    /// <summary>Attacks on several networks as one: rates are over all pairs of a network and an example, the AUC is the mean over networks
    /// with members and non-members.</summary>
    /// <param name="networks">The scores of each network's members and non-members; either may be empty.</param>
    /// <returns>The AUC's error is that over networks, or, of one network, its own; null if no network has both.</returns>
    internal static MembershipAttack? Pooled(IReadOnlyList<(IReadOnlyList<double> Members, IReadOnlyList<double> Others)> networks)
    {
        Estimate[] areas =
        [
            .. networks.Where(one => one.Members.Count > 0 && one.Others.Count > 0).Select(one => Of(one.Members, one.Others).Auc),
        ];
        return areas.Length == 0
            ? null
            : Of([.. networks.SelectMany(one => one.Members)], [.. networks.SelectMany(one => one.Others)]) with
            {
                Auc = areas is [var single] ? single : Estimate.Mean([.. areas.Select(area => area.Value)]),
            };
    }

    /// <summary>Compares the scores of members and non-members.</summary>
    /// <param name="members">Scores of examples trained on; a high score suggests a member.</param>
    /// <param name="others">Scores of similar examples that were not trained on.</param>
    /// <returns>The attack's success; the area is NaN if one side is empty.</returns>
    public static MembershipAttack Of(IReadOnlyList<double> members, IReadOnlyList<double> others) =>
        new(
            RankQuality.Auroc([.. members, .. others], [.. members.Select(_ => true), .. others.Select(_ => false)]),
            TruePositives.Of(members, others, 0.01),
            TruePositives.Of(members, others, 0.001),
            members.Count,
            others.Count
        );
}
