using Rote.Networks;
using Rote.Training;
using Rote.Training.Augmentations;
using Rote.Training.Schedules;

namespace Rote.Recipes;

/// <summary>A recipe that suits a network where the user asks for nothing else.</summary>
public static class DefaultRecipe
{
    /// <summary>Training accuracy from which an example set counts as fitted: 100 % to the precision the paper prints.</summary>
    private const double Fitted = 0.9995;

    /// <summary>The recipe for a network and what it is given.</summary>
    /// <param name="network">The network.</param>
    /// <param name="shape">What it is given.</param>
    /// <returns>The paper's for the paper's networks, until they fit; for the residual network one that ends at a good test accuracy in few epochs.</returns>
    /// <remarks>Zhang et al. 2017, appendix A, gives step sizes and their decay, not batch size and epochs (128 and 60 here). The MLP takes the quickstart's
    /// steps: the paper's 0.01 × 0.95 stall near 99 % on random labels. The residual network's: docs/performance.md.</remarks>
    public static Recipe For(NetworkSpec network, TaskShape shape) => network switch
    {
        SmallResNet => new Recipe
        {
            LearningRate = 0.2,
            Schedule = new OneCycleSchedule(),
            Nesterov = true,
            WeightDecay = 5e-4,
            LabelSmoothing = 0.1,
            AverageDecay = 0.999,
            BatchSize = 128,
            Epochs = 14,
            Augmentation = new Augmentation
            {
                CropPadding = Math.Max(1, Math.Min(shape.Height, shape.Width) / 8),
                HorizontalFlip = shape.Channels == 3, // grey images are often digits and letters, which are not their mirror images
            },
        },
        SmallInception => new Recipe { LearningRate = 0.1, Schedule = new ExponentialSchedule(), BatchSize = 128, Epochs = 60, StopAtTrainAccuracy = Fitted },
        SmallAlexNet => new Recipe { LearningRate = 0.01, Schedule = new ExponentialSchedule(), BatchSize = 128, Epochs = 60, StopAtTrainAccuracy = Fitted },
        _ => new Recipe { Epochs = 60, StopAtTrainAccuracy = Fitted },
    };
}
