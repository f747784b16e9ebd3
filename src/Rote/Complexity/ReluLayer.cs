using Rote.Networks.Plain;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Complexity;

/// <summary>A fully connected layer of a trained network, and what it was before the first step.</summary>
/// <param name="Weight">[out, in] float32.</param>
/// <param name="Bias">[out] float32.</param>
/// <param name="StartWeight">[out, in] float32.</param>
/// <param name="StartBias">[out] float32.</param>
internal sealed record ReluLayer(Tensor Weight, Tensor Bias, Tensor StartWeight, Tensor StartBias)
{
    private const string WeightSuffix = ".weight";
    private const string BiasSuffix = ".bias";

    /// <summary>Reads the layers of a perceptron's module.</summary>
    /// <param name="network">The trained network.</param>
    /// <param name="start">The same network before its first step.</param>
    /// <returns>From the input on; copies in the caller's dispose scope.</returns>
    /// <exception cref="InputException">The network is no plain perceptron.</exception>
    public static IReadOnlyList<ReluLayer> Of(Module<Tensor, Tensor> network, Module<Tensor, Tensor> start)
    {
        using var noGrad = no_grad();
        var (now, then) = (network.state_dict(), start.state_dict());
        var names = now
            .Keys.Where(name => name.EndsWith(WeightSuffix, StringComparison.Ordinal))
            .Select(name => name[..^WeightSuffix.Length])
            .ToArray();
        if (names.Length * 2 != now.Count || now.Values.Any(value => value.dim() > 2))
        {
            throw new InputException("These measures are of fully connected ReLU networks, and this network has other layers.");
        }

        return
        [
            .. names.Select(name => new ReluLayer(
                now[name + WeightSuffix].detach().clone(),
                now[name + BiasSuffix].detach().clone(),
                then[name + WeightSuffix].detach().clone(),
                then[name + BiasSuffix].detach().clone()
            )),
        ];
    }

    /// <summary>The trained network of layers.</summary>
    /// <param name="layers">From the input on; their tensors are shared.</param>
    public static ReluNetwork NetworkOf(IReadOnlyList<ReluLayer> layers) =>
        new([.. layers.Select(layer => layer.Weight)], [.. layers.Select(layer => layer.Bias)]);
}
