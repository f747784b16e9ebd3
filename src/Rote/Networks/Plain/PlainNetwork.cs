using Rote.Tensors;
using static TorchSharp.torch;

namespace Rote.Networks.Plain;

/// <summary>A fully connected ReLU network that is trained in many small steps, which a graph of operations would make slow.</summary>
internal sealed class PlainNetwork : IDisposable
{
    private readonly ReluNetwork _network;

    /// <summary>Draws the weights: Gaussian of variance 2/in (He et al. 2015), biases 0.</summary>
    /// <param name="sizes">Numbers of inputs, hidden units of each layer and classes; at least two numbers.</param>
    /// <param name="seeds">The randomness.</param>
    public PlainNetwork(IReadOnlyList<int> sizes, Seeds seeds)
    {
        using var scope = NewDisposeScope();
        _network = new ReluNetwork(
            [
                .. Enumerable
                    .Range(0, sizes.Count - 1)
                    .Select(layer => Draw(sizes[layer + 1], sizes[layer], seeds, layer).DetachFromDisposeScope()),
            ],
            [.. sizes.Skip(1).Select(size => zeros(size, float32).DetachFromDisposeScope())]
        );
    }

    /// <summary>The network as it is now, for gradients that are not stepped along; its tensors change with every step.</summary>
    public ReluNetwork Layers => _network;

    /// <summary>The weight matrices from the input on, [out, in] each; they belong to the network.</summary>
    public IReadOnlyList<Tensor> Weights => _network.Weights;

    /// <summary>The biases from the input on, [out] each; they belong to the network.</summary>
    public IReadOnlyList<Tensor> Biases => _network.Biases;

    /// <summary>Computes the classes' scores.</summary>
    /// <param name="rows">[n, in] float32.</param>
    /// <returns>[n, C] in the caller's scope.</returns>
    public Tensor Scores(Tensor rows)
    {
        using var scope = NewDisposeScope();
        return _network.Forward(rows)[^1].MoveToOuterDisposeScope();
    }

    /// <summary>Takes a step of gradient descent on the mean cross-entropy.</summary>
    /// <param name="rows">[n, in] float32.</param>
    /// <param name="targets">[n, C] float32 one-hot labels.</param>
    /// <param name="rate">The step size.</param>
    public void Step(Tensor rows, Tensor targets, double rate)
    {
        using var scope = NewDisposeScope();
        var values = _network.Forward(rows);
        var errors = _network.Backward(values, values[^1].softmax(1).sub_(targets).mul_(rate / rows.shape[0])); // [n, units] each
        for (var layer = 0; layer < errors.Length; layer++)
        {
            Weights[layer].addmm_(errors[layer].t(), values[layer], 1f, -1f);
            Biases[layer].sub_(errors[layer].sum([0L]));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var owned in Weights.Concat(Biases))
        {
            owned.Dispose();
        }
    }

    private static Tensor Draw(int rows, int columns, Seeds seeds, int layer)
    {
        var values = new float[rows * columns];
        seeds.Stream(SeedStreams.PlainWeights, layer).FillGaussian(values);

        // Not in place: the product lies in libtorch's memory, aligned to 64 bytes, and the array where the collector put it. Sums of a
        // matrix product depend on that, and one network took 10 epochs in one run and 12 in the next.
        return tensor(values, [rows, columns], float32).mul(Math.Sqrt(2.0 / columns));
    }
}
