using Rote.Training;
using Rote.Training.Augmentations;
using Rote.Training.Optimizers;
using Rote.Training.Schedules;

namespace Rote.Tests.Training;

public sealed class RecipeTests
{
    // csharpier-ignore
    public static TheoryData<string, Func<object>> Wrong => new()
    {
        { "learning rate is 0", () => new Recipe { LearningRate = 0 } },
        { "learning rate is NaN", () => new Recipe { LearningRate = double.NaN } },
        { "momentum is 1", () => new Recipe { Momentum = 1 } },
        { "β1 is 1", () => new Adam { Beta1 = 1 } },
        { "β2 is -0.1", () => new Adam { Beta2 = -0.1 } },
        { "ε is 0", () => new Adam { Epsilon = 0 } },
        { "weight decay is -1", () => new Recipe { WeightDecay = -1 } },
        { "batch size is 0", () => new Recipe { BatchSize = 0 } },
        { "number of epochs is 0", () => new Recipe { Epochs = 0 } },
        { "number of epochs is -3", () => new Recipe() with { Epochs = -3 } },
        { "stop at is 1.5", () => new Recipe { StopAtTrainAccuracy = 1.5 } },
        { "loss to stop at is 0", () => new Recipe { StopAtTrainLoss = 0 } },
        { "loss to stop at is NaN", () => new Recipe { StopAtTrainLoss = double.NaN } },
        { "norm is 0", () => new Recipe { ClipNorm = 0 } },
        { "label smoothing is 1", () => new Recipe { LabelSmoothing = 1 } },
        { "label smoothing is NaN", () => new Recipe { LabelSmoothing = double.NaN } },
        { "averaged weights is 1", () => new Recipe { AverageDecay = 1 } },
        { "held out is 0.95", () => new Recipe { HoldOut = 0.95 } },
        { "patience of early stopping is 0", () => new Recipe { Patience = 0 } },
        { "border of the random crop is -1", () => new Augmentation { CropPadding = -1 } },
        { "rotation is 181", () => new Augmentation { RotationDegrees = 181 } },
        { "random colour is NaN", () => new Augmentation { Color = double.NaN } },
        { "every 0 epochs", () => new Recipe { EvaluateEvery = 0 } },
        { "Testing every 0 epochs", () => new Recipe { TestEvery = 0 } },
    };

    [Theory]
    [MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public void A_wrong_value_is_named_with_what_was_expected(string part, Func<object> make)
    {
        var message = Assert.Throws<InputException>(make).Message;
        Assert.Contains(part, message, StringComparison.Ordinal);
        Assert.Matches("expected|not possible", message);
    }

    [Fact]
    public void A_recipe_that_contradicts_itself_is_refused()
    {
        Assert.Contains(
            "set the share held out",
            Assert.Throws<InputException>(new Recipe { Patience = 3 }.RequireConsistent).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "momentum",
            Assert.Throws<InputException>(new Recipe { Nesterov = true, Momentum = 0 }.RequireConsistent).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Every_part_of_a_full_recipe_is_in_its_description() =>
        Assert.Equal(
            "SGD with Nesterov momentum 0.8, learning rate 0.2 falling to 0 on a half cosine, batch 64, weight decay 0.0005, gradients "
                + "clipped to norm 2, label smoothing 0.1, "
                + "random crops with a border of 4, flips, rotations to ± 25°, colour 0.5, weights averaged with decay 0.999, 10 % of "
                + "the examples held out, early stopping with patience 5, float32",
            Full.Describe()
        );

    internal static Recipe Full { get; } =
        new()
        {
            LearningRate = 0.2,
            Schedule = new CosineSchedule(),
            Momentum = 0.8,
            Nesterov = true,
            WeightDecay = 0.0005,
            ClipNorm = 2,
            LabelSmoothing = 0.1,
            Augmentation = new Augmentation
            {
                CropPadding = 4,
                HorizontalFlip = true,
                RotationDegrees = 25,
                Color = 0.5,
            },
            AverageDecay = 0.999,
            BatchSize = 64,
            HoldOut = 0.1,
            Patience = 5,
            Precision = Rote.Tensors.Precision.Float32,
        };

    [Fact]
    public void Adam_has_no_members_of_SGD()
    {
        var recipe = new Recipe { Optimizer = new Adam(), LearningRate = Adam.UsualLearningRate };
        Assert.Equal((null, null), (recipe.Momentum, recipe.Nesterov));
        Assert.Equal(
            "Adam with β 0.9 and 0.999, ε 1E-8 has no momentum: that belongs to SGD; leave it out.",
            Assert.Throws<InputException>(() => recipe with { Momentum = 0.5 }).Message
        );
        Assert.Throws<InputException>(() => recipe with { Nesterov = false });
        Assert.StartsWith(
            "Adam with β 0.9 and 0.999, ε 1E-8, learning rate 0.001 × 0.97 per epoch, batch 256",
            recipe.Describe(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_description_names_what_differs_between_recipes() =>
        Assert.Equal(
            "SGD with momentum 0.9, learning rate 0.1 × 0.95 per epoch, batch 128, weight decay 0.0005, bfloat16",
            new Recipe
            {
                LearningRate = 0.1,
                Schedule = new ExponentialSchedule(),
                BatchSize = 128,
                WeightDecay = 0.0005,
            }.Describe()
        );
}
