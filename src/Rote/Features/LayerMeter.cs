using Rote.Measurement;
using static TorchSharp.torch;

namespace Rote.Features;

/// <summary>Probes, dimensions and prediction depths of one network's layers.</summary>
internal sealed class LayerMeter
{
    private readonly FeatureExamples _examples;
    private readonly FeatureNetwork _network;
    private readonly LayerActivations _train;
    private readonly LayerActivations _test;
    private readonly ProjectionControl _control;
    private readonly CancellationToken _cancel;
    private readonly long[] _predictedOfTrain;
    private readonly long[] _predictedOfTest;

    public LayerMeter(
        FeatureExamples examples,
        FeatureNetwork network,
        LayerActivations train,
        LayerActivations test,
        ProjectionControl control,
        CancellationToken cancel
    )
    {
        (_examples, _network, _train, _test, _control, _cancel) = (examples, network, train, test, control, cancel);
        (_predictedOfTrain, _predictedOfTest) = (train.Predicted, test.Predicted);
    }

    /// <summary>Share of the training examples whose given label the network predicts.</summary>
    public Estimate TrainAccuracy => FeatureNetwork.Agreement(_predictedOfTrain, _network.Given, All(_predictedOfTrain.Length));

    /// <summary>Share of the test examples whose label it predicts.</summary>
    public Estimate TestAccuracy => FeatureNetwork.Agreement(_predictedOfTest, _examples.Tested, All(_predictedOfTest.Length));

    /// <summary>Measures every layer, the input first.</summary>
    public IReadOnlyList<LayerFeatures> Measure() => [.. _train.Layers.Zip(_test.Layers, Measure)];

    /// <summary>Prediction depths of clean and wrongly labelled training examples and of test examples.</summary>
    /// <param name="isWrong">[N] whether a training example's given label is wrong.</param>
    public IReadOnlyList<DepthGroup> Depths(bool[] isWrong)
    {
        using var scope = NewDisposeScope();
        var (given, classes) = (_network.Given, _examples.Classes);
        var ofTrain = _train
            .Layers.Select(layer =>
                Neighbours.Classes(layer.Values, given, classes, layer.Values, PredictionDepth.Neighbours, isSame: true, _cancel)
            )
            .ToArray();
        var ofTest = _train
            .Layers.Zip(
                _test.Layers,
                (support, asked) =>
                    Neighbours.Classes(support.Values, given, classes, asked.Values, PredictionDepth.Neighbours, isSame: false, _cancel)
            )
            .ToArray();
        var (train, test) = (PredictionDepth.Of(ofTrain, _predictedOfTrain), PredictionDepth.Of(ofTest, _predictedOfTest));
        bool[] fits = [.. _predictedOfTrain.Select((predicted, i) => predicted == given[i])];
        bool[] isRight = [.. _predictedOfTest.Select((predicted, i) => predicted == _examples.Tested[i])];
        return
        [
            .. new[]
            {
                Group(DepthKind.Clean, train, fits, All(train.Length).Where(i => !isWrong[i])),
                Group(DepthKind.Wrong, train, fits, All(train.Length).Where(i => isWrong[i])),
                Group(DepthKind.Test, test, isRight, All(test.Length)),
            }.OfType<DepthGroup>(),
        ];
    }

    private DepthGroup? Group(DepthKind kind, int[] depths, bool[] isRight, IEnumerable<int> among)
    {
        var rows = among.ToArray();
        var (counts, right) = (new int[_train.Layers.Count + 1], new int[_train.Layers.Count + 1]);
        foreach (var row in rows)
        {
            counts[depths[row]]++;
            right[depths[row]] += isRight[row] ? 1 : 0;
        }

        return rows.Length == 0 ? null : new DepthGroup(kind, Estimate.Mean([.. rows.Select(row => (double)depths[row])]), counts, right);
    }

    private LayerFeatures Measure(LayerValues train, LayerValues test)
    {
        _cancel.ThrowIfCancellationRequested();
        using var scope = NewDisposeScope();
        using var probe = RidgeProbe.Fit(train.Values, _examples.Truth, _examples.Classes);
        var predicted = CrossFitted(train.Values);
        var isWrong = All(predicted.Length).Where(i => _network.Given[i] != _examples.Truth[i]).ToArray();
        var width = (int)train.Values.shape[1];
        return new LayerFeatures
        {
            Name = train.Name,
            Shape = train.Shape,
            Pooling = train.Pooling,
            Width = width,
            TrueLabels = FeatureNetwork.Agreement(probe.Predict(test.Values), _examples.Tested, All(_predictedOfTest.Length)),
            Projection = _control.Of(width),
            GivenLabels = FeatureNetwork.Agreement(predicted, _network.Given, All(predicted.Length)),
            WrongLabels = FeatureNetwork.Agreement(predicted, _network.Given, isWrong),
            Dimension = IntrinsicDimension.Of(test.Values, _cancel),
        };
    }

    /// <summary>How well a probe, fitted to the given labels of one half, predicts those of the other half.</summary>
    private long[] CrossFitted(Tensor values)
    {
        var (count, half) = ((int)values.shape[0], (int)values.shape[0] / 2);
        using var scope = NewDisposeScope();
        var (first, second) = (values.narrow(0, 0, half), values.narrow(0, half, count - half));
        using var ofFirst = RidgeProbe.Fit(first, _network.Given[..half], _examples.Classes);
        using var ofSecond = RidgeProbe.Fit(second, _network.Given[half..], _examples.Classes);
        return [.. ofSecond.Predict(first), .. ofFirst.Predict(second)];
    }

    private static int[] All(int count) => [.. Enumerable.Range(0, count)];
}
