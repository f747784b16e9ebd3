using Rote.Measurement;
using Rote.Studies;
using Rote.Training;

namespace Rote.Cli.Documents;

/// <summary>The same network on data with and without a rule.</summary>
/// <param name="Data">The data's name.</param>
/// <param name="Substitution">Why it is not the data asked for, in one sentence; null if it is.</param>
/// <param name="Network">The network in words, as "MLP 1×512".</param>
/// <param name="Parameters">Its number of trainable parameters.</param>
/// <param name="Report">The page with pictures.</param>
/// <param name="Variants">The networks, the one on true labels first.</param>
/// <param name="Rule">The network that learns by rote first, then by rule; null where it was left out.</param>
internal sealed record QuickstartDocument(
    string Data,
    string? Substitution,
    string Network,
    long Parameters,
    string Report,
    IReadOnlyList<VariantDocument> Variants,
    RuleDocument? Rule
)
{
    /// <summary>A quickstart for programs.</summary>
    /// <param name="result">What it found.</param>
    /// <param name="report">The page's file.</param>
    public static QuickstartDocument Of(QuickstartResult result, string report) =>
        new(
            result.Data,
            result.Substitution,
            result.Network,
            result.Parameters,
            report,
            [.. result.Variants.Select(VariantDocument.Of)],
            result.Rule is { } course ? RuleDocument.Of(course) : null
        );
}

/// <summary>The network on one kind of data.</summary>
/// <param name="Id">Which kind: <c>true-labels</c>, <c>random-labels</c>, <c>shuffled-pixels</c>, <c>random-pixels</c>,
/// <c>gaussian-pixels</c>.</param>
/// <param name="TrainAccuracy">Share of the training examples whose given label is predicted.</param>
/// <param name="TestAccuracy">Share of the test examples whose true label is predicted.</param>
/// <param name="EpochsToFit">Epochs until the training examples were fitted; null if they never were.</param>
/// <param name="SecondsToFit">Wall seconds of training and evaluation until then; null if they never were.</param>
/// <param name="EpochsRelativeToTrueLabels">Epochs to fit over those for true labels; null if either never fitted.</param>
/// <param name="RunFolder">The run's folder.</param>
internal sealed record VariantDocument(
    string Id,
    Estimate TrainAccuracy,
    Estimate TestAccuracy,
    int? EpochsToFit,
    double? SecondsToFit,
    double? EpochsRelativeToTrueLabels,
    string RunFolder
)
{
    public static VariantDocument Of(VariantResult variant) =>
        new(
            variant.Id,
            variant.TrainAccuracy,
            variant.TestAccuracy,
            variant.EpochsToFit,
            variant.SecondsToFit,
            variant.EpochsRelativeToTrueLabels,
            variant.RunFolder
        );
}

/// <summary>The course of a network on modular addition that learns by rote first, then by rule.</summary>
/// <param name="Modulus">The labels are sums modulo it.</param>
/// <param name="TrainCount">Pairs that are trained on, planted wrong sums among them.</param>
/// <param name="TestCount">Pairs that are never seen.</param>
/// <param name="Canaries">Pairs with a wrong sum that are watched.</param>
/// <param name="AtMostRote">The epoch with the highest memorization.</param>
/// <param name="AtTheEnd">The last epoch.</param>
/// <param name="IsWhole">Whether the run shows the whole course: rote without a rule, then a rule, and less rote than before.</param>
/// <param name="RunFolder">The run's folder.</param>
internal sealed record RuleDocument(
    int Modulus,
    int TrainCount,
    int TestCount,
    int Canaries,
    EpochMetrics AtMostRote,
    EpochMetrics AtTheEnd,
    bool IsWhole,
    string RunFolder
)
{
    public static RuleDocument Of(RuleCourse course) =>
        new(
            course.Modulus,
            course.TrainCount,
            course.TestCount,
            course.Canaries,
            course.AtMostRote,
            course.AtTheEnd,
            course.IsWhole,
            course.RunFolder
        );
}
