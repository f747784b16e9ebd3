using Rote.Measurement;
using Rote.Tensors;
using static TorchSharp.torch;

namespace Rote.Features;

/// <summary>The accuracy of a linear probe on the input itself, projected to as many random directions as a layer has numbers. A layer
/// that is no better has learned nothing beyond its width.</summary>
internal sealed class ProjectionControl : IDisposable
{
    private readonly FeatureExamples _examples;
    private readonly Tensor _train;
    private readonly Tensor _test;
    private readonly Dictionary<int, Estimate> _known = [];

    /// <summary>Projects the examples.</summary>
    /// <param name="examples">The examples, which the caller owns.</param>
    /// <param name="seeds">The stream <c>features/control</c> is drawn.</param>
    public ProjectionControl(FeatureExamples examples, Seeds seeds)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        _examples = examples;
        var (train, test) = (examples.Train.Inputs.flatten(1).to(float32), examples.Test.Inputs.flatten(1).to(float32));
        using var directions = LayerPooling.Projection(train.shape[1], seeds.Stream(SeedStreams.FeatureControl)); // [D, 512]
        _train = train.mm(directions).DetachFromDisposeScope(); // [N, 512]
        _test = test.mm(directions).DetachFromDisposeScope();
    }

    /// <summary>Share of test examples that a probe of the first directions gets right.</summary>
    /// <param name="width">The number of directions, 1 to 512.</param>
    public Estimate Of(int width)
    {
        if (!_known.TryGetValue(width, out var known))
        {
            using var scope = NewDisposeScope();
            using var probe = RidgeProbe.Fit(_train.narrow(1, 0, width), _examples.Truth, _examples.Classes);
            var said = probe.Predict(_test.narrow(1, 0, width));
            known = FeatureNetwork.Agreement(said, _examples.Tested, [.. Enumerable.Range(0, said.Length)]);
            _known[width] = known;
        }

        return known;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _train.Dispose();
        _test.Dispose();
    }
}
