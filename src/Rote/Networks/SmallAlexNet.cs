using System.Text.Json.Serialization;
using Rote.Tensors;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Networks;

/// <summary>The small AlexNet of Zhang et al. 2017, appendix A: 1,387,786 parameters on 28×28×3 and ten classes.</summary>
/// <remarks>
/// Twice [conv 5×5 with 64 filters → ReLU → max pool 3×3, stride 2 → local response normalization], then 384, 192 and the classes, fully
/// connected.
/// The paper gives no constants of the normalization; these, and the initialization, are of TensorFlow's CIFAR-10 tutorial, whose network
/// it is at 28×28 (the tutorial normalizes before its second pooling, the paper after): radius 4, bias 1, alpha 0.001/9, beta 0.75; weights
/// from a normal distribution cut at two deviations, of deviation 0.05 (convolutions), 0.04 (hidden layers) and 1/192 (last layer); biases
/// 0 in the first and last layer, 0.1 between. Forward cost on 28×28×3: 25.1 M multiply-adds.
/// </remarks>
public sealed record SmallAlexNet : NetworkSpec
{
    private const int Filters = 64;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Title => "small AlexNet";

    /// <inheritdoc/>
    [JsonIgnore]
    public override string? FeatureLayer => "fc1";

    /// <inheritdoc/>
    [JsonIgnore]
    public override int? CropSide => 28;

    /// <inheritdoc/>
    protected override int SmallestSide => 4;

    /// <inheritdoc/>
    protected override Module<Tensor, Tensor> Create(TaskShape shape, Precision precision) => new Network(shape, Dropout, precision);

    private sealed class Network : Module<Tensor, Tensor>
    {
        private readonly MixedConv2d conv1;
        private readonly MixedConv2d conv2;
        private readonly MixedLinear fc1;
        private readonly MixedLinear fc2;
        private readonly MixedLinear fc3;
        private readonly double dropout;

        public Network(TaskShape shape, double dropout, Precision precision)
            : base(nameof(SmallAlexNet))
        {
            this.dropout = dropout;
            conv1 = new MixedConv2d(shape.Channels, Filters, 5, precision, hasBias: true);
            conv2 = new MixedConv2d(Filters, Filters, 5, precision, hasBias: true);
            var pixels = Quarter(shape.Height) * Quarter(shape.Width);
            fc1 = new MixedLinear(pixels * Filters, 384, precision);
            fc2 = new MixedLinear(384, 192, precision);
            fc3 = new MixedLinear(192, shape.Classes, Precision.Float32);
            conv1.InitTruncatedNormal(0.05, bias: 0);
            conv2.InitTruncatedNormal(0.05, bias: 0.1);
            fc1.InitTruncatedNormal(0.04, bias: 0.1);
            fc2.InitTruncatedNormal(0.04, bias: 0.1);
            fc3.InitTruncatedNormal(1 / 192.0, bias: 0);
            RegisterComponents();
        }

        public override Tensor forward(Tensor input)
        {
            var values = Block(conv1, input.permute(0, 3, 1, 2)); // [B, H, W, C] -> [B, 64, ⌈H/2⌉, ⌈W/2⌉], a channels-last view: no copy
            values = Block(conv2, values); // [B, 64, ⌈H/4⌉, ⌈W/4⌉]
            values = values.permute(0, 2, 3, 1).flatten(1); // [B, rows · columns · 64]: in the order of memory, as in TensorFlow
            values = fc1.call(Drop(values)).relu_(); // [B, 384]
            values = fc2.call(Drop(values)).relu_(); // [B, 192]
            return fc3.call(Drop(values)); // [B, classes]
        }

        private Tensor Drop(Tensor values) => DropoutLayer.Apply(values, dropout, training);

        // ReLU after the pooling instead of before: the same values, on a quarter of the memory.
        private static Tensor Block(MixedConv2d conv, Tensor input) =>
            LocalResponseNorm.Apply(SamePadding.MaxPool3x3Stride2(conv.call(input)).relu_(), radius: 4, alpha: 0.001 / 9, beta: 0.75);

        private static long Quarter(long side) => (side + 3) / 4;
    }
}
