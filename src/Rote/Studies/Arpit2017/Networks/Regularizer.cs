using Rote.Networks.Plain;
using Rote.Tensors;
using static TorchSharp.torch;

namespace Rote.Studies.Arpit2017.Networks;

/// <summary>What holds training back.</summary>
internal enum RegularizerKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Hidden units are dropped with a probability, the others are scaled up.</summary>
    Dropout,

    /// <summary>Inputs are dropped with a probability, the others are scaled up.</summary>
    InputDropout,

    /// <summary>Gaussian noise of a deviation is added to inputs, whose own deviation is 1.</summary>
    InputNoise,

    /// <summary>Weights are pulled to 0: the penalty ½λ‖W‖².</summary>
    WeightDecay,

    /// <summary>Every input is moved by ε along the signs of the loss's gradient: the fast gradient sign method (Goodfellow et al. 2015,
    /// arXiv:1412.6572).</summary>
    Adversarial,
}

/// <summary>A regularizer of some strength.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Strength">A probability, a deviation, λ or ε; 0 for none.</param>
internal sealed record Regularizer(RegularizerKind Kind, double Strength)
{
    /// <summary>Plain SGD.</summary>
    public static Regularizer None { get; } = new(RegularizerKind.None, 0);
}

/// <summary>Steps of SGD under a regularizer.</summary>
/// <param name="network">The network; changed.</param>
/// <param name="regularizer">The regularizer.</param>
/// <param name="rate">The step size.</param>
/// <param name="seeds">The randomness; one stream for each step.</param>
internal sealed class RegularizedSteps(PlainNetwork network, Regularizer regularizer, double rate, Seeds seeds)
{
    private long _step;

    /// <summary>Takes a step.</summary>
    /// <param name="rows">[b, d] float32.</param>
    /// <param name="targets">[b, C] float32 one-hot labels.</param>
    public void Take(Tensor rows, Tensor targets)
    {
        var random = seeds.Stream(SeedStreams.ArpitDropout, _step++);
        var strength = regularizer.Strength;
        switch (regularizer.Kind)
        {
            case RegularizerKind.Dropout:
                Step(rows, targets, hidden => Mask(hidden.shape, strength, random));
                break;
            case RegularizerKind.InputDropout:
                network.Step(rows.mul(Mask(rows.shape, strength, random)), targets, rate);
                break;
            case RegularizerKind.InputNoise:
                network.Step(rows.add(Noise(rows.shape, random).mul(strength)), targets, rate);
                break;
            case RegularizerKind.WeightDecay:
                network.Step(rows, targets, rate);
                Shrink(1 - (rate * strength));
                break;
            case RegularizerKind.Adversarial:
                network.Step(rows.add(InputGradient(rows, targets).sign().mul(strength)), targets, rate);
                break;
            default:
                network.Step(rows, targets, rate);
                break;
        }
    }

    /// <summary>The gradient of each example's cross-entropy by its input, [b, d] float32 in the caller's scope.</summary>
    /// <param name="rows">[b, d] float32.</param>
    /// <param name="targets">[b, C] float32 one-hot labels.</param>
    public Tensor InputGradient(Tensor rows, Tensor targets)
    {
        using var scope = NewDisposeScope();
        var values = network.Layers.Forward(rows);
        var errors = network.Layers.Backward(values, values[^1].softmax(1).sub_(targets));
        return network.Layers.AtInput(errors, 0).MoveToOuterDisposeScope();
    }

    /// <summary>Takes a step of gradient descent with hidden units masked.</summary>
    /// <param name="rows">[b, d] float32.</param>
    /// <param name="targets">[b, C] float32.</param>
    /// <param name="mask">The factors of a layer's units, for their values [b, units].</param>
    internal void Step(Tensor rows, Tensor targets, Func<Tensor, Tensor> mask)
    {
        using var scope = NewDisposeScope();
        var values = Forward(rows, mask);
        var error = values[^1].Values.softmax(1).sub_(targets).mul_(rate / rows.shape[0]); // [b, C]
        for (var layer = network.Weights.Count - 1; layer >= 0; layer--)
        {
            var (inputs, factors) = values[layer];
            var before = layer == 0 ? error : error.mm(network.Weights[layer]).mul_(inputs.gt(0)).mul_(factors!);
            network.Weights[layer].addmm_(error.t(), inputs, 1f, -1f);
            network.Biases[layer].sub_(error.sum([0L]));
            error = before;
        }
    }

    /// <summary>The inputs of every layer with their masks, and the scores.</summary>
    private (Tensor Values, Tensor? Mask)[] Forward(Tensor rows, Func<Tensor, Tensor> mask)
    {
        var values = new List<(Tensor Values, Tensor? Mask)> { (rows, null) };
        for (var layer = 0; layer < network.Weights.Count; layer++)
        {
            var sums = network.Biases[layer].addmm(values[layer].Values, network.Weights[layer].t());
            var hidden = layer < network.Weights.Count - 1 ? sums.relu_() : sums;
            var factors = layer < network.Weights.Count - 1 ? mask(hidden) : null;
            values.Add((factors is null ? hidden : hidden.mul(factors), factors));
        }

        return [.. values];
    }

    private void Shrink(double factor)
    {
        foreach (var weight in network.Weights)
        {
            weight.mul_(factor);
        }
    }

    /// <summary>Zeros with a probability p, else 1/(1 − p).</summary>
    private static Tensor Mask(long[] shape, double probability, RandomStream random)
    {
        var values = new float[shape[0] * shape[1]];
        var (bound, kept) = ((ulong)(probability * 65_536), (float)(1 / (1 - probability)));
        for (var i = 0; i < values.Length; i += 4)
        {
            var bits = random.NextUInt64(); // four lots of 16 bits
            for (var k = i; k < Math.Min(i + 4, values.Length); k++, bits >>= 16)
            {
                values[k] = (bits & 0xFFFF) < bound ? 0 : kept;
            }
        }

        return tensor(values, shape, float32);
    }

    private static Tensor Noise(long[] shape, RandomStream random)
    {
        var values = new float[shape[0] * shape[1]];
        random.FillGaussian(values);
        return tensor(values, shape, float32);
    }
}
