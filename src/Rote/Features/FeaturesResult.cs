using System.Text.Json.Serialization;
using Rote.Measurement;

namespace Rote.Features;

/// <summary>What a network has become: everything that <c>rote features</c> measures, of it and of those beside it.</summary>
public sealed record FeaturesResult
{
    /// <summary>The subject's run: its folder's name.</summary>
    public required string Run { get; init; }

    /// <summary>The network in words, as "MLP 1×512".</summary>
    public required string Network { get; init; }

    /// <summary>The data's name.</summary>
    public required string Data { get; init; }

    /// <summary>The identity of the subject's experiment.</summary>
    public required string Experiment { get; init; }

    /// <summary>SHA-256 of its weights.</summary>
    public required string WeightsSha256 { get; init; }

    /// <summary>Training examples that were looked at.</summary>
    public required int TrainExamples { get; init; }

    /// <summary>Test examples that were looked at.</summary>
    public required int TestExamples { get; init; }

    /// <summary>How many of the training examples have a wrong label in the subject's run.</summary>
    public required int WrongLabels { get; init; }

    /// <summary>Number of classes.</summary>
    public required int Classes { get; init; }

    /// <summary>The networks, the subject first.</summary>
    public required IReadOnlyList<NetworkFeatures> Networks { get; init; }

    /// <summary>How similar the layers of two networks are, the subject's with its own first.</summary>
    public required IReadOnlyList<LayerSimilarity> Similarities { get; init; }

    /// <summary>The code length of the subject's labels and of random ones; empty where it was not asked for.</summary>
    public IReadOnlyList<CodeLength> CodeLengths { get; init; } = [];

    /// <summary>What was not measured and why, and what a reader should know; one sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>The network of a role; null where there is none.</summary>
    /// <param name="role">The role.</param>
    public NetworkFeatures? Of(NetworkRole role) => Networks.FirstOrDefault(network => network.Role == role);

    /// <summary>The similarity of two networks' layers; null where it was not measured.</summary>
    /// <param name="first">A role.</param>
    /// <param name="second">Another, or the same.</param>
    public LayerSimilarity? Between(NetworkRole first, NetworkRole second) =>
        Similarities.FirstOrDefault(similarity => similarity.First == first && similarity.Second == second);
}

/// <summary>One network's features.</summary>
public sealed record NetworkFeatures
{
    /// <summary>What it is beside the others.</summary>
    public required NetworkRole Role { get; init; }

    /// <summary>What it is called, as "this network".</summary>
    public required string Name { get; init; }

    /// <summary>Its run's folder name.</summary>
    public required string Run { get; init; }

    /// <summary>Share of the training examples whose given label it predicts.</summary>
    public required Estimate TrainAccuracy { get; init; }

    /// <summary>Share of the test examples whose label it predicts.</summary>
    public required Estimate TestAccuracy { get; init; }

    /// <summary>The input, then its layers.</summary>
    public required IReadOnlyList<LayerFeatures> Layers { get; init; }

    /// <summary>Prediction depths by kind of example; empty for an untrained network.</summary>
    public required IReadOnlyList<DepthGroup> Depths { get; init; }

    /// <summary>What its first layer sees in gratings; null where that has no meaning.</summary>
    public GratingSummary? Gratings { get; init; }

    /// <summary>The filters of its first layer; null where they are no pictures. They stand on the page and not in the file.</summary>
    [JsonIgnore]
    public FilterPicture? Filters { get; init; }

    /// <summary>How its first layer lies to the data's covariance; null where that was not measured.</summary>
    public AlignmentSummary? Alignment { get; init; }

    /// <summary>What each layer put back to its start costs; empty for an untrained network.</summary>
    public IReadOnlyList<LayerReset> Resets { get; init; } = [];

    /// <summary>How many channels hold an example's label; empty where that was not measured.</summary>
    public IReadOnlyList<KnockOut> KnockOuts { get; init; } = [];

    /// <summary>What can be cut; null for an untrained network.</summary>
    public PruningSummary? Pruning { get; init; }
}

/// <summary>One layer's features.</summary>
public sealed record LayerFeatures
{
    /// <summary>The layer's path in the network's module; <c>input</c> for what enters the first.</summary>
    public required string Name { get; init; }

    /// <summary>Sizes of its values for one example.</summary>
    public required IReadOnlyList<long> Shape { get; init; }

    /// <summary>How they were pooled.</summary>
    public required string Pooling { get; init; }

    /// <summary>Numbers an example after pooling.</summary>
    public required int Width { get; init; }

    /// <summary>Share of test examples that a linear probe, fitted to true labels of training examples, gets right.</summary>
    public required Estimate TrueLabels { get; init; }

    /// <summary>The same of a random projection of the input on as many directions: what the width alone gives.</summary>
    public required Estimate Projection { get; init; }

    /// <summary>Share of training examples whose given label a probe says that was fitted to the given labels of the other half: the
    /// network was trained on both halves, the probe on one.</summary>
    public required Estimate GivenLabels { get; init; }

    /// <summary>The same over the examples whose label is wrong alone; NaN where there are none.</summary>
    public required Estimate WrongLabels { get; init; }

    /// <summary>The intrinsic dimension on test examples.</summary>
    public required IntrinsicDimension Dimension { get; init; }
}

/// <summary>Prediction depths of one kind of example.</summary>
/// <param name="Kind">Of which examples.</param>
/// <param name="Mean">The mean depth, in layers.</param>
/// <param name="Counts">[L + 1] examples of depth 0 to L.</param>
/// <param name="Right">[L + 1] how many of them the network says the given label of.</param>
public sealed record DepthGroup(DepthKind Kind, Estimate Mean, IReadOnlyList<int> Counts, IReadOnlyList<int> Right);

/// <summary>Of which examples prediction depths are.</summary>
public enum DepthKind
{
    /// <summary>Training examples with their true label.</summary>
    Clean,

    /// <summary>Training examples with a wrong one.</summary>
    Wrong,

    /// <summary>Test examples.</summary>
    Test,
}

/// <summary>CKA between all layers of two networks, on test examples.</summary>
/// <param name="First">The role of one network: rows.</param>
/// <param name="Second">The role of the other, or the same: columns.</param>
/// <param name="SecondName">What the other is called.</param>
/// <param name="Rows">Names of the first network's layers.</param>
/// <param name="Columns">Names of the second's.</param>
/// <param name="Values">[rows][columns] CKA of two layers, in [0, 1].</param>
public sealed record LayerSimilarity(
    NetworkRole First,
    NetworkRole Second,
    string SecondName,
    IReadOnlyList<string> Rows,
    IReadOnlyList<string> Columns,
    IReadOnlyList<IReadOnlyList<Estimate>> Values
);
