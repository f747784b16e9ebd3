using Rote.Audits;
using Rote.Audits.Members;
using Rote.Audits.Scoring;

namespace Rote.Reports.Audits;

/// <summary>An audit in sentences.</summary>
public static class AuditWords
{
    /// <summary>The number of suspects that the first sentence covers.</summary>
    private const int Looked = 200;

    /// <summary>With fewer members than this, some examples are out-of-bag for none of them.</summary>
    private const int FewestMembers = 4;

    /// <summary>Below this agreement, networks are too weak for their numbers to be taken as counts. On 1,500 photos of five classes they
    /// agreed with 68 % of the labels, and half of what they called wrong was right.</summary>
    private const double WeakAgreement = 0.9;

    /// <summary>A lower bound below this counts as no bound.</summary>
    internal const double Visible = 0.0005;

    /// <summary>Networks are not weak if the labels they agree with and those called wrong reach this share of all labels.</summary>
    private const double Explained = 0.97;

    /// <summary>The first sentences of the page and of the terminal: how many labels are wrong, how far networks agree with them, and what
    /// was found.</summary>
    public static IReadOnlyList<string> Summary(AuditResult result) =>
        [
            Count(result),
            Agreement(result),
            !result.Wrong.IsTold
                ? $"{Part(result, Verdict.Rule)} are predicted as labelled by networks that were not trained on them; the others are "
                    + $"called ambiguous."
                : $"{Part(result, Verdict.Rule)} are learned by rule; {Part(result, Verdict.RareButRight)} are known by rote only and "
                    + $"nothing says that their label is wrong: keep them; {Part(result, Verdict.Ambiguous)} are ambiguous, "
                    + $"{Part(result, Verdict.ProbablyWrong)} probably wrong.",
            Found(result),
        ];

    /// <summary>The warnings that a reader must not miss.</summary>
    public static IReadOnlyList<string> Notes(AuditResult result)
    {
        var notes = new List<string>();
        if (result.Members < FewestMembers)
        {
            notes.Add(
                $"This rests on {Numbers.Count(result.Members, "network")}: not every example was out-of-bag once, and every number is "
                    + $"noisier than it looks. Give a larger --budget, or more --members."
            );
        }

        if (!result.Wrong.IsTold)
        {
            notes.Add(
                $"Of what they were not trained on these networks predict {Numbers.PercentWithError(result.OutOfBagAccuracy)} as "
                    + $"labelled, and an estimate from them says that more than half of the labels are wrong. What is wrong, the labels "
                    + $"or the networks, looks the same from here. "
                    + "A better --network, more --epochs, a larger --budget, more examples or embeddings of a trained model help."
            );
        }
        else if (result.Wrong.MayBeHidden)
        {
            notes.Add(
                $"These vectors may know the labels: networks predict {Numbers.PercentWithError(result.OutOfBagAccuracy)} as labelled of "
                    + $"what they were not trained on. Vectors of a model that was trained on these very labels look like this however "
                    + $"many are wrong, "
                    + "because it puts an example where its label says; so do clean classes that lie far apart, and the two cannot be "
                    + "told apart. Audit vectors of a model that never saw these labels, or the examples themselves."
            );
        }
        else if (AreWeak(result))
        {
            notes.Add(
                $"These networks cannot count the wrong labels of this data: of what they were not trained on they predict "
                    + $"{Numbers.PercentWithError(result.OutOfBagAccuracy)} as labelled, and "
                    + $"{Numbers.Share((double)result.Count(Verdict.ProbablyWrong) / result.Examples.Count)} of the labels are "
                    + "called wrong. For the rest either the networks are too weak, or labels are wrong in ways that planted ones do not "
                    + "show; the two look the same. "
                    + "The ranking is worth looking at; numbers and verdicts are doubtful. "
                    + "A better --network, more examples or embeddings of a trained model help."
            );
        }

        if (result.Canaries.Any(c => c.Planted < 20))
        {
            notes.Add(
                "There are fewer than 20 canaries of a kind that were planted: what they say of precision and recall is hardly more than "
                    + "a guess."
            );
        }

        return notes;
    }

    /// <summary>Whether the networks cannot count the wrong labels of this data. They disagree with more labels than are called wrong, and
    /// nothing shows that they disagree at the same rate where they are sure. Both weak networks and labels that follow a rule look like
    /// this.</summary>
    /// <param name="result">The audit.</param>
    /// <returns>False also where no estimate is given.</returns>
    public static bool AreWeak(AuditResult result) =>
        result.Wrong is { IsTold: true, IsLevel: false, Apart: null }
        && result.OutOfBagAccuracy.Value + ((double)result.Count(Verdict.ProbablyWrong) / result.Examples.Count) < Explained;

    /// <summary>Says in a few words which examples to look at.</summary>
    public static string ToLookAt(AuditResult result) =>
        (result.Count(Verdict.ProbablyWrong), result.Count(Verdict.Ambiguous)) switch
        {
            _ when !result.Wrong.IsTold => "No label is called wrong; the list is in the order of suspicion.",
            (0, 0) => "No label is called wrong or ambiguous; the list is in the order of suspicion.",
            (0, var unclear) => $"No label is called wrong; {Unclear(unclear)}.",
            (var wrong, 0) => $"{Numbers.Count(wrong)} to look at.",
            (var wrong, var unclear) => $"{Numbers.Count(wrong)} to look at; {Unclear(unclear)}.",
        };

    private static string Unclear(int count) => $"{Numbers.Count(count)} {(count == 1 ? "is" : "are")} ambiguous";

    private static string Count(AuditResult result)
    {
        var (count, wrong, called) = (result.Examples.Count, result.Wrong, result.Count(Verdict.ProbablyWrong));
        if (!wrong.IsTold)
        {
            return $"How many of the {Numbers.Count(count, "label")} are wrong cannot be told, and none is called wrong: either most of "
                + $"them are, or the networks learned too little of this data.";
        }

        if (wrong.MayBeHidden)
        {
            return $"{Numbers.Count(called)} of the {Numbers.Count(count, "label")} {(called == 1 ? "was" : "were")} found to be wrong. "
                + $"If these vectors come from a model that was trained on these labels, this says nothing: it has learned the wrong "
                + $"ones too. So no number of wrong labels is given.";
        }

        var first = Math.Min(Looked, count);
        var among = result.WrongAmong(first);
        if (wrong.IsAtLeast)
        {
            return $"{AtLeast(wrong, count)}; of the first {first} suspects about {among.Value:N0} ± "
                + $"{Math.Max(1, among.StandardError):N0} are wrong"
                + (
                    !MayBeMore(wrong) && wrong.Agreement is { } agreement
                        ? $". If networks and frozen features err independently of each other and of the labels, about "
                            + $"{Numbers.Share(agreement.Value)} of all labels are wrong; the probabilities rest on "
                            + (wrong.Likely < agreement.Value ? $"{Numbers.Share(wrong.Likely)}, because less is shown." : "that.")
                        : ", or more."
                );
        }

        return $"An estimated {Numbers.Share(wrong.Share)} ({Numbers.Share(wrong.Low)} to {Numbers.Share(wrong.High)}) of the "
            + $"{Numbers.Count(count, "label")} are wrong; of the first {first} suspects about {among.Value:N0} ± "
            + $"{Math.Max(1, among.StandardError):N0}."
            + OneByOne(called, wrong.Share * count);
    }

    /// <summary>Whether the numbers of suspects count only the wrong labels that are shown, so that more may be wrong. Labels that are
    /// wrong by a rule of their own look right.</summary>
    internal static bool MayBeMore(WrongLabels wrong) => wrong.IsAtLeast && !(wrong.Likely > wrong.Share && wrong.Agreement is not null);

    /// <summary>States the lower bound, and why there is no upper bound.</summary>
    private static string AtLeast(WrongLabels wrong, int count)
    {
        var labels = Numbers.Count(count, "label");
        if (wrong.Low < Visible)
        {
            return $"How many of the {labels} are wrong cannot be told: none need be, and labels that are wrong by a rule of their "
                + $"own look "
                + "right";
        }

        return $"At least {Numbers.Share(wrong.Low)} of the {labels} are wrong, and how many more cannot be told: "
            + (
                !wrong.IsLevel ? "the surest predictions do not show whether hard examples are labelled wrong more often"
                : !wrong.IsEven ? "they follow the classes, as people's errors do, and such errors hide among hard examples"
                : "there are too few to compare"
            );
    }

    /// <summary>Explains why the number of verdicts differs from the estimate, where it does.</summary>
    private static string OneByOne(int called, double estimate) =>
        Math.Abs(called - estimate) <= Math.Max(3, 0.2 * estimate) ? ""
        : called < estimate
            ? $" One by one {Numbers.Count(called)} {(called == 1 ? "is" : "are")} called wrong: the others of these about {estimate:N0} "
                + $"cannot be told from right ones."
        : $" One by one {Numbers.Count(called)} are called wrong, more than these about {estimate:N0}: some of them are right.";

    private static string Agreement(AuditResult result) =>
        $"On examples that they were not trained on, the networks agree with {Numbers.PercentWithError(result.OutOfBagAccuracy)} of "
        + $"your labels."
        + (
            result.Wrong.IsTold && result.Wrong.Apart is null && result.OutOfBagAccuracy.Value < WeakAgreement
                ? " Below about 90\u00A0% take what follows as a list to look at, not as a count."
                : ""
        );

    private static string Part(AuditResult result, Verdict verdict) =>
        $"{Numbers.Count(result.Count(verdict))} ({Numbers.Share((double)result.Count(verdict) / result.Examples.Count)})";

    private static string Found(AuditResult result)
    {
        if (result.Wrong is { IsTold: true, Share: 0 })
        {
            // Where no label is wrong, none is called wrong, not even a planted one.
            var areas = result.Canaries.Where(c => c.Planted > 0).Select(c => $"{c.Auroc.Value:0.000} ({Kind(c)})").ToArray();
            return areas.Length == 0 ? "" : $"Planted wrong labels are told from yours with an AUROC of {string.Join(" and ", areas)}.";
        }

        var kinds = result
            .Canaries.Where(c => c.Planted > 0 && !double.IsNaN(c.Found.Value))
            .Select(c => $"{Numbers.PercentWithError(c.Found)} of the {c.Planted} planted wrong labels that are {Kind(c)}")
            .ToArray();
        return kinds.Length == 0
            ? (result.Wrong.IsTold ? "No wrong label was planted." : "Suspects are ranked all the same.")
            : $"With this verdict it finds {string.Join(" and ", kinds)}.";
    }

    private static string Kind(CanaryQuality canaries) => canaries.Kind == CanaryKind.Uniform ? "uniformly drawn" : "confusable";
}
