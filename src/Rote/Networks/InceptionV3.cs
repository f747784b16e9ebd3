using System.Text.Json.Serialization;
using Rote.Tensors;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Networks;

/// <summary>Inception V3 (Szegedy et al. 2016, arXiv:1512.00567), the network of the ImageNet experiments of Zhang et al. 2017 (Table 2):
/// 23,817,352 parameters for 1,000 classes.</summary>
/// <remarks>
/// Its pictures are 299×299×3; it takes any of 75×75 and more, where the last maps are 1×1. At 299×299 the maps have 149, 147, 147, 73, 73,
/// 71 and 35 rows in the stem, 35 in three Inception units, 17 in five, 8 in three; then the mean over the map and a linear layer. Forward
/// cost on 299×299×3: 5,713.2 M multiply-adds.
/// Batch norm has a shift and no scale, as in its authors' code. torchvision's inception_v3, which has both, has 23,834,568 without the
/// auxiliary classifier: 17,216 more, which is one scale a channel. There is no auxiliary classifier here: the training loop has one loss,
/// and a trained network is used without it. The mean over windows of 3×3 does not count padding, as in TensorFlow; torchvision counts it.
/// Initialization is that of the other batch-normed networks here (Glorot and Bengio 2010), not that of its authors' code: a normal
/// distribution cut at two deviations, of deviation 0.1 in all convolutions and 0.01 in the linear layer. Batch norm takes the scale of a
/// convolution's weights out again.
/// Dropout in that code is 0.2 (a keep_prob of 0.8); here it is 0 unless asked for, as in the other networks.
/// </remarks>
public sealed record InceptionV3 : NetworkSpec
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Title => "Inception V3";

    /// <inheritdoc/>
    [JsonIgnore]
    public override string? FeatureLayer => "fc";

    /// <inheritdoc/>
    protected override int SmallestSide => 75;

    /// <inheritdoc/>
    protected override Module<Tensor, Tensor> Create(TaskShape shape, Precision precision) => new Network(shape, Dropout, precision);

    private sealed class Network : Module<Tensor, Tensor>
    {
        private readonly ModuleList<Unit> units;
        private readonly MixedLinear fc;
        private readonly double dropout;

        public Network(TaskShape shape, double dropout, Precision precision)
            : base(nameof(InceptionV3))
        {
            this.dropout = dropout;
            units = [];
            var channels = shape.Channels;
            foreach (var unit in InceptionV3Table.Units)
            {
                units.Add(new Unit(unit, channels, precision));
                channels = unit.Outputs(channels);
            }

            fc = new MixedLinear(channels, shape.Classes, Precision.Float32);
            fc.InitXavierUniform();
            RegisterComponents();
        }

        public override Tensor forward(Tensor input)
        {
            var values = input.permute(0, 3, 1, 2); // [B, H, W, C] -> [B, C, H, W], a channels-last view: no copy
            foreach (var unit in units)
            {
                values = unit.call(values);
            }

            // [B, 2048, 8, 8] for 299×299 -> [B, 2048] -> [B, classes]
            return fc.call(DropoutLayer.Apply(values.mean([2, 3], type: float32), dropout, training));
        }
    }

    private sealed class Unit : Module<Tensor, Tensor>
    {
        private readonly ModuleList<Branch> branches;

        public Unit(UnitSpec spec, int inputs, Precision precision)
            : base(nameof(Unit))
        {
            branches = new ModuleList<Branch>([.. spec.Branches.Select(branch => new Branch(branch, inputs, precision))]);
            RegisterComponents();
        }

        public override Tensor forward(Tensor input)
        {
            // What the branches made on the way goes at once where no gradient needs it: an evaluation holds 128 pictures, and of the
            // 23.5 M values that a picture of 299×299 becomes, 16.3 M are inside the units.
            using var scope = NewDisposeScope();
            Tensor[] values = [.. branches.Select(branch => branch.call(input))];
            return (values is [var only] ? only : cat(values, 1)).MoveToOuterDisposeScope();
        }
    }

    private sealed class Branch : Module<Tensor, Tensor>
    {
        private readonly BranchPooling pooling;
        private readonly ModuleList<ConvUnit> convs;
        private readonly ModuleList<ConvUnit> fork;

        public Branch(BranchSpec spec, int inputs, Precision precision)
            : base(nameof(Branch))
        {
            pooling = spec.Pooling;
            convs = [];
            foreach (var conv in spec.Convs)
            {
                convs.Add(Layer(conv));
                inputs = conv.Filters;
            }

            fork = new ModuleList<ConvUnit>([.. spec.Fork.Select(Layer)]);
            RegisterComponents();

            ConvUnit Layer(ConvSpec conv) => new(inputs, conv.Filters, conv.Kernel, precision, conv.Stride, padding: conv.Padding);
        }

        public override Tensor forward(Tensor input)
        {
            var values = pooling switch
            {
                BranchPooling.Average => SamePadding.AveragePool3x3(input),
                BranchPooling.Largest => functional.max_pool2d(input, [3, 3], [2, 2]),
                _ => input,
            };
            foreach (var conv in convs)
            {
                values = conv.call(values);
            }

            return fork.Count > 0 ? cat([.. fork.Select(conv => conv.call(values))], 1) : values;
        }
    }
}
