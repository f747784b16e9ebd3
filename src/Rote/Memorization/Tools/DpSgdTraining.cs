using Rote.Networks;
using Rote.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Memorization.Tools;

/// <summary>DP-SGD at work on an MLP.</summary>
internal sealed class DpSgdTraining : WatchedTraining
{
    private readonly DpSgd _method;
    private readonly IReadOnlyList<(Parameter Weight, Parameter Bias)> _layers; // the first layer first
    private readonly int _batchSize;
    private Tensor? _inputs; // of the step; the trainer's

    /// <param name="method">What is asked for.</param>
    /// <param name="setting">The run.</param>
    public DpSgdTraining(DpSgd method, ControlSetting setting)
        : base(setting)
    {
        (_method, _batchSize) = (method, setting.Recipe.BatchSize);
        _layers = Mlp.Layers(setting.Trained ?? throw new ArgumentException("There is no network that is trained.", nameof(setting)));
    }

    /// <inheritdoc/>
    public override Tensor Inputs(Tensor inputs, TrainingBatch batch) => _inputs = base.Inputs(inputs, batch);

    /// <inheritdoc/>
    /// <remarks>Its gradient is (Σ clipped gradients + noise) / batch size. The noise is drawn by libtorch's generator, which the trainer
    /// seeds every epoch: a resumed run draws the same.</remarks>
    public override Tensor Loss(Tensor logits, TrainingBatch batch)
    {
        var norms = Norms(_layers, _inputs!, batch.Labels);
        var kept = (_method.ClippingNorm / norms).clamp_max(1); // [B]
        var loss = (functional.cross_entropy(logits, batch.Labels, reduction: Reduction.None) * kept).sum([0L]);
        foreach (var (weight, bias) in _layers)
        {
            loss += Linear(weight) + Linear(bias);
        }

        return loss / _batchSize;

        // A term whose gradient is the noise.
        Tensor Linear(Parameter parameter) =>
            randn_like(parameter).flatten().dot(parameter.flatten()) * (_method.Noise * _method.ClippingNorm);
    }

    /// <summary>The norm of each example's gradient of the cross-entropy, over all parameters of an MLP.</summary>
    /// <param name="layers">Weights [out, in] and biases [out].</param>
    /// <param name="inputs">[B, …].</param>
    /// <param name="labels">[B] int64.</param>
    /// <returns>[B] float32, at least 10⁻⁶.</returns>
    internal static Tensor Norms(IReadOnlyList<(Parameter Weight, Parameter Bias)> layers, Tensor inputs, Tensor labels)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var into = new Tensor[layers.Count]; // [B, in] what each layer is given
        var values = inputs.flatten(1).to(float32);
        for (var i = 0; i < layers.Count; i++)
        {
            into[i] = i == 0 ? values : values.relu();
            values = functional.linear(into[i], layers[i].Weight, layers[i].Bias);
        }

        var delta = values.softmax(1) - functional.one_hot(labels, values.shape[1]).to(float32); // [B, out]
        var squares = zeros_like(delta.select(1, 0)); // [B]
        for (var i = layers.Count - 1; i >= 0; i--)
        {
            squares += delta.square().sum(1) * (into[i].square().sum(1) + 1);
            delta = i > 0 ? delta.mm(layers[i].Weight) * into[i].gt(0).to(float32) : delta;
        }

        return squares.sqrt().clamp_min(1e-6).MoveToOuterDisposeScope();
    }
}
