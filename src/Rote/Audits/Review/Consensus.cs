namespace Rote.Audits.Review;

/// <summary>What becomes of an example on which reviewers disagree.</summary>
public enum Disagreement
{
    /// <summary>The majority decides; where there is none, it is unsure.</summary>
    Majority,

    /// <summary>It is unsure.</summary>
    Unsure,
}

/// <summary>The joint decision of an example's reviewers.</summary>
/// <param name="Choice">Their decision; <see cref="ReviewChoice.None"/> where nobody made one.</param>
/// <param name="NewLabel">The right class, for <see cref="ReviewChoice.Change"/>.</param>
/// <param name="Reviewers">Those who decided, in ordinal order.</param>
/// <param name="IsDisputed">Whether two reviewers who were sure disagree.</param>
public sealed record Consensus(ReviewChoice Choice, string? NewLabel, IReadOnlyList<string> Reviewers, bool IsDisputed)
{
    private static readonly Consensus Nothing = new(ReviewChoice.None, null, [], false);

    /// <summary>Whether the label is known to be wrong.</summary>
    public bool IsWrong => Choice is ReviewChoice.Change or ReviewChoice.Drop;

    /// <summary>Brings decisions on one example together.</summary>
    /// <param name="decisions">The last one of each reviewer.</param>
    /// <param name="disagreement">What disagreement becomes.</param>
    /// <returns>Who is unsure has no vote where others are sure.</returns>
    public static Consensus Of(IEnumerable<ReviewDecision> decisions, Disagreement disagreement = Disagreement.Majority)
    {
        var all = decisions.Where(d => d.Decision != ReviewChoice.None).ToArray();
        if (all.Length == 0)
        {
            return Nothing;
        }

        string[] reviewers = [.. all.Select(d => d.Reviewer).Order(StringComparer.Ordinal)];
        var votes = all.Where(d => d.Decision != ReviewChoice.Unsure)
            .GroupBy(d => (d.Decision, d.NewLabel))
            .Select(g => (g.Key, Count: g.Count()))
            .OrderByDescending(g => g.Count)
            .ToArray();
        var isDisputed = votes.Length > 1;
        var isTie = isDisputed && votes[0].Count == votes[1].Count;
        return votes.Length == 0 || isTie || (isDisputed && disagreement == Disagreement.Unsure)
            ? new Consensus(ReviewChoice.Unsure, null, reviewers, isDisputed)
            : new Consensus(votes[0].Key.Decision, votes[0].Key.NewLabel, reviewers, isDisputed);
    }
}
