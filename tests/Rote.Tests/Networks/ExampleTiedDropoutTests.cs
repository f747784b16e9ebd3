using Rote.Corruptions;
using Rote.Data;
using Rote.Experiments;
using Rote.Memorization;
using Rote.Networks;
using Rote.Tensors;
using Rote.Tests.Support;
using Rote.Training;
using Rote.Training.Schedules;
using static TorchSharp.torch;

namespace Rote.Tests.Networks;

/// <summary>Example-tied dropout against its definition, unit by unit.</summary>
[NoTensorLeaks]
public sealed class ExampleTiedDropoutTests
{
    private const int Units = 50;
    private static readonly ExampleTiedDropout Usual = new();

    [Fact]
    public void Shared_units_are_always_there_and_others_for_a_tenth_of_the_examples()
    {
        const int Examples = 4000;
        var kept = Masks(Usual, Enumerable.Range(0, Examples), layer: 1);
        for (var unit = 0; unit < Units; unit++)
        {
            var count = kept.Count(mask => mask[unit] == 1);
            Assert.All(kept, mask => Assert.True(mask[unit] is 0 or 1));
            if (unit < 10)
            {
                Assert.Equal(Examples, count);
            }
            else
            {
                Assert.InRange(count, 400 - (5 * 19), 400 + (5 * 19)); // five standard deviations of a coin of 0.1
            }
        }

        // Of two units of an example's, and of two examples, neither tells of the other.
        Assert.InRange(kept.Count(mask => mask[20] * mask[21] == 1), 40 - (5 * 7), 40 + (5 * 7));
        Assert.InRange(kept.Zip(kept.Skip(1), (a, b) => a[30] * b[30]).Count(both => both == 1), 40 - (5 * 7), 40 + (5 * 7));
    }

    [Fact]
    public void An_example_has_the_same_units_in_every_batch_and_others_in_another_layer()
    {
        var alone = Masks(Usual, [17], layer: 1)[0];
        Assert.Equal(alone, Masks(Usual, [3, 17, 44], layer: 1)[1]);
        Assert.NotEqual(alone, Masks(Usual, [17], layer: 2)[0]);
        Assert.NotEqual(alone, Masks(Usual, [18], layer: 1)[0]);
    }

    [Theory]
    [InlineData(0.2, 0.1, 10, 1.5)] // 0.3 / 0.2
    [InlineData(0.5, 0, 25, 1)]
    [InlineData(1, 0, 50, 1)]
    [InlineData(1, 0.1, 50, 1)] // no others to make up for
    [InlineData(0.001, 0, 1, 1)] // never none
    public void In_evaluation_the_shared_units_are_left_and_make_up_for_the_others(double shared, double own, int count, double factor)
    {
        using var scope = NewDisposeScope();
        var values = new ExampleTiedDropout { Shared = shared, Own = own }.Apply(ones([2, Units], device: CPU), null, 1);
        var expected = Enumerable.Range(0, Units).Select(unit => unit < count ? (float)factor : 0).ToArray();
        Assert.Equal([.. expected, .. expected], values.data<float>().ToArray());
    }

    [Fact]
    public void Channels_of_pictures_are_kept_whole()
    {
        using var scope = NewDisposeScope();
        var rows = tensor(new long[] { 5, 6 }, int64);
        var channels = Usual.Apply(ones([2, Units, 3, 2], device: CPU), rows, 1);
        var units = Usual.Apply(ones([2, Units], device: CPU), rows, 1);
        Assert.True(channels.allclose(units.unsqueeze(2).unsqueeze(3).expand(2, Units, 3, 2), 0, 0));
    }

    [Theory]
    [InlineData("mlp-2x64")]
    [InlineData("resnet-8")]
    public void A_network_leaves_out_the_units_of_others(string name)
    {
        using var scope = NewDisposeScope();
        var shape = new TaskShape(16, 16, 3, 4);
        var (plain, tied) = (NetworkCatalog.Find(name), NetworkCatalog.Find(name) with { TiedDropout = new() });
        using var network = tied.Build(shape, Precision.Float32, new Seeds(1));
        using var without = plain.Build(shape, Precision.Float32, new Seeds(1));
        var inputs = rand([6, 16, 16, 3], device: CPU);

        network.eval();
        var evaluated = network.forward(inputs);
        Assert.False(evaluated.allclose(without.forward(inputs)));
        network.train();
        Assert.Throws<InvalidOperationException>(() => network.forward(inputs));
        var asked = (IExampleTied)network;
        var (one, same, other) = (Trained(0), Trained(0), Trained(100));
        Assert.True(one.allclose(same, 1e-4, 1e-5)); // statistics of a batch do not depend on what was before
        Assert.False(one.allclose(other, 1e-4, 1e-5));
        Assert.False(one.allclose(evaluated, 1e-4, 1e-5));

        Tensor Trained(long first)
        {
            asked.Rows = arange(first, first + 6, 1, int64, CPU);
            return network.forward(inputs);
        }
    }

    [Fact]
    public void Where_it_has_no_place_it_is_refused()
    {
        foreach (var name in new[] { "linear", "small-alexnet", "small-inception" })
        {
            var spec = NetworkCatalog.Find(name) with { TiedDropout = new() };
            var refused = Assert.Throws<InputException>(() => spec.Build(new TaskShape(28, 28, 3, 4), Precision.Float32, new Seeds(1)));
            Assert.Contains("no place for example-tied dropout", refused.Message, StringComparison.Ordinal);
        }

        var experiment = new Experiment
        {
            Data = new DataSpec { Name = "sample" },
            Corruption = new TrueLabels(),
            Network = new Mlp { TiedDropout = new() },
            Recipe = new Recipe { HoldOut = 0.1, Schedule = new ConstantSchedule() },
            Canaries = new CanaryPlan { Steering = 20, HeldOut = 20 },
            Threads = 1,
        };
        experiment.RequireConsistent();
        foreach (
            var other in new[]
            {
                experiment with
                {
                    Control = new MemorizationDial { Target = 0.1 },
                },
                experiment with
                {
                    Recipe = experiment.Recipe with { MixupAlpha = 1 },
                },
            }
        )
        {
            Assert.Contains("Example-tied", Assert.Throws<InputException>(other.RequireConsistent).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(0, 0.1)]
    [InlineData(1.1, 0.1)]
    [InlineData(double.NaN, 0.1)]
    [InlineData(0.2, -0.1)]
    [InlineData(0.2, 1.1)]
    [InlineData(0.2, double.NaN)]
    public void Shares_out_of_range_are_refused(double shared, double own) =>
        Assert.Throws<InputException>(() => new ExampleTiedDropout { Shared = shared, Own = own });

    private static float[][] Masks(ExampleTiedDropout dropout, IEnumerable<int> examples, int layer)
    {
        using var scope = NewDisposeScope();
        long[] rows = [.. examples.Select(row => (long)row)];
        var masks = dropout.Apply(ones([rows.Length, Units], device: CPU), tensor(rows, int64), layer);
        return [.. masks.data<float>().ToArray().Chunk(Units)];
    }
}
