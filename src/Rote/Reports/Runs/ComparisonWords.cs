using Rote.Storage;

namespace Rote.Reports.Runs;

/// <summary>The sentences of a comparison of runs.</summary>
internal static class ComparisonWords
{
    /// <summary>The effect of the one thing that differs, with its error, or why none is given. Empty where only seeds differ.</summary>
    public static string Difference(RunComparison comparison) =>
        comparison switch
        {
            { Difference: { } difference } =>
                $"{difference.Second.Label} against {difference.First.Label}: training accuracy {Numbers.Change(difference.Train)} "
                    + $"points, test accuracy {Numbers.Change(difference.Test)} points. "
                    + $"They differ by {difference.Thing} alone. {Error(difference)}",
            { Things.Count: 0 } => "",
            { Groups.Count: > 2 } => $"No difference is given: there are {comparison.Groups.Count} groups, and a difference has two.",
            { Runs.Count: 2 } when Causes(comparison) is { Length: > 1 } causes =>
                $"They differ by {string.Join(", ", causes[..^1])} and {causes[^1]}; with one run each "
                    + $"{(causes.Length == 2 ? "the two" : "these")} cannot be told apart.",
            { IsSeedMixedIn: true, Things: [var thing] } =>
                $"No difference is given: the two groups differ by seed as well as by {thing}, and one has a single run, so the two "
                    + $"cannot be told apart.",
            { Things.Count: > 1 } => $"No difference is given: the two groups differ by {comparison.Things.Count} things "
                + $"({string.Join(", ", comparison.Things)}), so it would have no single cause.",
            _ => "No difference is given: a group has no finished run.",
        };

    /// <summary>The first sentence of a page: the difference, or the mean over the seeds of one experiment; empty where there is
    /// neither.</summary>
    public static string Lead(RunComparison comparison) =>
        comparison switch
        {
            { Difference: not null } => Difference(comparison),
            { Groups: [{ IsOverSeeds: true, Train: { } train, Test: { } test } group] } =>
                $"Mean over {group.Seeds} seeds: training accuracy {Numbers.PercentWithError(train)}, test accuracy "
                    + $"{Numbers.PercentWithError(test)}. ± is the standard error over seeds.",
            _ => "",
        };

    /// <summary>The title of a page.</summary>
    public static string Title(RunComparison comparison) =>
        comparison.Things.Count == 0
            ? $"{comparison.Runs.Count} seeds of one experiment"
            : $"{comparison.Runs.Count} runs compared by "
                + $"{string.Join(", ", Causes(comparison).Take(3))}{(Causes(comparison).Length > 3 ? ", …" : "")}";

    /// <summary>Everything that may cause a difference, including the seed where it differs too.</summary>
    private static string[] Causes(RunComparison comparison) =>
        [.. comparison.IsSeedMixedIn ? ["seed"] : Array.Empty<string>(), .. comparison.Things];

    private static string Error(GroupDifference difference) =>
        (difference.First.IsOverSeeds, difference.Second.IsOverSeeds) switch
        {
            (true, true) => "± is the standard error over seeds, of both groups together.",
            (false, false) => "± is binomial, of one run each: it leaves out the spread between seeds, which may be larger.",
            _ => "± joins the standard error over seeds of one group with the binomial error of the other, which has one run: it may be "
                + "too small.",
        };
}
