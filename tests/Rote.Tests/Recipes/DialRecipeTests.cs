using Rote.Corruptions;
using Rote.Networks;
using Rote.Recipes;

namespace Rote.Tests.Recipes;

public sealed class DialRecipeTests
{
    private static readonly TaskShape Pictures = new(32, 32, 3, 10);

    [Theory]
    [InlineData(10_000, 237)]
    [InlineData(20_000, 475)]
    [InlineData(50_000, 1000)]
    [InlineData(1_000_000, 1000)]
    public void As_many_canaries_are_planted_as_a_twentieth_bears_up_to_a_thousand(int examples, int each)
    {
        var plan = DialRecipe.Canaries(examples, DialRecipe.For(new Mlp(), Pictures, examples));
        Assert.Equal((each, each), (plan.Steering, plan.HeldOut));
    }

    // 10,000 examples, a twentieth held out: 9,500 / batch steps an epoch, and weights averaged over two.
    [Theory]
    [InlineData(null, 128)]
    [InlineData(128, 128)]
    [InlineData(1024, 1024)]
    [InlineData(10, 10)]
    public void Weights_are_averaged_over_two_epochs_whatever_the_batch(int? asked, int batch)
    {
        var recipe = DialRecipe.For(new Mlp(), Pictures, 10_000, asked);
        Assert.Equal(batch, recipe.BatchSize);
        Assert.Equal(2 * 9_500.0 / batch, (1 / (1 - recipe.AverageDecay!.Value)) - 1, 1e-6);
    }

    // Counted by hand: a twentieth is held out, a hundred of small data, a fifth of what is smaller still; a tenth of the rest is planted
    // where a twentieth is too few for ± 0.07, which takes 223.
    [Theory]
    [InlineData(200, 0.2, 8)]
    [InlineData(500, 0.2, 20)]
    [InlineData(1_000, 0.1, 45)]
    [InlineData(1_500, 0.07, 69)]
    [InlineData(3_000, 0.05, 142)]
    [InlineData(5_000, 0.05, 223)]
    [InlineData(9_390, 0.05, 223)]
    public void Small_data_has_fewer_canaries_and_a_larger_share_held_out(int examples, double heldOut, int each)
    {
        var recipe = DialRecipe.For(new Mlp(), Pictures, examples);
        var plan = DialRecipe.Canaries(examples, recipe);
        Assert.Equal((heldOut, each, each), (recipe.HoldOut, plan.Steering, plan.HeldOut));
    }

    [Theory]
    [InlineData(199, 0.2)]
    [InlineData(1, 0.2)]
    [InlineData(1_000, 0.9)]
    public void Data_too_small_to_steer_by_is_refused_with_the_number_needed(int examples, double heldOut)
    {
        var message = Assert
            .Throws<InputException>(() =>
                DialRecipe.Canaries(examples, DialRecipe.For(new Mlp(), Pictures, 1_000) with { HoldOut = heldOut })
            )
            .Message;
        Assert.Contains("too few for the dial: it takes 200, and 160 to train on", message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_epoch_of_few_steps_is_repeated_more_often()
    {
        var usual = DialRecipe.For(new Mlp(), Pictures, 10_000).Epochs;
        Assert.Equal(
            [4 * usual, 4 * usual, 64, usual],
            new[] { 200, 500, 3_000, 9_390 }.Select(examples => DialRecipe.For(new Mlp(), Pictures, examples).Epochs)
        );
    }

    [Fact]
    public void As_many_canaries_are_planted_as_a_precision_takes()
    {
        var each = DialRecipe.CanariesFor(0.07, 10, 500).HeldOut;
        Assert.True(CanaryOutlook.WorstHalfWidth(each, 10, 500) <= 0.07);
        Assert.True(CanaryOutlook.WorstHalfWidth(each - (each / 20), 10, 500) > 0.07); // hits are whole numbers
        Assert.True(DialRecipe.CanariesFor(0.07, 2, 5_000).HeldOut > 3 * each); // of two classes chance hits half
        foreach (var precision in new[] { 0, -1, 0.51, double.NaN, double.PositiveInfinity, 1e-9 })
        {
            Assert.Throws<InputException>(() => DialRecipe.CanariesFor(precision, 10, 500));
        }
    }

    // Two classes, 250 examples held out: the error of chance alone was ± 0.12, and ± 0.1 was promised.
    [Fact]
    public void A_precision_that_the_error_of_chance_exceeds_is_refused()
    {
        var message = Assert.Throws<InputException>(() => DialRecipe.CanariesFor(0.1, 2, 250)).Message;
        Assert.Contains("more than 250 examples held out", message, StringComparison.Ordinal);
        Assert.InRange(DialRecipe.CanariesFor(0.1, 2, 5_000).HeldOut, 100, 1_000);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(45)]
    [InlineData(223)]
    [InlineData(1_000)]
    public void Data_of_the_size_named_bears_so_many_canaries(int each)
    {
        var examples = DialRecipe.ExamplesFor(each)!.Value;
        Assert.Equal(each, Planted(examples));
        Assert.True(Planted(examples - 1) < each);
    }

    // 73 of these were told a number of examples that gets fewer, because the share held out is rounded up.
    [Fact]
    public void Every_number_of_canaries_that_data_gets_has_its_number_of_examples()
    {
        Assert.All(Enumerable.Range(9, 992), each => Assert.True(Planted(DialRecipe.ExamplesFor(each)!.Value) >= each));
        Assert.Null(DialRecipe.ExamplesFor(1_001));
        var many = new CanaryPlan { Steering = 3_071, HeldOut = 3_071 };
        Assert.Equal(30_710, many.ExamplesNeeded);
        many.RequireFit(30_710);
        Assert.Throws<InputException>(() => many.RequireFit(30_709));
    }

    private static int Planted(int examples) => DialRecipe.Canaries(examples, DialRecipe.For(new Mlp(), Pictures, examples)).HeldOut;

    [Fact]
    public void The_recipe_is_ready_for_every_network_and_for_vectors()
    {
        foreach (var name in NetworkCatalog.Names)
        {
            var recipe = DialRecipe.For(NetworkCatalog.Find(name), Pictures, 10_000);
            recipe.RequireConsistent();
            Assert.True(
                recipe
                    is {
                        HoldOut: > 0,
                        AverageDecay: > 0.9,
                        StopAtTrainAccuracy: null,
                        LabelSmoothing: 0,
                        Augmentation.HorizontalFlip: true
                    }
            );
        }

        Assert.Null(DialRecipe.For(new Mlp(), new TaskShape(1, 20, 1, 3) { IsVector = true }, 10_000).Augmentation);
        Assert.False(DialRecipe.For(new SmallResNet(), new TaskShape(28, 28, 1, 10), 10_000).Augmentation!.HorizontalFlip);
    }
}
