using Rote.Measurement;
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

    // docs/explanation/dial.md says the numbers.
    [Fact]
    public void Data_too_small_for_the_precision_is_refused_with_the_number_needed()
    {
        var recipe = DialRecipe.For(new Mlp(), Pictures, 9_000);
        var message = Assert.Throws<InputException>(() => DialRecipe.Canaries(9_000, recipe)).Message;
        Assert.Contains("it plants 446 wrong labels", message, StringComparison.Ordinal);
        Assert.Contains("9390 examples are needed", message, StringComparison.Ordinal);
        Assert.Equal(223, DialRecipe.Canaries(9_390, recipe).HeldOut);
        Assert.True(MemorizationReading.WorstHalfWidth(223, 0.07) <= DialRecipe.Precision);
    }

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
