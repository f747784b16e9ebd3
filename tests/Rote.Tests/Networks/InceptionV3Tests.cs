using Rote.Networks;
using Rote.Storage;
using Rote.Tensors;
using Rote.Tests.Support;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Tests.Networks;

[NoTensorLeaks]
public sealed class InceptionV3Tests : IDisposable
{
    private const int Classes = 1000;

    private readonly TempFolder _folder = new();

    /// <summary>Parameters of each branch: in·out·rows·columns + out of every convolution, summed by hand from the filters of TensorFlow's
    /// slim (inception_v3).</summary>
    private static readonly (string Unit, long[] Branches)[] Counts =
    [
        ("Conv2d_1a", [896]),
        ("Conv2d_2a", [9_248]),
        ("Conv2d_2b", [18_496]),
        ("MaxPool_3a", [0]),
        ("Conv2d_3b", [5_200]),
        ("Conv2d_4a", [138_432]),
        ("MaxPool_5a", [0]),
        ("Mixed_5b", [12_352, 86_128, 150_784, 6_176]),
        ("Mixed_5c", [16_448, 89_200, 154_880, 16_448]),
        ("Mixed_5d", [18_496, 90_736, 156_928, 18_496]),
        ("Mixed_6a", [995_712, 156_928, 0]),
        ("Mixed_6b", [147_648, 385_472, 615_104, 147_648]),
        ("Mixed_6c", [147_648, 517_632, 876_352, 147_648]),
        ("Mixed_6d", [147_648, 517_632, 876_352, 147_648]),
        ("Mixed_6e", [147_648, 664_128, 1_180_608, 147_648]),
        ("Mixed_7a", [700_928, 996_096, 0]),
        ("Mixed_7b", [409_920, 1_377_408, 3_008_064, 245_952]),
        ("Mixed_7c", [655_680, 1_672_320, 3_352_128, 393_408]),
    ];

    public void Dispose() => _folder.Dispose();

    // torchvision's inception_v3 without its auxiliary classifier has 23,834,568, with a scale for each of its 17,216 normalized channels.
    [Fact]
    public void It_has_the_parameters_of_the_published_network_without_scales()
    {
        using var network = Build(new TaskShape(299, 299, 3, Classes));
        var counts = network.named_parameters().ToDictionary(p => p.name, p => p.parameter.numel());
        var units = InceptionV3Table.Units;
        Assert.Equal(Counts.Select(unit => unit.Unit), units.Select(unit => unit.Name));
        for (var i = 0; i < units.Count; i++)
        {
            Assert.Equal(Counts[i].Branches, units[i].Branches.Select((_, branch) => Below($"units.{i}.branches.{branch}.")));
        }

        Assert.Equal(17_216, counts.Where(p => p.Key.EndsWith("norm.bias", StringComparison.Ordinal)).Sum(p => p.Value));
        Assert.Equal((2048 + 1) * Classes, Below("fc."));
        Assert.Equal(23_834_568 - 17_216, Below(""));
        Assert.Equal(23_817_352, Below(""));

        long Below(string prefix) => counts.Where(p => p.Key.StartsWith(prefix, StringComparison.Ordinal)).Sum(p => p.Value);
    }

    // The sides are those that slim's code has beside its end points. Multiply-adds: in·out·rows·columns·places, summed by hand; papers
    // round them to 5.7 billion.
    [Fact]
    public void Its_maps_and_its_cost_at_299_are_those_of_the_published_network()
    {
        using var network = Build(new TaskShape(299, 299, 3, Classes));
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        network.eval();
        var (sides, channels, cost) = (new List<long>(), new List<long>(), 0L);
        foreach (var (_, unit) in Units(network))
        {
            unit.register_forward_hook(
                (_, _, output) =>
                {
                    Assert.Equal(output.shape[2], output.shape[3]);
                    sides.Add(output.shape[2]);
                    channels.Add(output.shape[1]);
                    return output;
                }
            );
        }

        foreach (var layer in network.modules().OfType<Module<Tensor, Tensor>>().Where(m => m is MixedConv2d or MixedLinear))
        {
            layer.register_forward_hook(
                (_, _, output) =>
                {
                    cost += layer.get_parameter("weight")!.numel() * output.shape.Skip(2).Aggregate(1L, (product, side) => product * side);
                    return output;
                }
            );
        }

        Assert.Equal([1, Classes], network.call(Images(1, 299, 299)).shape);
        Assert.Equal([149, 147, 147, 73, 73, 71, 35, 35, 35, 35, 17, 17, 17, 17, 17, 8, 8, 8], sides);
        Assert.Equal([32, 32, 64, 64, 80, 192, 192, 256, 288, 288, 768, 768, 768, 768, 768, 1280, 2048, 2048], channels);
        Assert.Equal(5_713_216_096, cost);
    }

    // 107 and 117 give last maps of 2×2 pixels; 123 is a rectangle's side. In evaluation mode errors do not grow from unit to unit.
    [Theory]
    [InlineData(107, 123, true)]
    [InlineData(117, 107, false)]
    public void A_forward_pass_is_that_of_plain_convolutions(int height, int width, bool isTraining)
    {
        using var network = Build(new TaskShape(height, width, 3, 5));
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        network.train();
        network.call(Images(4, height, width)); // moves the running statistics away from 0 and 1
        network.train(isTraining);
        foreach (var (name, shift) in network.named_parameters().Where(p => p.name.EndsWith("norm.bias", StringComparison.Ordinal)))
        {
            shift.copy_(randn(shift.shape) * 0.3); // they begin as 0, which a forgotten shift would equal
        }

        var plain = new PlainInceptionV3(
            network.state_dict().ToDictionary(entry => entry.Key, entry => entry.Value.clone()),
            usesBatch: isTraining
        );
        var seen = new List<(Tensor Given, Tensor Made)>();
        foreach (var (_, unit) in Units(network))
        {
            unit.register_forward_hook(
                (_, given, made) =>
                {
                    seen.Add((given, made.clone()));
                    return made;
                }
            );
        }

        var images = Images(3, height, width);
        var logits = network.call(images);
        Assert.Equal(InceptionV3Table.Units.Count, seen.Count);
        for (var i = 0; i < seen.Count; i++)
        {
            RequireNear(plain.Unit(i, seen[i].Given), seen[i].Made, 2e-5, InceptionV3Table.Units[i].Name);
        }

        RequireNear(plain.Logits(images), logits, 1e-3, "logits");
    }

    [Theory]
    [InlineData(74, 299)]
    [InlineData(299, 74)]
    [InlineData(32, 32)]
    public void A_picture_whose_last_map_would_have_no_pixel_is_refused(int height, int width)
    {
        var refused = Assert.Throws<InputException>(() => Build(new TaskShape(height, width, 3, 10)));
        Assert.Equal(
            $"The Inception V3 needs images of at least 75×75 pixels; these are {height}×{width}: choose an MLP for them.",
            refused.Message
        );
    }

    [Fact]
    public void The_smallest_side_is_where_the_last_map_is_one_pixel()
    {
        var side = 1;
        foreach (var (kernel, stride) in new[] { (3, 2), (3, 2), (3, 2), (3, 1), (3, 2), (3, 1), (3, 2) }) // 7a, 6a, 5a, 4a, 3a, 2a, 1a
        {
            side = ((side - 1) * stride) + kernel;
        }

        Assert.Equal(75, side);
        using var network = Build(new TaskShape(side, side, 3, 5));
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        network.train();
        var maps = new List<long[]>();
        Units(network)
            .Last()
            .Unit.register_forward_hook(
                (_, _, output) =>
                {
                    maps.Add(output.shape);
                    return output;
                }
            );
        Assert.True(network.call(Images(1, side, side)).isfinite().all().item<bool>());
        Assert.Equal([1, 2048, 1, 1], Assert.Single(maps));
    }

    [Fact]
    public void Its_file_gives_the_same_logits()
    {
        var shape = new TaskShape(75, 80, 3, 5);
        using var network = Build(shape);
        using var other = Build(shape, seed: 2);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var images = Images(2, 75, 80);
        network.train();
        network.call(images);
        var path = _folder.File("weights.safetensors");
        using (var stream = File.Create(path))
        {
            Safetensors.Write(stream, network.state_dict().Select(p => (p.Key, p.Value)), new Dictionary<string, string>());
        }

        using var read = Safetensors.Read(path);
        Assert.Equal(network.state_dict().Keys, read.Tensors.Keys);
        foreach (var (name, value) in other.state_dict())
        {
            value.copy_(read.Tensors[name]);
        }

        network.eval();
        other.eval();
        Assert.Equal(network.call(images).data<float>().ToArray(), other.call(images).data<float>().ToArray());
    }

    // TensorFlow keeps 0.8 of the means in training. A ReLU makes some of them 0 by itself.
    [Fact]
    public void Dropout_falls_on_the_means_in_training()
    {
        var shape = new TaskShape(75, 75, 3, 5);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var (whole, dropped) = (Means(0), Means(0.2));
        var isKept = dropped.ne(0);
        Assert.True(whole.masked_select(isKept).div(0.8).allclose(dropped.masked_select(isKept), 1e-5, 1e-6));
        Assert.Equal(0.8, (double)isKept.count_nonzero().item<long>() / whole.count_nonzero().item<long>(), 0.03);

        Tensor Means(double dropout)
        {
            using var network = new InceptionV3 { Dropout = dropout }.Build(shape, Precision.Float32, new Seeds(1));
            network.train();
            Tensor? means = null;
            ((MixedLinear)network.named_children().Single(child => child.name == "fc").module).Entering = values => means = values;
            network.call(Images(4, 75, 75)); // seeds the generator too
            return means!;
        }
    }

    // Unit by unit on the same values: a bfloat16 has 8 bits, and a unit rounds eight times in a row at most.
    [Fact]
    public void In_bfloat16_every_unit_gives_what_it_gives_in_float32()
    {
        var shape = new TaskShape(107, 107, 3, 5);
        using var exact = Build(shape);
        using var coarse = NetworkCatalog.Find("inception-v3").Build(shape, Precision.BFloat16, new Seeds(1));
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var given = new List<Tensor>();
        foreach (var (_, unit) in Units(exact))
        {
            unit.register_forward_hook(
                (_, input, output) =>
                {
                    given.Add(input.to(bfloat16));
                    return output;
                }
            );
        }

        exact.train();
        coarse.train();
        exact.call(Images(8, 107, 107));
        foreach (var ((name, unit), (_, half), input) in Units(exact).Zip(Units(coarse), given.ToArray()))
        {
            var (expected, found) = (unit.call(input.to(float32)), half.call(input));
            Assert.Equal(ScalarType.BFloat16, found.dtype);
            Assert.True((found - expected).norm().item<float>() < 0.03 * expected.norm().item<float>(), name);
        }
    }

    private static Module<Tensor, Tensor> Build(TaskShape shape, int seed = 1) =>
        NetworkCatalog.Find("inception-v3").Build(shape, Precision.Float32, new Seeds(seed));

    private static IEnumerable<(string Name, Module<Tensor, Tensor> Unit)> Units(Module<Tensor, Tensor> network) =>
        Enumerable
            .Range(0, InceptionV3Table.Units.Count)
            .Select(i => ($"units.{i}", (Module<Tensor, Tensor>)network.named_modules().Single(m => m.name == $"units.{i}").module));

    private static Tensor Images(int count, int height, int width)
    {
        manual_seed(5);
        return randn([count, height, width, 3]);
    }

    private static void RequireNear(Tensor exact, Tensor found, double tolerance, string what)
    {
        Assert.Equal(exact.shape, found.shape);
        var error = (exact - found).abs().max().item<float>() / exact.abs().max().item<float>();
        Assert.True(error <= tolerance, $"{what}: off by {error:g2} of the largest value");
    }
}
