using System.Text.Json.Serialization;
using Rote.Tensors;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Networks;

/// <summary>A residual network for 32×32 colour images that learns in few epochs on a processor.</summary>
/// <remarks>
/// Conv 3×3; three stages of [conv 3×3 → max pool 2×2 → batch norm → ReLU, then x + two convolutions of x] with <see cref="Width"/>, twice
/// and four times that many channels; the largest value of every channel's map; linear, divided by 8. After David Page's ResNet-9 ("How to
/// train your ResNet", 2018) at half its width and with a residual branch in the middle stage too. Pooling comes before normalization, so
/// the costly passes over memory see a quarter of the map; logits are divided so that early steps do not overshoot. Width 64: 1,940,170
/// parameters on 32×32×3 and ten classes, 114.1 M multiply-adds forward.
/// </remarks>
public sealed record SmallResNet : NetworkSpec
{
    private const double LogitScale = 1 / 8.0;

    /// <summary>Channels of the first stage, an even number from 2 to 1024. Default 64.</summary>
    /// <exception cref="InputException">The value is odd or out of range.</exception>
    public int Width
    {
        get;
        init =>
            field =
                value is >= 2 and <= 1024 && int.IsEvenInteger(value)
                    ? value
                    : throw new InputException($"The width of the residual network is {value}, expected an even number from 2 to 1024.");
    } = 64;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Title => $"residual network of width {Width}";

    /// <inheritdoc/>
    [JsonIgnore]
    public override string? FeatureLayer => "fc";

    /// <inheritdoc/>
    protected override int SmallestSide => 8;

    /// <inheritdoc/>
    [JsonIgnore]
    public override bool CanBeTied => true;

    /// <inheritdoc/>
    protected override Module<Tensor, Tensor> Create(TaskShape shape, Precision precision) =>
        new Network(shape, Width, Dropout, TiedDropout, precision);

    private sealed class Network : Module<Tensor, Tensor>, IExampleTied
    {
        private readonly ConvUnit stem;
        private readonly ModuleList<Stage> stages;
        private readonly MixedLinear fc;
        private readonly double dropout;
        private readonly ExampleTiedDropout? tied;

        public Network(TaskShape shape, int width, double dropout, ExampleTiedDropout? tied, Precision precision)
            : base(nameof(SmallResNet))
        {
            (this.dropout, this.tied) = (dropout, tied);
            stem = new ConvUnit(shape.Channels, width / 2, 3, precision);
            stages = new ModuleList<Stage>(
                new Stage(width / 2, width, precision),
                new Stage(width, 2 * width, precision),
                new Stage(2 * width, 4 * width, precision)
            );
            fc = new MixedLinear(4 * width, shape.Classes, Precision.Float32);
            RegisterComponents();
        }

        public Tensor? Rows { get; set; }

        public override Tensor forward(Tensor input)
        {
            var values = stem.call(input.permute(0, 3, 1, 2)); // [B, H, W, C] -> [B, width/2, H, W], a channels-last view: no copy
            for (var i = 0; i < stages.Count; i++)
            {
                values = Tied(stages[i].call(values), i); // half the rows and columns, rounded down; twice the channels
            }

            var largest = functional.max_pool2d(values, [values.shape[2], values.shape[3]]).flatten(1); // [B, 4·width]
            return fc.call(DropoutLayer.Apply(largest, dropout, training)) * LogitScale; // [B, classes]
        }

        private Tensor Tied(Tensor values, int layer) =>
            tied is null ? values : tied.Apply(values, training ? ExampleTiedDropout.Required(Rows) : null, layer);
    }

    private sealed class Stage : Module<Tensor, Tensor>
    {
        private readonly MixedConv2d conv;
        private readonly MixedBatchNorm norm;
        private readonly ConvUnit branch1;
        private readonly ConvUnit branch2;

        public Stage(int inputs, int outputs, Precision precision)
            : base(nameof(Stage))
        {
            conv = new MixedConv2d(inputs, outputs, 3, precision);
            norm = new MixedBatchNorm(outputs);
            branch1 = new ConvUnit(outputs, outputs, 3, precision);
            branch2 = new ConvUnit(outputs, outputs, 3, precision);
            RegisterComponents();
        }

        public override Tensor forward(Tensor input)
        {
            var halved = norm.call(functional.max_pool2d(conv.call(input), 2, 2)).relu_(); // [B, out, H/2, W/2]
            return halved + branch2.call(branch1.call(halved));
        }
    }
}
