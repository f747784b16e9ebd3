using Rote.Training;

namespace Rote.Tests.Training;

public sealed class RecipeTests
{
    public static TheoryData<string, Func<Recipe>> Wrong => new()
    {
        { "learning rate is 0", () => new Recipe { LearningRate = 0 } },
        { "learning rate is NaN", () => new Recipe { LearningRate = double.NaN } },
        { "momentum is 1", () => new Recipe { Momentum = 1 } },
        { "weight decay is -1", () => new Recipe { WeightDecay = -1 } },
        { "batch size is 0", () => new Recipe { BatchSize = 0 } },
        { "number of epochs is 0", () => new Recipe { Epochs = 0 } },
        { "number of epochs is -3", () => new Recipe() with { Epochs = -3 } },
        { "stop at is 1.5", () => new Recipe { StopAtTrainAccuracy = 1.5 } },
        { "every 0 epochs", () => new Recipe { EvaluateEvery = 0 } },
    };

    [Theory]
    [MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public void A_wrong_value_is_named_with_what_was_expected(string part, Func<Recipe> make)
    {
        var message = Assert.Throws<InputException>(make).Message;
        Assert.Contains(part, message, StringComparison.Ordinal);
        Assert.Matches("expected|not possible", message);
    }

    [Fact]
    public void The_description_names_what_differs_between_recipes() =>
        Assert.Equal(
            "SGD with momentum 0.9, learning rate 0.1 × 0.95 per epoch, batch 128, weight decay 0.0005, bfloat16",
            new Recipe { LearningRate = 0.1, Schedule = new ExponentialSchedule(), BatchSize = 128, WeightDecay = 0.0005 }.Describe());
}
