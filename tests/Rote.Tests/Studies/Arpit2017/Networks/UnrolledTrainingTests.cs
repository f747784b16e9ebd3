using Rote.Studies.Arpit2017.Networks;
using Rote.Tensors;
using Rote.Tests.Support;
using static TorchSharp.torch;

namespace Rote.Tests.Studies.Arpit2017.Networks;

[NoTensorLeaks]
public sealed class UnrolledTrainingTests
{
    private static readonly SmallRecipe Recipe = new()
    {
        Hidden = [8],
        Rate = 0.1,
        Batch = 4,
        Epochs = 3,
    };

    /// <summary>The derivative through all steps is what training again with a changed example gives.</summary>
    [Theory]
    [InlineData(0, 1)]
    [InlineData(5, 0)]
    [InlineData(9, 2)]
    public void A_changed_example_changes_the_loss_as_the_gradient_says(int example, int number)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        const float Little = 0.01f;
        var unrolled = Train(Examples(0, 0, 0));
        var found = unrolled.Gradient(9, null, through: true)[example, number].item<float>();
        var (more, less) = (Examples(example, number, Little), Examples(example, number, -Little));
        var known = (Loss(more) - Loss(less)) / (2 * Little);
        Assert.Equal(known, found, 3e-4);
        Assert.True(Math.Abs(found) > 3e-3, $"{found}"); // larger than the tolerance
    }

    [Fact]
    public void With_the_weights_held_fixed_only_an_examples_own_term_counts()
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var unrolled = Train(Examples(0, 0, 0));
        var own = unrolled.Gradient(9, tensor(new long[] { 4, 7 }, int64), through: false).abs().sum([1L]).data<float>().ToArray();
        Assert.All(own.Select((length, i) => (length, i)), pair => Assert.Equal(pair.i is 4 or 7, pair.length > 0));
        var through = unrolled.Gradient(9, tensor(new long[] { 4, 7 }, int64), through: true).abs().sum([1L]).data<float>().ToArray();
        Assert.All(through, length => Assert.True(length > 0));
        Assert.Equal(3, unrolled.StepsAnEpoch);
    }

    [Fact]
    public void Before_the_first_step_there_are_no_steps_to_go_through()
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var unrolled = Train(Examples(0, 0, 0));
        Assert.True(unrolled.Gradient(0, null, through: true).eq(unrolled.Gradient(0, null, through: false)).all().item<bool>());
    }

    [Fact]
    public void A_class_depends_on_others_as_its_row_says()
    {
        var network = new SensitivityOf(
            NoiseLevel.Real,
            false,
            1,
            [],
            [],
            [],
            [],
            [
                [2, 1, 0],
                [3, 3, 3],
                [0, 1, 1],
            ]
        );
        Assert.Equal((0.25 + 1 + 0.5) / 3, network.Mixing(), 12);
    }

    private static UnrolledTraining Train(TrainingSet set) => new(set, Recipe, new Seeds(5), default);

    /// <summary>The mean cross-entropy after training, in a network of its own.</summary>
    private static double Loss(TrainingSet set)
    {
        using var network = Recipe.Create(3, 3, new Seeds(5));
        SmallTraining.Train(network, set, Recipe, new Seeds(5), _ => false, default);
        return nn.functional.cross_entropy(network.Scores(set.Rows).to(float64), set.Labels).item<double>();
    }

    /// <summary>Twelve examples of three numbers, one of them changed.</summary>
    private static TrainingSet Examples(int example, int number, float change)
    {
        var rows = arange(36, float32).mul(1.7).cos().reshape(12, 3);
        rows[example, number] = rows[example, number].add(change);
        var labels = tensor(Enumerable.Range(0, 12).Select(i => (long)(i * i % 3)).ToArray(), int64);
        return new TrainingSet(rows, labels, labels, zeros(12, @bool), 3);
    }
}
