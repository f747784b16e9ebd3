using Rote.Networks;
using Rote.Tensors;
using Rote.Tests.Support;
using static TorchSharp.torch;

namespace Rote.Tests.Networks;

[NoTensorLeaks]
public sealed class NetworkTests
{
    private static readonly TaskShape Paper = new(28, 28, 3, 10);

    // Zhang et al. 2017, Table 1.
    [Theory]
    [InlineData("mlp-1x512", 1_209_866)]
    [InlineData("mlp-3x512", 1_735_178)]
    [InlineData("linear", 23_530)]
    [InlineData("small-inception", 1_649_402)]
    [InlineData("small-inception-no-bn", 1_649_402)]
    [InlineData("small-alexnet", 1_387_786)]
    public void The_papers_networks_have_its_number_of_parameters(string name, long expected)
    {
        using var network = NetworkCatalog.Find(name).Build(Paper, Precision.Float32, new Seeds(1));
        Assert.Equal(expected, network.parameters().Sum(p => p.numel()));
    }

    [Fact]
    public void Parameter_names_are_pinned_because_checkpoints_are_read_by_them()
    {
        var lines = new List<string>();
        foreach (var name in NetworkCatalog.Names)
        {
            var shape = name == "inception-v3" ? new TaskShape(299, 299, 3, 1000) : Paper;
            using var network = NetworkCatalog.Find(name).Build(shape, Precision.BFloat16, new Seeds(1));
            lines.AddRange(network.state_dict().Select(p => $"{name} {p.Key} {Shape.Text(p.Value.shape)} {p.Value.dtype}"));
        }

        Snapshot.Verify(string.Join('\n', lines) + "\n", "parameters");
    }

    [Fact]
    public void A_network_starts_from_its_seed()
    {
        Assert.Equal(FirstWeights(1), FirstWeights(1));
        Assert.NotEqual(FirstWeights(1), FirstWeights(2));

        static float[] FirstWeights(long seed)
        {
            using var network = new Mlp { Hidden = [4] }.Build(new TaskShape(2, 2, 1, 3), Precision.Float32, new Seeds(seed));
            return network.state_dict()["layers.0.weight"].data<float>().ToArray();
        }
    }

    // torch.nn.Linear: uniform in ±1/√in, variance 1/(3 in).
    [Fact]
    public void Initial_weights_are_those_of_PyTorch()
    {
        using var network = new Mlp { Hidden = [512] }.Build(Paper, Precision.Float32, new Seeds(1));
        var weights = network.state_dict()["layers.0.weight"].data<float>().ToArray();
        Assert.True(weights.Max(MathF.Abs) <= 1 / Math.Sqrt(2352));
        Assert.Equal(1 / (3 * 2352.0), weights.Average(w => (double)w * w), 2e-6);
    }

    [Theory]
    [InlineData(Precision.Float32, 1e-5)]
    [InlineData(Precision.BFloat16, 0.05)]
    public void The_forward_pass_equals_a_naive_loop(Precision precision, double tolerance)
    {
        using var network = new Mlp { Hidden = [7, 5] }.Build(new TaskShape(3, 2, 1, 4), precision, new Seeds(1));
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var input = randn([2, 3, 2, 1]).to(precision.Type());
        var output = network.forward(input);
        Assert.Equal(ScalarType.Float32, output.dtype);
        var weights = network.state_dict();
        var expected = Enumerable
            .Range(0, 2)
            .SelectMany(i => Naive(input[i].flatten().to(float32).data<float>().ToArray(), weights))
            .ToArray();
        Assert.All(expected.Zip(output.data<float>().ToArray()), p => Assert.Equal(p.First, p.Second, tolerance));
    }

    [Theory]
    [InlineData("mpl-1x512", "mlp-1x512")]
    [InlineData("liner", "linear")]
    [InlineData("mlp-0x512", "mlp-1x512")]
    [InlineData("mlp-", "mlp-1x512")]
    [InlineData("inception", "small-inception")]
    [InlineData("small-alxnet", "small-alexnet")]
    [InlineData("resnet18", "resnet")]
    [InlineData("inceptionv3", "inception-v3")]
    public void An_unknown_network_is_answered_with_the_nearest(string name, string suggestion) =>
        Assert.Contains(suggestion, Assert.Throws<InputException>(() => NetworkCatalog.Find(name)).Message, StringComparison.Ordinal);

    [Fact]
    public void Widths_are_read_from_the_name()
    {
        Assert.Equal(new Mlp { Hidden = [256, 128] }, NetworkCatalog.Find("mlp-256-128"));
        Assert.Equal(new Mlp { Hidden = [64, 64, 64] }, NetworkCatalog.Find("mlp-3x64"));
        Assert.Throws<InputException>(() => NetworkCatalog.Find("mlp-1x99999999"));
    }

    private static float[] Naive(float[] values, Dictionary<string, Tensor> weights)
    {
        for (var layer = 0; layer < 3; layer++)
        {
            var weight = weights[$"layers.{layer}.weight"];
            var (rows, w, b) = (
                (int)weight.shape[0],
                weight.data<float>().ToArray(),
                weights[$"layers.{layer}.bias"].data<float>().ToArray()
            );
            var outputs = Enumerable.Range(0, rows).Select(r => b[r] + values.Select((v, c) => v * w[(r * values.Length) + c]).Sum());
            values = [.. outputs.Select(v => layer < 2 ? MathF.Max(0, v) : v)];
        }

        return values;
    }
}
