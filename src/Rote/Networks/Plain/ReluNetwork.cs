using static TorchSharp.torch;

namespace Rote.Networks.Plain;

/// <summary>A fully connected ReLU network as matrices, with its gradients written out: measures need them one example, one class or one
/// layer at a time, which a graph of operations gives only in many passes.</summary>
/// <param name="weights">[out, in] float32 a layer, from the input on.</param>
/// <param name="biases">[out] float32 a layer.</param>
internal sealed class ReluNetwork(IReadOnlyList<Tensor> weights, IReadOnlyList<Tensor> biases)
{
    /// <summary>The number of layers, the output's among them.</summary>
    public int Depth => weights.Count;

    /// <summary>The weight matrices, [out, in] each.</summary>
    public IReadOnlyList<Tensor> Weights => weights;

    /// <summary>The biases, [out] each.</summary>
    public IReadOnlyList<Tensor> Biases => biases;

    /// <summary>Computes the input of every layer, and the logits at the end.</summary>
    /// <param name="inputs">[n, in] float32.</param>
    /// <returns>Depth + 1 tensors [n, ·] in the caller's scope; the first is <paramref name="inputs"/> itself.</returns>
    public Tensor[] Forward(Tensor inputs)
    {
        var values = new Tensor[Depth + 1];
        values[0] = inputs;
        for (var layer = 0; layer < Depth; layer++)
        {
            var sums = biases[layer].addmm(values[layer], weights[layer].t());
            values[layer + 1] = layer == Depth - 1 ? sums : sums.relu_();
        }

        return values;
    }

    /// <summary>Carries a derivative of each example's output back to the outputs of every layer, before their ReLU.</summary>
    /// <param name="values">What <see cref="Forward"/> gave.</param>
    /// <param name="atOutput">[n, C] the derivative by the logits.</param>
    /// <returns>Depth tensors [n, out] in the caller's scope; the last is <paramref name="atOutput"/> itself.</returns>
    public Tensor[] Backward(IReadOnlyList<Tensor> values, Tensor atOutput)
    {
        var errors = new Tensor[Depth];
        errors[^1] = atOutput;
        for (var layer = Depth - 1; layer > 0; layer--)
        {
            errors[layer - 1] = errors[layer].mm(weights[layer]).mul_(values[layer].gt(0));
        }

        return errors;
    }

    /// <summary>The derivative by a layer's input.</summary>
    /// <param name="errors">What <see cref="Backward"/> gave.</param>
    /// <param name="layer">The layer, from 0.</param>
    /// <returns>[n, in] in the caller's scope. For layers after the first it is taken after the ReLU before them.</returns>
    public Tensor AtInput(IReadOnlyList<Tensor> errors, int layer) => errors[layer].mm(weights[layer]);

    /// <summary>The derivative of each example's cross-entropy by its logits: softmax − one-hot.</summary>
    /// <param name="logits">[n, C].</param>
    /// <param name="labels">[n] int64.</param>
    /// <returns>[n, C] in the caller's scope.</returns>
    public static Tensor LossError(Tensor logits, Tensor labels) =>
        logits.softmax(1).sub(nn.functional.one_hot(labels, logits.shape[1]).to(logits.dtype));

    /// <summary>The mean gradient of the examples' cross-entropy by all parameters.</summary>
    /// <param name="inputs">[n, in].</param>
    /// <param name="labels">[n] int64.</param>
    /// <returns>One pair a layer, in the caller's scope.</returns>
    public (Tensor Weight, Tensor Bias)[] Gradient(Tensor inputs, Tensor labels)
    {
        var values = Forward(inputs);
        var errors = Backward(values, LossError(values[^1], labels).div_(inputs.shape[0]));
        return [.. errors.Select((error, layer) => (error.t().mm(values[layer]), error.sum([0L])))];
    }

    /// <summary>The mean cross-entropy.</summary>
    /// <param name="inputs">[n, in].</param>
    /// <param name="labels">[n] int64.</param>
    /// <returns>In nats.</returns>
    public double Loss(Tensor inputs, Tensor labels)
    {
        using var scope = NewDisposeScope();
        return nn.functional.cross_entropy(Forward(inputs)[^1], labels).to(float64).item<double>();
    }

    /// <summary>The share of examples whose largest logit is not that of their label.</summary>
    /// <param name="inputs">[n, in].</param>
    /// <param name="labels">[n] int64.</param>
    /// <returns>In [0, 1].</returns>
    public double Error(Tensor inputs, Tensor labels)
    {
        using var scope = NewDisposeScope();
        return Forward(inputs)[^1].argmax(1).ne(labels).to(float64).mean().item<double>();
    }

    /// <summary>The network with something added to its parameters.</summary>
    /// <param name="change">One pair a layer, of the shapes of weight and bias.</param>
    /// <returns>A network in the caller's scope.</returns>
    public ReluNetwork Plus(IReadOnlyList<(Tensor Weight, Tensor Bias)> change) =>
        new(
            [.. weights.Zip(change, (weight, pair) => weight.add(pair.Weight))],
            [.. biases.Zip(change, (bias, pair) => bias.add(pair.Bias))]
        );
}
