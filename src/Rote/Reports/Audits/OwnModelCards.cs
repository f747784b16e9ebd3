using System.Globalization;
using Rote.Audits.OwnModel;
using Rote.Audits.Scoring;

namespace Rote.Reports.Audits;

/// <summary>The first suspects of an audit by a model of the user's own, as cards.</summary>
internal static class OwnModelCards
{
    /// <summary>The examples on the cards: those of which something is to be said; where there are no verdicts, the first in the order of
    /// suspicion.</summary>
    /// <param name="result">The audit.</param>
    public static int[] Of(OwnModelResult result)
    {
        int[] open = [.. Open(result).Take(CardList.Most)];
        return open.Length > 0 ? open : [.. result.Ranking.Where(i => result.VerdictOn(i) != Verdict.KnownRight).Take(CardList.Fewest)];
    }

    /// <summary>How many of the suspects are on cards, in a sentence.</summary>
    /// <param name="result">The audit.</param>
    public static string Extent(OwnModelResult result) => CardList.Extent(Of(result).Length, Open(result).Count(), result.Labels.Length);

    /// <summary>Draws the cards and their tools.</summary>
    /// <param name="result">The audit.</param>
    /// <param name="looks">What is shown of its examples.</param>
    public static Html Draw(OwnModelResult result, ExampleLooks looks)
    {
        var measures = Measures(result);
        return new CardList(result.Rows, result.ClassNames, looks).Draw(
            result.Identity,
            [.. Of(result).Select(i => Card(result, i, measures))],
            [.. measures.Select(m => (m.Name, (Func<SuspectCard, double>)(card => m.Value(card.Example)), m.IsLargeSuspicious))]
        );
    }

    /// <summary>What the file of suspects holds.</summary>
    private static IEnumerable<int> Open(OwnModelResult result) =>
        result.Ranking.Where(i => result.VerdictOn(i) is not (Verdict.Rule or Verdict.KnownRight));

    private static SuspectCard Card(
        OwnModelResult result,
        int example,
        IReadOnlyList<(string Name, Func<int, double> Value, bool IsLargeSuspicious)> measures
    )
    {
        var verdict = result.VerdictOn(example);
        return new SuspectCard(
            example,
            result.Labels[example],
            result.Predictions?.Suggested[example] is >= 0 and var suggested ? suggested : null,
            verdict,
            verdict switch
            {
                Verdict.ProbablyWrong => "your model prefers another class, and both ways of pruning take it out",
                Verdict.Rule => "your model predicts your label",
                _ => "cannot tell; look at it",
            },
            [.. measures.Select(m => (m.Name, Number(m.Value(example))))],
            []
        );
    }

    /// <summary>The numbers that are shown of an example.</summary>
    private static List<(string Name, Func<int, double> Value, bool IsLargeSuspicious)> Measures(OwnModelResult result)
    {
        var measures = new List<(string, Func<int, double>, bool)>();
        if (result.Predictions is { } own)
        {
            measures.Add(("self-confidence", i => own.SelfConfidence[i], false));
            measures.Add(("normalized margin", i => own.NormalizedMargin[i], false));
            measures.Add(("confidence-weighted entropy", i => own.ConfidenceWeightedEntropy[i], true));
        }

        foreach (
            var (name, title, isLarge) in new[]
            {
                ("aum", "AUM", false),
                ("confidence", "confidence", false),
                ("variability", "variability", true),
                ("forgettingEvents", "forgetting events", true),
                ("firstLearned", "first learned", true),
                ("el2n", "EL2N", true),
            }
        )
        {
            if (result.Dynamics.FirstOrDefault(m => m.Name == name).Values is { } values)
            {
                measures.Add((title, i => values[i], isLarge));
            }
        }

        return measures;
    }

    private static string Number(double value) =>
        double.IsNaN(value) ? "not known"
        : double.IsInfinity(value) ? "∞"
        : value.ToString("0.00;−0.00;0.00", CultureInfo.InvariantCulture);
}
