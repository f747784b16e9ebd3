using System.Text.Json.Serialization;
using Rote.Networks;
using Rote.Tensors;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Extending;

/// <summary>A network: one convolution 3×3 with eight filters, the mean of every map, and a linear layer.</summary>
public sealed record TinyConv : NetworkSpec
{
    private const int Filters = 8;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Title => "tiny convolutional network";

    /// <inheritdoc/>
    [JsonIgnore]
    public override string? FeatureLayer => "fc";

    /// <inheritdoc/>
    protected override Module<Tensor, Tensor> Create(TaskShape shape, Precision precision) => new Network(shape);

    private sealed class Network : Module<Tensor, Tensor>
    {
        private readonly Conv2d conv;
        private readonly Linear fc;

        public Network(TaskShape shape)
            : base(nameof(TinyConv))
        {
            conv = Conv2d(shape.Channels, Filters, 3, padding: 1);
            fc = Linear(Filters, shape.Classes);
            RegisterComponents();
        }

        public override Tensor forward(Tensor input)
        {
            var maps = conv.call(input.permute(0, 3, 1, 2).to(float32)).relu_(); // [B, H, W, C] of the recipe's precision -> [B, 8, H, W]
            return fc.call(maps.mean([2, 3])); // [B, classes]
        }
    }
}
