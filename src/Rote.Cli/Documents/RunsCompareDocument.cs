using System.ComponentModel.DataAnnotations;
using Rote.Experiments;
using Rote.Storage;

namespace Rote.Cli.Documents;

/// <summary>Runs side by side.</summary>
/// <param name="Runs">The runs, in the order given.</param>
/// <param name="Differences">The members of the experiments that differ.</param>
/// <param name="Groups">The runs by experiment without its seed.</param>
/// <param name="Difference">What the one thing does in which two groups differ; null for more or fewer groups or things, where the seed
/// may be the cause as well, or where a group has no finished run.</param>
/// <param name="Report">The page with charts, as a full path; null where none was asked for.</param>
internal sealed record RunsCompareDocument(
    IReadOnlyList<RunDocument> Runs,
    IReadOnlyList<FieldDifference> Differences,
    IReadOnlyList<SeedGroupDocument> Groups,
    GroupDifferenceDocument? Difference,
    string? Report
)
{
    /// <summary>A comparison for programs.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="report">The page's file; null for none.</param>
    public static RunsCompareDocument Of(RunComparison comparison, string? report) =>
        new(
            [.. comparison.Runs.Select(RunDocument.Of)],
            comparison.Differences,
            [.. comparison.Groups.Select(SeedGroupDocument.Of)],
            comparison.Difference is { } difference ? GroupDifferenceDocument.Of(difference) : null,
            report
        );
}

/// <summary>Runs of one experiment with different seeds.</summary>
/// <param name="Label">What is particular about them among the runs compared.</param>
/// <param name="Runs">Names of their folders, at least one.</param>
/// <param name="ErrorOf">What the standard errors are over: <c>seeds</c>, or the <c>examples</c> of one run; null without a finished
/// run.</param>
/// <param name="TrainAccuracy">Share of the training examples whose given label is predicted; null without a finished run.</param>
/// <param name="TestAccuracy">Share of the test examples whose label is predicted; null without a finished run.</param>
/// <param name="Epochs">Epochs trained; null without a finished run.</param>
internal sealed record SeedGroupDocument(
    string Label,
    IReadOnlyList<string> Runs,
    [property: AllowedValues("seeds", "examples")] string? ErrorOf,
    EstimateDocument? TrainAccuracy,
    EstimateDocument? TestAccuracy,
    EstimateDocument? Epochs
)
{
    public static SeedGroupDocument Of(SeedGroup group) =>
        new(
            group.Label,
            [.. group.Runs.Select(run => run.Name)],
            group.Seeds == 0 ? null
                : group.IsOverSeeds ? "seeds"
                : "examples",
            EstimateDocument.Of(group.Train),
            EstimateDocument.Of(group.Test),
            EstimateDocument.Of(group.Epochs)
        );
}

/// <summary>What one thing does: the second group minus the first.</summary>
/// <param name="Thing">The member or part of the experiment in which the groups differ.</param>
/// <param name="First">Label of the group that is taken away.</param>
/// <param name="Second">Label of the group that it is taken from.</param>
/// <param name="TrainAccuracy">Difference of the training accuracies, in [−1, 1].</param>
/// <param name="TestAccuracy">Difference of the test accuracies, in [−1, 1].</param>
internal sealed record GroupDifferenceDocument(
    string Thing,
    string First,
    string Second,
    EstimateDocument TrainAccuracy,
    EstimateDocument TestAccuracy
)
{
    public static GroupDifferenceDocument Of(GroupDifference difference) =>
        new(
            difference.Thing,
            difference.First.Label,
            difference.Second.Label,
            EstimateDocument.Of(difference.Train),
            EstimateDocument.Of(difference.Test)
        );
}
