using Rote.Audits.OwnModel;
using Rote.Audits.Scoring;

namespace Rote.Reports.Audits;

/// <summary>The sentences of an audit by the user's own model.</summary>
public static class OwnModelWords
{
    /// <summary>From this share of classes that are mostly predicted as another, a note asks whether their order is right.</summary>
    private const double ManyStrange = 0.5;

    /// <summary>Below this agreement, many of the labels counted as wrong are mistakes of the model itself.</summary>
    private const double WeakAgreement = 0.9;

    /// <summary>The first sentences of the page and of the terminal.</summary>
    /// <param name="result">The audit.</param>
    /// <returns>A few sentences each.</returns>
    public static IReadOnlyList<string> Summary(OwnModelResult result) =>
        [.. new[] { Count(result), Agreement(result), Verdicts(result), Log(result) }.Where(sentence => sentence.Length > 0)];

    /// <summary>The warnings that a reader must not miss.</summary>
    /// <param name="result">The audit.</param>
    /// <returns>A few sentences each.</returns>
    public static IReadOnlyList<string> Notes(OwnModelResult result)
    {
        var notes = new List<string>();
        if (result.Predictions is { } own)
        {
            notes.Add(
                own.MayKnowLabels
                    ? $"These probabilities may know the labels: the model agrees with "
                        + $"{Numbers.PercentWithError(own.Agreement)} of them and "
                        + $"gives them {own.MeanSelfConfidence:0.000} on average. A model that was trained on these very "
                        + $"examples looks like "
                        + "this however many labels are wrong, because it has learned the wrong ones too; so does a model of "
                        + "a clean and easy "
                        + "set, and the two cannot be told apart. Give probabilities from cross-validation, each from a model that was not "
                        + "trained on the example."
                    : "All of this holds only if each probability comes from a model that was not trained on its example "
                        + "(cross-validation, "
                        + "or a held-out part). Probabilities of a model for its own training examples hide wrong labels, "
                        + "and the count is "
                        + "then too low. Whether they do cannot be seen from them unless the model agrees with almost every label."
            );
            if (own.StrangeClasses >= ManyStrange)
            {
                notes.Add(
                    $"Of {own.StrangeClasses:P0} of the classes more than half of the examples are predicted as one and the "
                        + $"same other class: "
                        + $"are columns and rows in the order of the labels? Columns are taken as {LabelList(result.ClassNames)}."
                );
            }

            if (own.Count < result.Labels.Length)
            {
                notes.Add(
                    $"{Numbers.Count(result.Labels.Length - own.Count)} of {Numbers.Count(result.Labels.Length, "example")} have no "
                        + "prediction; nothing is said of their labels."
                );
            }
        }

        return notes;
    }

    /// <summary>Says in a few words which examples to look at.</summary>
    /// <param name="result">The audit.</param>
    /// <returns>A sentence.</returns>
    public static string ToLookAt(OwnModelResult result) =>
        !result.HasVerdicts
            ? "No label is called wrong; the list is in the order of suspicion."
            : $"{Numbers.Count(result.Count(Verdict.ProbablyWrong))} to look at; "
                + $"{Numbers.Count(result.Count(Verdict.Ambiguous))} ambiguous.";

    private static string Count(OwnModelResult result)
    {
        var labels = Numbers.Count(result.Predictions?.Count ?? result.Labels.Length, "label");
        return result.Predictions switch
        {
            null => $"How many of the {labels} are wrong cannot be told from a training log: it ranks them, and has no known errors to "
                + "compare with.",
            { MayKnowLabels: true } => $"How many of the {labels} are wrong cannot be told: the model agrees with almost all of them.",
            { IsTold: false } => $"How many of the {labels} are wrong cannot be told: confident learning takes more than half of them for "
                + "wrong. Either they are, or the model knows too little of this data, and both look the same.",
            var own =>
                $"Confident learning estimates that {Numbers.Share(own.WrongShare)} of the {labels} are wrong. It is a count without an "
                    + "interval: it takes the model's own confident mistakes for wrong labels. On clean labels it still finds some, 4 to "
                    + "10\u00A0% with good models, and of a weak model most of what that gets wrong.",
        };
    }

    private static string Agreement(OwnModelResult result) =>
        result.Predictions is { } own ? $"The model agrees with {Numbers.PercentWithError(own.Agreement)} of your labels.{Weak(own)}" : "";

    private static string Weak(OwnPredictions own) =>
        own.IsTold && own.Agreement.Value < WeakAgreement
            ? " Below about 90\u00A0% take what follows as a list to look at, not as a count."
            : "";

    private static string Verdicts(OwnModelResult result) =>
        result.HasVerdicts
            ? $"{Part(result, Verdict.Rule)} are predicted as labelled; {Part(result, Verdict.Ambiguous)} are ambiguous, "
                + $"{Part(result, Verdict.ProbablyWrong)} probably wrong: both ways of pruning take these out, and another "
                + $"class is likelier."
            : "";

    private static string Log(OwnModelResult result)
    {
        if (result.Epochs == 0)
        {
            return "";
        }

        var aum = result.Dynamics.First(m => m.Name == "aum").Values;
        var logged = aum.Count(value => !float.IsNaN(value));
        return $"In {Numbers.Count(result.Epochs, "epoch")} of training {Numbers.Count(aum.Count(value => value < 0))} of "
            + $"{Numbers.Count(logged, "example")} had another class above their label on average (area under the margin below 0)"
            + (result.Predictions is null ? "." : "; the ranking adds this to what the probabilities say.");
    }

    private static string Part(OwnModelResult result, Verdict verdict) =>
        $"{Numbers.Count(result.Count(verdict))} ({Numbers.Share((double)result.Count(verdict) / result.Labels.Length)})";

    private static string LabelList(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(8)) + (names.Count > 8 ? $" and {names.Count - 8:N0} more" : "");
}
