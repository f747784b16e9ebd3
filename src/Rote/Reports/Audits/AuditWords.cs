using Rote.Audits;
using Rote.Audits.Members;
using Rote.Audits.Scoring;

namespace Rote.Reports.Audits;

/// <summary>An audit in sentences.</summary>
internal static class AuditWords
{
    /// <summary>Suspects of whom the first sentence speaks.</summary>
    private const int Looked = 200;

    /// <summary>Below so many members some examples were left out by none.</summary>
    private const int FewestMembers = 4;

    /// <summary>The three sentences that the page and the terminal begin with.</summary>
    public static IReadOnlyList<string> Summary(AuditResult result)
    {
        var (count, wrong) = (result.Examples.Count, result.Wrong);
        var first = Math.Min(Looked, count);
        var among = result.WrongAmong(first);
        return
        [
            !wrong.IsTold
                ? $"How many of the {Numbers.Count(count, "label")} are wrong cannot be told, and none is called wrong: either most of them are, or the networks learned too little of this data."
                : $"An estimated {Percent(wrong.Share)} ({Percent(wrong.Low)} to {Percent(wrong.High)}) of the {Numbers.Count(count, "label")} are wrong; of the first {first} suspects about {among.Value:N0} ± {Math.Max(1, among.StandardError):N0}.",
            !wrong.IsTold
                ? $"{Part(result, Verdict.Rule)} are predicted as labelled by networks that were not trained on them; the others are called ambiguous."
                : $"{Part(result, Verdict.Rule)} are learned by rule; {Part(result, Verdict.RareButRight)} are known by rote only and nothing says that their label is wrong: keep them; {Part(result, Verdict.Ambiguous)} are ambiguous, {Part(result, Verdict.ProbablyWrong)} probably wrong.",
            $"{Found(result)} {DuplicatesOf(result)}",
        ];
    }

    /// <summary>What a reader must not miss.</summary>
    public static IReadOnlyList<string> Notes(AuditResult result)
    {
        var notes = new List<string>();
        if (result.Members < FewestMembers)
        {
            notes.Add($"Only {Numbers.Count(result.Members, "network")} fitted into the budget: not every example was left out by one, and every number is noisier than it looks. Give a larger --budget.");
        }

        if (!result.Wrong.IsTold)
        {
            notes.Add(
                $"Of what they were not trained on these networks predict {Numbers.PercentWithError(result.OutsideAccuracy)} as labelled, and an estimate from them says that more than half of the labels are wrong. What is wrong, the labels or the networks, looks the same from here. "
                + "A better --network, more --epochs, a larger --budget, more examples or embeddings of a trained model help.");
        }
        else if (!result.Wrong.IsLevel)
        {
            notes.Add(
                $"These networks are too weak for this data to count wrong labels: they are wrong themselves where they are sure (of what they were not trained on they predict {Numbers.PercentWithError(result.OutsideAccuracy)} as labelled). "
                + "The ranking is worth looking at; the number is hardly more than an upper bound, and verdicts are as doubtful. A better --network, more examples or embeddings of a trained model help.");
        }

        if (result.Canaries.Any(c => c.Planted < 20))
        {
            notes.Add("There are fewer than 20 canaries of a kind that were planted: what they say of precision and recall is hardly more than a guess.");
        }

        return notes;
    }

    private static string Percent(double share) => $"{(100 * share).ToString("0.0")}\u00A0%";

    private static string Part(AuditResult result, Verdict verdict) => $"{Numbers.Count(result.Count(verdict))} ({Percent((double)result.Count(verdict) / result.Examples.Count)})";

    private static string Found(AuditResult result)
    {
        var kinds = result.Canaries.Where(c => c.Planted > 0 && !double.IsNaN(c.Found.Value))
            .Select(c => $"{Numbers.PercentWithError(c.Found)} of the {c.Planted} planted wrong labels that are {(c.Kind == CanaryKind.Uniform ? "uniformly drawn" : "confusable")}")
            .ToArray();
        return kinds.Length == 0
            ? (result.Wrong.IsTold ? "No wrong label was planted." : "Suspects are ranked all the same.")
            : $"With this verdict it finds {string.Join(" and ", kinds)}.";
    }

    private static string DuplicatesOf(AuditResult result)
    {
        var d = result.Duplicates;
        return $"Twins of earlier examples: {Numbers.Count(d.Exact.Count)} equal, {Numbers.Count(d.Near.Count)} nearly equal, {Numbers.Count(d.Conflicts)} of them with another label; {Numbers.Count(d.InTest.Count)} of the examples stand in the test set too.";
    }
}
