using Rote.Measurement;
using Rote.Networks;
using Rote.Tensors;
using Rote.Tests.Support;
using Rote.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Tests.Measurement;

[NoTensorLeaks]
public sealed class CriticalSamplesTests
{
    private static readonly CriticalSearch Search = new() { Radius = 0.3, Iterations = 30 };

    // For two classes and a linear classifier the nearest point of the other class in the maximum norm is known: the margin falls by r‖w₁ −
    // w₂‖₁ in a corner of the box.
    [Fact]
    public void Around_a_linear_classifier_exactly_the_examples_within_reach_of_the_boundary_are_critical()
    {
        using var scope = NewDisposeScope();
        using var network = Network(new Mlp { Hidden = [] }, classes: 2);
        var inputs = Inputs(400);
        var found = CriticalSamples.Of(network, inputs, Search, new Seeds(1));
        var reach = Reach(network);
        var margins = Logits(network, inputs).Select(row => Math.Abs(row[0] - row[1])).ToArray();
        Assert.Equal(margins.Select(margin => margin < Search.Radius * reach), found.IsCritical);
        Assert.InRange(found.Ratio.Value, 0.1, 0.9);
        Assert.Equal(400, found.Ratio.Samples);
    }

    [Fact]
    public void A_larger_box_has_no_fewer_critical_examples_around_a_linear_classifier() =>
        Gen.Select(Gen.Double[0.01, 0.5], Gen.Double[0.01, 0.5])
            .Sample(
                (one, other) =>
                {
                    using var scope = NewDisposeScope();
                    using var network = Network(new Mlp { Hidden = [] }, classes: 2);
                    var inputs = Inputs(50);
                    return Count(Math.Min(one, other)) <= Count(Math.Max(one, other));

                    int Count(double radius) =>
                        CriticalSamples
                            .Of(network, inputs, Search with { Radius = radius }, new Seeds(1))
                            .IsCritical.Count(critical => critical);
                },
                iter: 20
            );

    // The search may miss an example and cannot invent one: where it finds more than random points of the box do, those are truly there,
    // too.
    [Fact]
    public void Around_a_curved_boundary_the_search_finds_what_random_points_find_and_more()
    {
        using var scope = NewDisposeScope();
        using var network = Network(new Mlp { Hidden = [32] }, classes: 4);
        var inputs = Inputs(100);
        var found = CriticalSamples.Of(network, inputs, Search, new Seeds(1)).IsCritical;
        var predicted = Classes(network, inputs);
        var random = new bool[100];
        for (var trial = 0; trial < 200; trial++)
        {
            var moved = Classes(network, inputs + ((rand_like(inputs) * 2) - 1).mul_(Search.Radius));
            random = [.. random.Zip(predicted.Zip(moved), (known, pair) => known || pair.First != pair.Second)];
        }

        Assert.All(random.Zip(found), pair => Assert.True(!pair.First || pair.Second));
        Assert.True(found.Count(critical => critical) > random.Count(critical => critical));
    }

    [Fact]
    public void An_examples_answer_depends_on_the_seed_and_its_row_alone()
    {
        using var scope = NewDisposeScope();
        using var network = Network(new Mlp { Hidden = [32] }, classes: 4);
        var inputs = Inputs(Evaluator.BatchSize(network) + 20);
        var all = CriticalSamples.Of(network, inputs, Search, new Seeds(1)).IsCritical;
        Assert.Equal(all, CriticalSamples.Of(network, inputs, Search, new Seeds(1)).IsCritical);
        Assert.Equal(all.Take(30), CriticalSamples.Of(network, inputs.narrow(0, 0, 30), Search, new Seeds(1)).IsCritical);
    }

    [Fact]
    public void Every_kind_of_network_lets_the_gradient_through_to_its_inputs_and_keeps_none_of_its_own()
    {
        NetworkSpec[] specs = [new Mlp { Hidden = [8] }, new SmallInception(), new SmallAlexNet(), new SmallResNet { Dropout = 0.5 }];
        Assert.All(
            specs,
            spec =>
            {
                using var scope = NewDisposeScope();
                using var network = spec.Build(new TaskShape(28, 28, 3, 4), Precision.Float32, new Seeds(1));
                var found = CriticalSamples.Of(
                    network,
                    randn(3, 28, 28, 3),
                    new CriticalSearch { Radius = 3, Iterations = 10 },
                    new Seeds(1)
                );
                Assert.Contains(true, found.IsCritical);
                Assert.All(network.parameters(), parameter => Assert.Null(parameter.grad));
            }
        );
    }

    [Fact]
    public void Inputs_of_another_kind_and_a_box_without_size_are_refused()
    {
        using var scope = NewDisposeScope();
        using var network = Network(new Mlp { Hidden = [] }, classes: 2);
        Assert.Throws<ArgumentException>(() => CriticalSamples.Of(network, zeros([3, 6, 6, 1], bfloat16), Search, new Seeds(1)));
        Assert.Throws<ArgumentException>(() => CriticalSamples.Of(network, zeros([0, 6, 6, 1]), Search, new Seeds(1)));
        Assert.Contains(
            "radius of the box is 0",
            Assert.Throws<InputException>(() => new CriticalSearch { Radius = 0 }).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "search steps is 0",
            Assert.Throws<InputException>(() => new CriticalSearch { Iterations = 0 }).Message,
            StringComparison.Ordinal
        );
    }

    private static Module<Tensor, Tensor> Network(NetworkSpec spec, int classes) =>
        spec.Build(new TaskShape(6, 6, 1, classes), Precision.Float32, new Seeds(1));

    private static Tensor Inputs(int count)
    {
        using var data = Samples.Noise(count, 1, channels: 1);
        return PreparedData.Whiten(data.Train.Pixels);
    }

    private static double Reach(Module<Tensor, Tensor> network)
    {
        var weight = network.get_parameter("layers.0.weight")!;
        return (weight[0] - weight[1]).abs().to(float64).sum([0L]).item<double>();
    }

    private static float[][] Logits(Module<Tensor, Tensor> network, Tensor inputs)
    {
        using var noGrad = no_grad();
        var logits = network.forward(inputs);
        return [.. logits.data<float>().ToArray().Chunk((int)logits.shape[1])];
    }

    private static int[] Classes(Module<Tensor, Tensor> network, Tensor inputs) =>
        [.. Logits(network, inputs).Select(row => Array.IndexOf(row, row.Max()))];
}
