using System.Collections.Concurrent;
using Rote.Networks;
using Rote.Training;
using Rote.Training.Augmentations;
using Rote.Training.Schedules;

namespace Rote.Recipes;

/// <summary>The recipes of one network: its default training, its training under the dial, and its training as a member of an
/// audit.</summary>
/// <param name="Train">The default recipe for a shape.</param>
/// <param name="Dial">Its settings under the dial, from which <see cref="DialRecipe"/> makes a recipe.</param>
/// <param name="Audit">The recipe of a member, without its number of epochs: one cycle of the learning rate, and no label smoothing,
/// because measures read probabilities.</param>
public sealed record NetworkRecipes(Func<TaskShape, Recipe> Train, DialSteps Dial, Func<TaskShape, Recipe> Audit)
{
    /// <summary>Training accuracy from which an example set counts as fitted: 100 % to the precision the paper prints.</summary>
    private const double Fitted = 0.9995;

    private static readonly ConcurrentDictionary<Type, NetworkRecipes> Known = new()
    {
        [typeof(Mlp)] = new(_ => UntilFitted(0.05, 0.97, batch: 256), new DialSteps(0.01, 5e-3, 50), _ => Member(0.05, 1e-4)),
        [typeof(SmallAlexNet)] = new(_ => UntilFitted(0.01, 0.95), new DialSteps(0.01, 5e-3, 50), shape => Moved(Member(0.01, 5e-4), shape))
        {
            Cost = 10,
        },
        [typeof(SmallInception)] = new(_ => UntilFitted(0.1, 0.95), new DialSteps(0.01, 5e-3, 50), shape => Moved(Member(0.1, 5e-4), shape))
        {
            Cost = 30,
        },
        [typeof(SmallResNet)] = new(Residual, new DialSteps(0.1, 5e-4, 40), shape => Moved(Member(0.2, 5e-4), shape)) { Cost = 30 },
        [typeof(InceptionV3)] = new(
            _ => UntilFitted(0.045, 0.97, batch: 32) with { Epochs = 100 },
            new DialSteps(0.01, 5e-3, 50),
            shape => Moved(Member(0.045, 5e-4) with { BatchSize = 32 }, shape)
        )
        {
            Cost = 2000,
        },
    };

    /// <summary>The recipes of a network without its own: SGD with a small learning rate, at which networks of any kind learn, if
    /// slowly.</summary>
    /// <remarks>0.01 is the smallest learning rate of the networks above, and that of those without normalization.</remarks>
    public static NetworkRecipes Usual { get; } = new(_ => UntilFitted(0.01, 0.95), new DialSteps(0.01, 5e-4, 50), _ => Member(0.01, 5e-4));

    /// <summary>The approximate time of a step relative to an MLP's, so that short runs can go first. Default 1.</summary>
    public double Cost { get; init; } = 1;

    /// <summary>The recipes of a network.</summary>
    /// <param name="network">The network.</param>
    /// <returns>Its own, or <see cref="Usual"/> if none were registered.</returns>
    public static NetworkRecipes Of(NetworkSpec network) => Known.GetValueOrDefault(network.GetType(), Usual);

    /// <summary>Registers the recipes of a network of another assembly.</summary>
    /// <typeparam name="TNetwork">The network, registered with <see cref="NetworkCatalog.Register"/>.</typeparam>
    /// <param name="recipes">Its recipes.</param>
    /// <exception cref="ArgumentException">The network already has recipes.</exception>
    public static void Register<TNetwork>(NetworkRecipes recipes)
        where TNetwork : NetworkSpec
    {
        if (Known.GetOrAdd(typeof(TNetwork), recipes) != recipes)
        {
            throw new ArgumentException($"{typeof(TNetwork).Name} has recipes already.", nameof(recipes));
        }
    }

    /// <summary>Zhang et al. 2017, appendix A, gives learning rates and their decay, but not batch size and epochs (128 and 60 here). The
    /// MLP takes the quickstart's values, because the paper's 0.01 × 0.95 stalls near 99 % on random labels.</summary>
    /// <remarks>Of the Inception V3 it says only that TensorFlow's setup was used. Its values here are those of Szegedy et al. 2016,
    /// section 8: batches of 32, 100 epochs, 0.045 × 0.94 every second epoch. Their RMSProp adds 1 to the mean square, which is then close
    /// to SGD with momentum. Nobody has trained it to the end with them here, nor under the dial or in an audit.</remarks>
    private static Recipe UntilFitted(double learningRate, double decay, int batch = 128) =>
        new()
        {
            LearningRate = learningRate,
            Schedule = new ExponentialSchedule { Decay = decay },
            BatchSize = batch,
            Epochs = 60,
            StopAtTrainAccuracy = Fitted,
        };

    /// <summary>Reaches a good test accuracy in few epochs: docs/evidence/performance.md.</summary>
    private static Recipe Residual(TaskShape shape) =>
        new()
        {
            LearningRate = 0.2,
            Schedule = new OneCycleSchedule(),
            Nesterov = true,
            WeightDecay = 5e-4,
            LabelSmoothing = 0.1,
            AverageDecay = 0.999,
            BatchSize = 128,
            Epochs = 14,
            Augmentation = MovesOf(shape),
        };

    private static Recipe Member(double learningRate, double weightDecay) =>
        new()
        {
            LearningRate = learningRate,
            Schedule = new OneCycleSchedule(),
            Nesterov = true,
            WeightDecay = weightDecay,
            BatchSize = 128,
        };

    private static Recipe Moved(Recipe recipe, TaskShape shape) => recipe with { Augmentation = MovesOf(shape) };

    private static Augmentation MovesOf(TaskShape shape) =>
        new()
        {
            CropPadding = Math.Max(1, Math.Min(shape.Height, shape.Width) / 8),
            HorizontalFlip = shape.Channels == 3, // grey images are often digits and letters, which are not their mirror images
        };
}

/// <summary>The training settings of a network under the dial.</summary>
/// <param name="LearningRate">The learning rate η.</param>
/// <param name="WeightDecay">The weight decay λ.</param>
/// <param name="Epochs">Passes over the training examples.</param>
public sealed record DialSteps(double LearningRate, double WeightDecay, int Epochs);
