using System.Text.Json.Serialization;
using Rote.Tensors;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Networks;

/// <summary>A multi-layer perceptron with ReLU units: fully connected layers on the flattened image.</summary>
/// <remarks>Zhang et al. 2017, appendix A: one hidden layer of 512 (1,209,866 parameters on 28×28×3 and ten classes), or three
/// (1,735,178).</remarks>
public sealed record Mlp : NetworkSpec
{
    /// <summary>Units in each hidden layer, each from 1 to 65,536; none makes a linear classifier. Default: one layer of 512.</summary>
    /// <exception cref="InputException">A width is out of range.</exception>
    public IReadOnlyList<int> Hidden
    {
        get;
        init =>
            field = value.All(width => width is >= 1 and <= 65_536)
                ? value
                : throw new InputException($"Hidden layers have 1 to 65536 units; found {string.Join(", ", value)}.");
    } = [512];

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Title =>
        Hidden.Count == 0 ? "linear classifier"
        : Hidden.Distinct().Count() == 1 ? $"MLP {Hidden.Count}×{Hidden[0]}"
        : $"MLP {string.Join("-", Hidden)}";

    /// <inheritdoc/>
    [JsonIgnore]
    public override string? FeatureLayer => null;

    /// <inheritdoc/>
    [JsonIgnore]
    public override int? CropSide => 28;

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool IgnoresPixelOrder => true;

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool CanDrop => Hidden.Count > 0;

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool CanBeTied => CanDrop;

    /// <inheritdoc/>
    public bool Equals(Mlp? other) => base.Equals(other) && Hidden.SequenceEqual(other.Hidden);

    /// <inheritdoc/>
    public override int GetHashCode() => Hidden.Aggregate(base.GetHashCode(), HashCode.Combine);

    /// <summary>The layers of a network that was built by <see cref="NetworkSpec.Build"/> of an MLP, the first layer first.</summary>
    /// <param name="network">The network; still the caller's, and so are its parameters.</param>
    /// <returns>Weights [out, in] and biases [out].</returns>
    /// <exception cref="ArgumentException">The network is no MLP.</exception>
    internal static IReadOnlyList<(Parameter Weight, Parameter Bias)> Layers(Module<Tensor, Tensor> network) =>
        (network as MlpModule ?? throw new ArgumentException("The network is no MLP.", nameof(network))).Layers;

    /// <inheritdoc/>
    protected override Module<Tensor, Tensor> Create(TaskShape shape, Precision precision)
    {
        if (!CanDrop && Dropout > 0)
        {
            throw new InputException("A linear classifier has no hidden units to drop: leave dropout out, or choose an MLP.");
        }

        return new MlpModule(shape, Hidden, Dropout, TiedDropout, precision);
    }

    private sealed class MlpModule : Module<Tensor, Tensor>, IExampleTied
    {
        private readonly ModuleList<MixedLinear> layers;
        private readonly double dropout;
        private readonly ExampleTiedDropout? tied;

        public MlpModule(TaskShape shape, IReadOnlyList<int> hidden, double dropout, ExampleTiedDropout? tied, Precision precision)
            : base(nameof(Mlp))
        {
            (this.dropout, this.tied) = (dropout, tied);
            int[] sizes = [shape.Inputs, .. hidden, shape.Classes];
            var last = hidden.Count;
            layers = new ModuleList<MixedLinear>([
                .. Enumerable
                    .Range(0, sizes.Length - 1)
                    .Select(i => new MixedLinear(sizes[i], sizes[i + 1], precision, i == last ? Precision.Float32 : precision)),
            ]);
            RegisterComponents();
        }

        public Tensor? Rows { get; set; }

        public IReadOnlyList<(Parameter Weight, Parameter Bias)> Layers => [.. layers.Select(layer => (layer.Weight, layer.Bias))];

        public override Tensor forward(Tensor input)
        {
            var values = layers[0].Columns(input.flatten(1).t()); // [units, B]
            for (var i = 1; i < layers.Count; i++)
            {
                // In place: the derivative of ReLU needs its output only, and a pass over memory is saved.
                values = layers[i].Columns(DropoutLayer.Apply(Tied(values.relu_(), i), dropout, training)); // [units, B]
            }

            return values.t().to(ScalarType.Float32); // [B, classes]
        }

        private Tensor Tied(Tensor values, int layer) =>
            tied is null ? values : tied.Apply(values.t(), training ? ExampleTiedDropout.Required(Rows) : null, layer).t();
    }
}
