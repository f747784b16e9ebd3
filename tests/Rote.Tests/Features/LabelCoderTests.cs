using Rote.Corruptions;
using Rote.Experiments;
using Rote.Features;
using Rote.Tests.Support;
using static TorchSharp.torch;

namespace Rote.Tests.Features;

[NoTensorLeaks]
public sealed class LabelCoderTests
{
    [Fact]
    public void Blocks_double_and_few_examples_have_none()
    {
        Assert.Equal([1562, 3125, 6250, 12_500, 25_000], LabelCoder.KnownOf(50_000));
        Assert.Equal([50], LabelCoder.KnownOf(100));
        Assert.Empty(LabelCoder.KnownOf(79));
    }

    [Fact]
    public void A_cost_is_the_binary_logarithm_of_the_labels_probability()
    {
        using var scope = NewDisposeScope();
        var logits = tensor(new[] { 0, Math.Log(3), 0, 0 }, [2, 2], float64); // probabilities 1/4 and 3/4, then a half each
        var labels = tensor(new long[] { 1, 0 }, int64);
        Assert.Equal([-Math.Log2(0.75), 1], LabelCoder.Costs(logits, labels, 1), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal([1, 1], LabelCoder.Costs(logits, labels, double.PositiveInfinity));
    }

    [Fact]
    public void A_network_that_is_sure_and_wrong_costs_no_more_than_one_that_knows_nothing()
    {
        using var scope = NewDisposeScope();
        var logits = zeros(40, 2, dtype: float64);
        logits.narrow(1, 0, 1).fill_(50);
        Assert.Equal(double.PositiveInfinity, LabelCoder.Temperature(logits, ones(40, dtype: int64)));
        Assert.Equal(0.5, LabelCoder.Temperature(logits, zeros(40, dtype: int64)));
    }

    [Fact]
    public void Labels_with_a_rule_are_compressed_and_random_ones_are_not()
    {
        using var data = Samples.Learnable(600, 20);
        var experiment = TinyRuns.Experiment() with { Data = new() { Name = "sample" } };
        experiment = experiment with { Recipe = experiment.Recipe with { Epochs = 20 } };
        using var inputs = RunInputs.Prepare(experiment, _ => data);
        var (given, random) = (LabelCoder.Of(experiment, inputs, isRandom: false)!, LabelCoder.Of(experiment, inputs, isRandom: true)!);
        Assert.Equal(600, given.Blocks.Sum(block => block.Count));
        Assert.Equal(given.Bits, given.Blocks.Sum(block => block.Bits), 6);
        Assert.Equal(
            (1200.0, given.Bits / 1200),
            (given.Uniform, given.Share.Value),
            (a, b) => a.Item1 == b.Item1 && Math.Abs(a.Item2 - b.Item2) < 1e-9
        );
        Assert.True(given.Share.Value < 0.5, $"{given.Share}");
        Assert.InRange(random.Share.Value, 0.97, 1.1);
        Assert.Equal(given.Bits, LabelCoder.Of(experiment, inputs, isRandom: false)!.Bits);
    }

    [Fact]
    public void It_can_be_stopped()
    {
        using var data = Samples.Learnable(600, 20);
        using var inputs = RunInputs.Prepare(TinyRuns.Experiment(), _ => data);
        Assert.Throws<OperationCanceledException>(() =>
            LabelCoder.Of(TinyRuns.Experiment(), inputs, false, cancel: new CancellationToken(true))
        );
    }

    [Fact]
    public void Labels_that_a_corruption_drew_are_those_that_are_coded()
    {
        using var data = Samples.Learnable(600, 20);
        var experiment = TinyRuns.Experiment(new RandomLabels()) with { Data = new() { Name = "sample" } };
        using var inputs = RunInputs.Prepare(experiment, _ => data);
        Assert.True(LabelCoder.Of(experiment, inputs, isRandom: false)!.Share.Value > 0.95);
    }
}
