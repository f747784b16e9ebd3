using Rote.Evaluation;
using Rote.Experiments;
using Rote.Measurement;
using Rote.Tensors;
using static TorchSharp.torch;

namespace Rote.Features;

/// <summary>Measures one network after the other and keeps only numbers; of the subject also its layers' values for the test
/// examples, which the other networks are compared with.</summary>
internal sealed class FeatureMeter(
    FeatureExamples examples,
    Seeds seeds,
    TrainedNetwork subject,
    IReadOnlyList<FeatureNetwork> networks,
    FeatureOptions options,
    IProgress<FeatureProgress>? progress,
    CancellationToken cancel
)
{
    private const int StepsOfNetwork = 5;

    private int _done;

    private int Total =>
        (networks.Count * StepsOfNetwork) + 1 + (options.CodeLength ? 2 * LabelCoder.KnownOf(subject.Run.Summary.TrainCount).Count : 0);

    /// <summary>Measures all.</summary>
    public (IReadOnlyList<NetworkFeatures> Networks, IReadOnlyList<LayerSimilarity> Similarities) Measure()
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        Begin("a random projection of the input");
        using var control = new ProjectionControl(examples, seeds);
        var axes = AxesOf();
        var (measured, similarities) = (new List<NetworkFeatures>(), new List<LayerSimilarity>());
        LayerActivations? own = null;
        try
        {
            foreach (var network in networks)
            {
                Begin($"activations, {network.Name}");
                using var train = LayerActivations.Of(network.Module, examples.Train.Inputs, seeds, cancel: cancel);
                var test = LayerActivations.Of(network.Module, examples.Test.Inputs, seeds, cancel: cancel);
                own ??= test;
                using var passing = ReferenceEquals(own, test) ? null : test;
                var layers = new LayerMeter(examples, network, train, test, control, cancel);
                Begin($"probes and dimensions, {network.Name}");
                var features = layers.Measure();
                Begin($"similarities, {network.Name}");
                similarities.Add(Similarity(network, own, test));
                measured.Add(WithoutLayers(network, layers, features, axes));
            }
        }
        finally
        {
            own?.Dispose();
        }

        return (measured, similarities);
    }

    /// <summary>Codes of the subject's labels and of random ones; none if there are too few examples.</summary>
    public IReadOnlyList<CodeLength> Codes(Experiment experiment, RunInputs inputs)
    {
        return [.. new[] { Code(isRandom: false), Code(isRandom: true) }.OfType<CodeLength>()];

        CodeLength? Code(bool isRandom) =>
            LabelCoder.Of(
                experiment,
                inputs,
                isRandom,
                known => Begin($"a code of {(isRandom ? "random" : "the given")} labels, {known:N0} known"),
                cancel
            );
    }

    private NetworkFeatures WithoutLayers(FeatureNetwork network, LayerMeter layers, IReadOnlyList<LayerFeatures> features, Tensor? axes)
    {
        var isTrained = network.Role != NetworkRole.Untrained;
        var isWrong = network.Given.Zip(examples.Truth, (given, truth) => given != truth).ToArray();
        var (module, inputs) = (network.Module, examples.Train.Inputs);
        var isSame = network.Role is NetworkRole.Subject or NetworkRole.RandomLabels or NetworkRole.TrueLabels;
        Begin($"first layer, {network.Name}");
        var gratings = examples.ArePictures ? GratingSummary.Of(module, ShapeOf(), subject.Run.Experiment.Recipe.Precision) : null;
        var alignment = AlignmentOf(network, axes);
        Begin($"where memory sits, {network.Name}");
        return new NetworkFeatures
        {
            Role = network.Role,
            Name = network.Name,
            Run = network.Run,
            TrainAccuracy = layers.TrainAccuracy,
            TestAccuracy = layers.TestAccuracy,
            Layers = features,
            Depths = isTrained ? layers.Depths(isWrong) : [],
            Gratings = gratings,
            Alignment = alignment,
            Filters = examples.ArePictures ? FilterPicture.Of(LayerTaps.PartsOf(module)[0].Weight, ShapeOf()) : null,
            Resets = network.Start is { } start && isSame ? LayerReset.Of(module, start, inputs, network.Given, isWrong, cancel) : [],
            KnockOuts = isTrained && isSame ? KnockOut.Of(module, inputs, network.Given, isWrong, cancel) : [],
            Pruning = isTrained ? PruningSummary.Of(module, inputs, network.Given, cancel) : null,
        };
    }

    private LayerSimilarity Similarity(FeatureNetwork network, LayerActivations own, LayerActivations other) =>
        new(
            NetworkRole.Subject,
            network.Role,
            network.Name,
            [.. own.Layers.Select(layer => layer.Name)],
            [.. other.Layers.Select(layer => layer.Name)],
            [
                .. own.Layers.Select(row =>
                {
                    cancel.ThrowIfCancellationRequested();
                    return (IReadOnlyList<Estimate>)
                        [.. other.Layers.Select(column => CentredKernelAlignment.Of(row.Values, column.Values))];
                }),
            ]
        );

    private Tensor? AxesOf()
    {
        var weight = LayerTaps.PartsOf(subject.Module)[0].Weight;
        return weight.numel() / weight.shape[0] > AlignmentSummary.MostInputs ? null : AlignmentSummary.Axes(examples.Train.Inputs, weight);
    }

    private static AlignmentSummary? AlignmentOf(FeatureNetwork network, Tensor? axes)
    {
        var weight = LayerTaps.PartsOf(network.Module)[0].Weight;
        if (axes is null || weight.numel() / weight.shape[0] != axes.shape[0])
        {
            return null;
        }

        return AlignmentSummary.Of(weight, network.Start is { } start ? LayerTaps.PartsOf(start)[0].Weight : null, axes);
    }

    private Networks.TaskShape ShapeOf() => subject.Data.Seen(subject.Run.Experiment.Data);

    private void Begin(string doing)
    {
        cancel.ThrowIfCancellationRequested();
        progress?.Report(new FeatureProgress(doing, _done++, Total));
    }
}
