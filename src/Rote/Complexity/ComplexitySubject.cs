using Rote.Networks.Plain;
using Rote.Tensors;
using static TorchSharp.torch;

namespace Rote.Complexity;

/// <summary>A trained network with all that its complexity measures are read from; what several measures share is computed once.</summary>
/// <remarks>Must be used inside a dispose scope and without gradients; its tensors belong to that scope.</remarks>
internal sealed class ComplexitySubject
{
    /// <summary>The place of the margin among those of all examples: a tenth of them have a smaller one (Jiang et al. 2020, section
    /// 5).</summary>
    private const double MarginPlace = 0.1;

    private readonly Lazy<IReadOnlyList<double>> _frobenius;
    private readonly Lazy<IReadOnlyList<double>> _spectral;
    private readonly Lazy<IReadOnlyList<double>> _moved;
    private readonly Lazy<IReadOnlyList<double>> _movedSpectral;
    private readonly Lazy<double> _margin;
    private readonly Lazy<double> _noise;

    /// <summary>Creates a subject.</summary>
    /// <param name="layers">The layers from the input on.</param>
    /// <param name="inputs">[n, in] float32, the training examples as the network sees them.</param>
    /// <param name="labels">[n] int64, the labels that it was given.</param>
    /// <param name="seeds">The randomness of perturbations and pairs.</param>
    public ComplexitySubject(IReadOnlyList<ReluLayer> layers, Tensor inputs, Tensor labels, Seeds seeds)
    {
        (Layers, Inputs, Labels, Seeds) = (layers, inputs, labels, seeds);
        Network = ReluLayer.NetworkOf(layers);
        _frobenius = new(() => [.. layers.Select(layer => MatrixNorms.Frobenius(layer.Weight))]);
        _spectral = new(() => [.. layers.Select(layer => MatrixNorms.Spectral(layer.Weight))]);
        _moved = new(() => [.. layers.Select(layer => MatrixNorms.Distance(layer.Weight, layer.StartWeight))]);
        _movedSpectral = new(() => [.. layers.Select(layer => MovedSpectrally(layer))]);
        Values = Network.Forward(inputs);
        _margin = new(() => Percentile(Margins(), MarginPlace));
        _noise = new(() => FlatnessMeasures.NoiseOf(this, isRelative: false));

        static double MovedSpectrally(ReluLayer layer)
        {
            using var moved = layer.Weight.sub(layer.StartWeight);
            return MatrixNorms.Spectral(moved);
        }
    }

    /// <summary>The layers.</summary>
    public IReadOnlyList<ReluLayer> Layers { get; }

    /// <summary>[n, in] float32 training examples.</summary>
    public Tensor Inputs { get; }

    /// <summary>[n] int64 labels that the network was given.</summary>
    public Tensor Labels { get; }

    /// <summary>The randomness of perturbations and pairs.</summary>
    public Seeds Seeds { get; }

    /// <summary>The trained network.</summary>
    public ReluNetwork Network { get; }

    /// <summary>n.</summary>
    public int Count => (int)Inputs.shape[0];

    /// <summary>‖W‖_F a layer.</summary>
    public IReadOnlyList<double> Frobenius => _frobenius.Value;

    /// <summary>‖W‖₂ a layer, the largest singular value.</summary>
    public IReadOnlyList<double> Spectral => _spectral.Value;

    /// <summary>‖W − Z‖_F a layer, Z being the weights before the first step.</summary>
    public IReadOnlyList<double> Moved => _moved.Value;

    /// <summary>‖W − Z‖₂ a layer.</summary>
    public IReadOnlyList<double> MovedSpectral => _movedSpectral.Value;

    /// <summary>The input of every layer [n, ·], and the logits [n, C].</summary>
    public IReadOnlyList<Tensor> Values { get; }

    /// <summary>γ: the margin that nine tenths of the training examples exceed, in logits; at least a millionth, because measures divide by
    /// it.</summary>
    public double Margin => _margin.Value;

    /// <summary>σ: the noise on all parameters with which a tenth of the training labels is not predicted: ten points less
    /// than all, which is where networks end that fit them.</summary>
    public double Noise => _noise.Value;

    /// <summary>The margins: the label's logit minus the largest other one.</summary>
    /// <returns>[n] float32 in the caller's scope.</returns>
    public Tensor Margins()
    {
        var column = Labels.unsqueeze(1);
        var logits = Values[^1];
        return logits.gather(1, column).squeeze(1).sub(Rivals().Values);
    }

    /// <summary>The largest logit of another class than the label's.</summary>
    /// <returns>Its value [n] and class [n] int64, in the caller's scope.</returns>
    public (Tensor Values, Tensor Classes) Rivals()
    {
        var column = Labels.unsqueeze(1);
        return Values[^1].scatter(1, column, full_like(column, float.NegativeInfinity, float32)).max(1);
    }

    /// <summary>The value that a share of others is below; at least a millionth.</summary>
    /// <param name="values">[n] float32.</param>
    /// <param name="place">The share, in (0, 1).</param>
    public static double Percentile(Tensor values, double place)
    {
        var sorted = values.data<float>().ToArray().Order().ToArray();
        return Math.Max(sorted[(int)(place * (sorted.Length - 1))], 1e-6);
    }
}
