using System.Text.Json.Serialization;
using Rote.Tensors;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Networks;

/// <summary>The small Inception of Zhang et al. 2017, appendix A: 1,649,402 parameters on 28×28×3 and ten classes, with and without batch
/// norm.</summary>
/// <remarks>
/// Conv 3×3 with 96 filters; two Inception units, a halving; four Inception units, a halving; two Inception units; mean over the map;
/// linear.
/// The paper does not say how batch norm is parametrized: a shift and no scale, on convolutions without bias, is what gives both variants
/// the one count of its Table 1. Maps of any size end in the mean over the whole map (7×7 for the paper's). Forward cost on 28×28×3: 204.2
/// M multiply-adds.
/// </remarks>
public sealed record SmallInception : NetworkSpec
{
    /// <summary>Filters of the paper's units in order: of 1×1 and of 3×3 windows; 0 of 1×1 marks a halving with that many 3×3
    /// filters.</summary>
    private static readonly (int OneByOne, int ThreeByThree)[] Units =
    [
        (32, 32),
        (32, 48),
        (0, 80),
        (112, 48),
        (96, 64),
        (80, 80),
        (48, 96),
        (0, 96),
        (176, 160),
        (176, 160),
    ];

    /// <summary>Whether convolutions are batch-normalized; if not, they have biases. Default true.</summary>
    public bool BatchNorm { get; init; } = true;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Title => BatchNorm ? "small Inception" : "small Inception without batch norm";

    /// <inheritdoc/>
    [JsonIgnore]
    public override string? FeatureLayer => "fc";

    /// <inheritdoc/>
    [JsonIgnore]
    public override int? CropSide => 28;

    /// <inheritdoc/>
    protected override int SmallestSide => 4;

    /// <inheritdoc/>
    protected override Module<Tensor, Tensor> Create(TaskShape shape, Precision precision) =>
        new Network(shape, BatchNorm, Dropout, precision);

    private sealed class Network : Module<Tensor, Tensor>
    {
        private readonly ConvUnit stem;
        private readonly ModuleList<Module<Tensor, Tensor>> units;
        private readonly MixedLinear fc;
        private readonly double dropout;

        public Network(TaskShape shape, bool batchNorm, double dropout, Precision precision)
            : base(nameof(SmallInception))
        {
            this.dropout = dropout;
            const int StemFilters = 96;
            stem = new ConvUnit(shape.Channels, StemFilters, 3, precision, batchNorm: batchNorm);
            units = [];
            var channels = StemFilters;
            foreach (var (oneByOne, threeByThree) in Units)
            {
                units.Add(
                    oneByOne == 0
                        ? new Halving(channels, threeByThree, precision, batchNorm)
                        : new InceptionUnit(channels, oneByOne, threeByThree, precision, batchNorm)
                );
                channels = oneByOne == 0 ? channels + threeByThree : oneByOne + threeByThree;
            }

            fc = new MixedLinear(channels, shape.Classes, Precision.Float32);
            fc.InitXavierUniform();
            RegisterComponents();
        }

        public override Tensor forward(Tensor input)
        {
            var values = stem.call(input.permute(0, 3, 1, 2)); // [B, H, W, C] -> [B, 96, H, W], a channels-last view: no copy
            foreach (var unit in units)
            {
                values = unit.call(values);
            }

            // [B, 336, H/4, W/4] -> [B, 336] -> [B, classes]
            return fc.call(DropoutLayer.Apply(values.mean([2, 3], type: float32), dropout, training));
        }
    }

    /// <summary>1×1 and 3×3 windows side by side.</summary>
    private sealed class InceptionUnit : Module<Tensor, Tensor>
    {
        private readonly ConvUnit conv1x1;
        private readonly ConvUnit conv3x3;

        public InceptionUnit(int inputs, int oneByOne, int threeByThree, Precision precision, bool batchNorm)
            : base(nameof(InceptionUnit))
        {
            conv1x1 = new ConvUnit(inputs, oneByOne, 1, precision, batchNorm: batchNorm);
            conv3x3 = new ConvUnit(inputs, threeByThree, 3, precision, batchNorm: batchNorm);
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => cat([conv1x1.call(input), conv3x3.call(input)], 1);
    }

    /// <summary>Half the rows and columns: 3×3 windows of stride 2 beside the largest value of such windows.</summary>
    private sealed class Halving : Module<Tensor, Tensor>
    {
        private readonly ConvUnit conv3x3;

        public Halving(int inputs, int filters, Precision precision, bool batchNorm)
            : base(nameof(Halving))
        {
            conv3x3 = new ConvUnit(inputs, filters, 3, precision, stride: 2, batchNorm);
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => cat([conv3x3.call(input), SamePadding.MaxPool3x3Stride2(input)], 1);
    }
}
