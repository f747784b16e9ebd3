namespace Rote.Measurement;

/// <summary>How many members an attack finds while it takes few of the others for members.</summary>
/// <param name="FalsePositiveRate">The rate allowed, in (0, 1).</param>
/// <param name="Found">Members above the threshold.</param>
/// <param name="Members">Examples that were trained on.</param>
/// <param name="Low">Lower end of the exact 95 % interval of the true-positive rate (Clopper and Pearson).</param>
/// <param name="High">Upper end of that interval.</param>
/// <param name="FalsePositives">Others above the threshold: what the rate allows, in whole examples.</param>
/// <param name="Others">Examples that are no members.</param>
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
    /// <summary>The true-positive rate, in [0, 1]: with a rate of <see cref="FalsePositiveRate"/> an attack knows nothing.</summary>
    public double Rate => (double)Found / Members;

    /// <summary>Others that it takes to speak of a rate: one of them must be allowed.</summary>
    /// <param name="falsePositiveRate">The rate allowed.</param>
    public static int Needed(double falsePositiveRate) => (int)Math.Ceiling((1 / falsePositiveRate) - 1e-9);

    /// <summary>Counts.</summary>
    /// <param name="members">Scores of members; high is meant to be a member.</param>
    /// <param name="others">Scores of others.</param>
    /// <param name="falsePositiveRate">The rate allowed.</param>
    /// <returns>Null where there are too few others to allow one of them, or no members.</returns>
    public static TruePositives? Of(IReadOnlyList<double> members, IReadOnlyList<double> others, double falsePositiveRate)
    {
        var allowed = (int)Math.Floor((falsePositiveRate * others.Count) + 1e-9);
        if (allowed == 0 || members.Count == 0)
        {
            return null;
        }

        // The threshold is the first score that is one too many; equal scores are all on its other side.
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

/// <summary>How well it can be told from a network whether it was trained on an example.</summary>
/// <param name="Auc">The probability that a member has the higher score of a member and another example: 0.5 tells nothing, 1 everything.
/// Its error is Hanley and McNeil's, or over networks where there are several.</param>
/// <param name="AtOnePercent">At one false positive in a hundred; null: there are too few others.</param>
/// <param name="AtOnePerMille">At one in a thousand; null: there are too few others.</param>
/// <param name="Members">Members that were attacked.</param>
/// <param name="Others">Others that it was tried on.</param>
public sealed record MembershipAttack(Estimate Auc, TruePositives? AtOnePercent, TruePositives? AtOnePerMille, int Members, int Others)
{
    /// <summary>Both ends of the 95 % interval of <see cref="Auc"/> where one network was attacked, within [0, 1]. It has a width where
    /// every member is found, too: three of three say less than three hundred.</summary>
    /// <remarks>Source: Newcombe 2006 (Statistics in Medicine 25, 559), method 5: the areas whose own error, after Hanley and McNeil,
    /// reaches the one that was seen.</remarks>
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

    /// <summary>Compares scores.</summary>
    /// <param name="members">Scores of examples trained on; high is meant to be a member.</param>
    /// <param name="others">Scores of examples like them that were not trained on.</param>
    /// <returns>The area is NaN where one side is empty.</returns>
    public static MembershipAttack Of(IReadOnlyList<double> members, IReadOnlyList<double> others) =>
        new(
            RankQuality.Auroc([.. members, .. others], [.. members.Select(_ => true), .. others.Select(_ => false)]),
            TruePositives.Of(members, others, 0.01),
            TruePositives.Of(members, others, 0.001),
            members.Count,
            others.Count
        );
}
