using System.Text.Json.Serialization;
using Rote.Measurement;

namespace Rote.Features;

/// <summary>Everything that <c>rote features</c> measures, of the subject and of the networks beside it.</summary>
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

    /// <summary>The number of training examples that were measured.</summary>
    public required int TrainExamples { get; init; }

    /// <summary>The number of test examples that were measured.</summary>
    public required int TestExamples { get; init; }

    /// <summary>The number of these training examples with a wrong label in the subject's run.</summary>
    public required int WrongLabels { get; init; }

    /// <summary>Number of classes.</summary>
    public required int Classes { get; init; }

    /// <summary>The networks, the subject first.</summary>
    public required IReadOnlyList<NetworkFeatures> Networks { get; init; }

    /// <summary>The similarity of the layers of two networks; the subject with itself comes first.</summary>
    public required IReadOnlyList<LayerSimilarity> Similarities { get; init; }

    /// <summary>The code length of the subject's labels and of random ones; empty if it was not requested.</summary>
    public IReadOnlyList<CodeLength> CodeLengths { get; init; } = [];

    /// <summary>Notes, one sentence each: what was not measured and why, and what a reader should know.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>The network with a role; null if there is none.</summary>
    /// <param name="role">The role.</param>
    public NetworkFeatures? Of(NetworkRole role) => Networks.FirstOrDefault(network => network.Role == role);

    /// <summary>The similarity of two networks' layers; null if it was not measured.</summary>
    /// <param name="first">A role.</param>
    /// <param name="second">Another, or the same.</param>
    public LayerSimilarity? Between(NetworkRole first, NetworkRole second) =>
        Similarities.FirstOrDefault(similarity => similarity.First == first && similarity.Second == second);
}

/// <summary>One network's features.</summary>
public sealed record NetworkFeatures
{
    /// <summary>Its role among the networks.</summary>
    public required NetworkRole Role { get; init; }

    /// <summary>Its name, as "this network".</summary>
    public required string Name { get; init; }

    /// <summary>Its run's folder name.</summary>
    public required string Run { get; init; }

    /// <summary>Share of the training examples whose given label it predicts.</summary>
    public required Estimate TrainAccuracy { get; init; }

    /// <summary>Share of the test examples whose label it predicts.</summary>
    public required Estimate TestAccuracy { get; init; }

    /// <summary>The input, then the layers of the network.</summary>
    public required IReadOnlyList<LayerFeatures> Layers { get; init; }

    /// <summary>Prediction depths by kind of example; empty for an untrained network.</summary>
    public required IReadOnlyList<DepthGroup> Depths { get; init; }

    /// <summary>How its first layer responds to gratings; null if that has no meaning.</summary>
    public GratingSummary? Gratings { get; init; }

    /// <summary>The filters of its first layer; null if they are not pictures. The page shows them; the file does not have them.</summary>
    [JsonIgnore]
    public FilterPicture? Filters { get; init; }

    /// <summary>The alignment of its first layer with the data's covariance; null if that was not measured.</summary>
    public AlignmentSummary? Alignment { get; init; }

    /// <summary>The cost of resetting each layer to its start; empty for an untrained network.</summary>
    public IReadOnlyList<LayerReset> Resets { get; init; } = [];

    /// <summary>How many channels hold an example's label; empty if that was not measured.</summary>
    public IReadOnlyList<KnockOut> KnockOuts { get; init; } = [];

    /// <summary>How much of the weights can be pruned; null for an untrained network.</summary>
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

    /// <summary>Numbers per example after pooling.</summary>
    public required int Width { get; init; }

    /// <summary>Share of test examples that a linear probe, fitted to true labels of training examples, gets right.</summary>
    public required Estimate TrueLabels { get; init; }

    /// <summary>The same for a random projection of the input to as many directions: what the width alone gives.</summary>
    public required Estimate Projection { get; init; }

    /// <summary>Share of training examples whose given label is predicted by a probe fitted to the given labels of the other half: the
    /// network was trained on both halves, the probe on one.</summary>
    public required Estimate GivenLabels { get; init; }

    /// <summary>The same over the examples with a wrong label only; NaN if there are none.</summary>
    public required Estimate WrongLabels { get; init; }

    /// <summary>The intrinsic dimension on test examples.</summary>
    public required IntrinsicDimension Dimension { get; init; }
}

/// <summary>Prediction depths of one kind of example.</summary>
/// <param name="Kind">The kind of examples.</param>
/// <param name="Mean">The mean depth, in layers.</param>
/// <param name="Counts">[L + 1] examples of depth 0 to L.</param>
/// <param name="Right">[L + 1] for how many of them the network predicts the given label.</param>
public sealed record DepthGroup(DepthKind Kind, Estimate Mean, IReadOnlyList<int> Counts, IReadOnlyList<int> Right);

/// <summary>The kinds of examples that have prediction depths.</summary>
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
/// <param name="SecondName">The name of the other network.</param>
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
