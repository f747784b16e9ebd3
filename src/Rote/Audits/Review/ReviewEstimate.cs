using Rote.Measurement;

namespace Rote.Audits.Review;

/// <summary>How many labels are wrong, by what reviewers have decided: what was looked at is known, and random control items say the
/// rest.</summary>
/// <remarks>
/// Control items are a random sample without replacement of all examples, in an order that nobody's decision changes. Of the examples
/// they are drawn from, those that were looked at for their suspicion are known and leave the sample; the control items among the others
/// are then a random sample of these others, so that the number of wrong labels there has an exact interval
/// (<see cref="ExactInterval"/>). The sum is an estimate without assumption about the audit, the networks or the errors, but one: that
/// reviewers are right. (It is post-stratification of a simple random sample, Cochran 1977, section 5A.9, with one stratum counted in
/// full.)
/// A control item that was shown and not decided counts as unsure. What is unsure is right at the lower end and wrong at the upper one.
/// </remarks>
public sealed record ReviewEstimate
{
    private const int MostPlanned = 1 << 24;

    /// <summary>Examples of the audit.</summary>
    public required int Examples { get; init; }

    /// <summary>Examples looked at for their suspicion and decided, unsure ones not counted.</summary>
    public required int Reviewed { get; init; }

    /// <summary>Of these, labels that are wrong.</summary>
    public required int Wrong { get; init; }

    /// <summary>Examples looked at for their suspicion of which nobody is sure.</summary>
    public required int Unsure { get; init; }

    /// <summary>Examples that nobody has looked at for their suspicion.</summary>
    public required int Rest { get; init; }

    /// <summary>Control items among these.</summary>
    public required int Controls { get; init; }

    /// <summary>Control items whose label is wrong.</summary>
    public required int ControlsWrong { get; init; }

    /// <summary>Control items of which nobody is sure, or that were passed over.</summary>
    public required int ControlsUnsure { get; init; }

    /// <summary>Share of wrong labels among what was looked at for its suspicion, in [0, 1]; NaN before the first decision.</summary>
    public double Precision => Reviewed == 0 ? double.NaN : (double)Wrong / Reviewed;

    /// <summary>Wrong labels in all; NaN before the first control item.</summary>
    public double Total
    {
        get
        {
            var sure = Controls - ControlsUnsure;
            var rest =
                Rest == 0 ? 0
                : sure == 0 ? double.NaN
                : (double)Rest * ControlsWrong / sure;
            return Wrong + (Unsure == 0 ? 0 : Unsure * (double.IsNaN(Precision) ? 0.5 : Precision)) + rest;
        }
    }

    /// <summary>The fewest wrong labels in all that agree with the control items, at 95 %.</summary>
    public int Low => Wrong + ExactInterval.Of(ControlsWrong, Controls, Rest).Low;

    /// <summary>The most.</summary>
    public int High => Wrong + Unsure + ExactInterval.Of(ControlsWrong + ControlsUnsure, Controls, Rest).High;

    /// <summary>How many more control items halve the interval, if they turn out as those so far; 0 where it has no width.</summary>
    public int ControlsToHalve
    {
        get
        {
            var share = Controls - ControlsUnsure == 0 ? 0.02 : (double)ControlsWrong / (Controls - ControlsUnsure);
            var wanted = (High - Low - Unsure) / 2.0;
            if (High - Low == Unsure)
            {
                return 0;
            }

            var (from, to) = (Controls, Rest);
            while (from < to)
            {
                var middle = from + ((to - from) / 2);
                var (low, high) = ExactInterval.Of((int)Math.Round(share * middle), middle, Rest);
                (from, to) = high - low <= wanted ? (from, middle) : (middle + 1, to);
            }

            return Math.Min(MostPlanned, from - Controls);
        }
    }

    /// <summary>Estimates.</summary>
    /// <param name="set">The audit.</param>
    /// <param name="queue">The order that its examples are looked at in, with whatever share of control items.</param>
    /// <param name="log">The decisions.</param>
    /// <param name="disagreement">What disagreement becomes.</param>
    /// <returns>Counts, and what follows from them.</returns>
    public static ReviewEstimate Of(ReviewSet set, ReviewQueue queue, DecisionLog log, Disagreement disagreement = Disagreement.Majority)
    {
        var (shown, decisions) = (log.Controls, log.All());
        var consensus = decisions.ToDictionary(d => d.Key, d => Consensus.Of(d, disagreement));
        var isKnown = Known(set, decisions);
        var known = consensus.Where(c => isKnown[c.Key]).Select(c => c.Value).ToArray();

        // All that came before the last one that was shown was shown too, or had been looked at already.
        var last = Array.FindLastIndex(queue.ControlOrder, shown.Contains);
        var sample = queue.ControlOrder.Take(last + 1).Where(id => !isKnown[id]).Select(id => consensus.GetValueOrDefault(id)).ToArray();
        return new ReviewEstimate
        {
            Examples = set.Examples.Count,
            Reviewed = known.Count(c => c.Choice != ReviewChoice.Unsure),
            Wrong = known.Count(c => c.IsWrong),
            Unsure = known.Count(c => c.Choice == ReviewChoice.Unsure),
            Rest = set.Examples.Count - known.Length,
            Controls = sample.Length,
            ControlsWrong = sample.Count(c => c is { IsWrong: true }),
            ControlsUnsure = sample.Count(c => c is null || c.Choice is ReviewChoice.Unsure or ReviewChoice.None),
        };
    }

    /// <summary>Which examples were looked at for their suspicion; also a control item that would have been by now, had it not come as one:
    /// else the sample of the others would lack the suspicious ones among them.</summary>
    /// <remarks>It would have been if the next example by suspicion that is no decided control item was. Whoever jumps far down the list
    /// has not looked at what lies between, and its control items still speak for it.</remarks>
    private static bool[] Known(ReviewSet set, ILookup<int, ReviewDecision> decisions)
    {
        var isKnown = new bool[set.Examples.Count];
        var isNextKnown = false;
        foreach (var id in set.BySuspicion.Reverse())
        {
            if (!decisions.Contains(id) || decisions[id].Any(d => !d.Control))
            {
                isNextKnown = decisions.Contains(id);
            }

            isKnown[id] = isNextKnown && decisions.Contains(id);
        }

        return isKnown;
    }
}
