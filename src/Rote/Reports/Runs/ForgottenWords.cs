using Rote.Measurement;
using Rote.Storage;

namespace Rote.Reports.Runs;

/// <summary>Says in words what forgetting changed; for the terminal and for a run's page.</summary>
public static class ForgottenWords
{
    /// <summary>Returns the facts as names and values.</summary>
    /// <param name="forgotten">The measurement.</param>
    public static IReadOnlyList<(string Name, string Value)> Facts(ForgottenExamples forgotten)
    {
        var unseen = forgotten.IsHeldOut ? "examples held out" : "test examples";
        return
        [
            ("Attack before", $"{Attack(forgotten.Before)}, against {Numbers.Count(forgotten.Before.Others)} {unseen}"),
            ("Attack after", $"{Attack(forgotten.After)}; AUC 0.5 tells nothing"),
            (
                "Their labels",
                $"{Numbers.Count(forgotten.GivenLabel.Before)} of {Numbers.Count(forgotten.Examples)} predicted before, "
                    + $"{Numbers.Count(forgotten.GivenLabel.After)} after"
            ),
            (
                "The rest",
                $"{Numbers.PercentWithError(forgotten.Agreement())} of {Numbers.Count(forgotten.Others, "other training example")} "
                    + $"predicted as before; their given label {Change(forgotten.Rest, forgotten.Others)}"
            ),
            .. forgotten.HeldOut is { } heldOut ? new[] { ("Held out", Change(heldOut, forgotten.HeldOutCount!.Value)) } : [],
            ("Test", Change(forgotten.Test, forgotten.TestCount)),
            .. forgotten.Retrained is { } gold ? Retrained(forgotten, gold) : [],
            ("Guarantee", Guarantee(forgotten.Retrained is not null)),
        ];
    }

    /// <summary>Sums up the result in one or two sentences.</summary>
    /// <param name="forgotten">The measurement.</param>
    public static string Of(ForgottenExamples forgotten) =>
        $"{Numbers.Count(forgotten.Examples, "example")} {Verdict(forgotten.After)} {Numbers.Count(forgotten.Epochs, "epoch")}: an attack "
        + $"that tells them from examples never trained on had AUC {Area(forgotten.Before)} before and has {Area(forgotten.After)} now "
        + $"(0.5 tells nothing).{Stands(forgotten.After)}";

    private static string Verdict(MembershipAttack after) => after.Interval().Low > 0.5 ? "not forgotten after" : "forgotten in";

    /// <summary>What an interval without 0.5 says.</summary>
    private static string Stands(MembershipAttack after)
    {
        var (low, high) = after.Interval();
        return low > 0.5 ? " The attack still finds them."
            : high < 0.5 ? " The network is less sure of them than of examples never trained on, and that gives them away too."
            : "";
    }

    private static (string Name, string Value)[] Retrained(ForgottenExamples forgotten, RetrainedComparison gold) =>
        [
            (
                "Retrained without",
                $"{Attack(gold.Attack)}; predicts {Numbers.Count(gold.GivenLabel)} of their labels, and "
                    + $"{Numbers.PercentWithError(Estimate.Share(gold.Test, forgotten.TestCount))} of the test examples right"
            ),
            (
                "Agrees with it",
                $"on the test {Change(gold.SameTest, forgotten.TestCount)}; on the examples to forget "
                    + Change(gold.SameForgotten, forgotten.Examples)
            ),
        ];

    private static string Guarantee(bool isCompared) =>
        "none: this is approximate unlearning, measured by one attack; another may find more. "
        + (
            isCompared
                ? "Retraining without the examples is the gold standard."
                : "Retraining without the examples is the gold standard, not made here."
        );

    private static string Change(Change change, int count) =>
        $"{Numbers.PercentWithError(Estimate.Share(change.Before, count))} before, "
        + $"{Numbers.PercentWithError(Estimate.Share(change.After, count))} after";

    private static string Area(MembershipAttack attack)
    {
        var (low, high) = attack.Interval();
        return $"{attack.Auc.Value:F3} ({low:F3} to {high:F3})";
    }

    private static string Attack(MembershipAttack attack) =>
        $"AUC {Area(attack)}; "
        + (
            attack.AtOnePercent is { } at
                ? $"at 1 % false positives it finds {100 * at.Rate:F1} % ({100 * at.Low:F1} to {100 * at.High:F1})"
                : $"a rate at 1 % false positives takes {TruePositives.Needed(0.01)} examples never trained on, here are {attack.Others}"
        );
}
