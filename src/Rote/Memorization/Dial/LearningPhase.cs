using Rote.Training;
using Rote.Training.Losses;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Memorization.Dial;

/// <summary>The first phase of the dial: training as usual with a loss that is robust against wrong labels, until the network begins to fit
/// labels that it would not predict unseen.</summary>
/// <param name="dial">The dial.</param>
/// <param name="recipe">How the network is trained.</param>
/// <param name="examples">The number of examples trained on.</param>
internal sealed class LearningPhase(MemorizationDial dial, Recipe recipe, int examples)
{
    /// <summary>q of the loss. With the authors' 0.7 right labels are learned too slowly: 42 instead of 46 % on shapes at m = 1, 84 instead
    /// of 85 % on Fashion-MNIST at 0.1.</summary>
    private const double UsualRobustness = 0.3;

    /// <summary>The same at m* = 0 where pictures are cropped anew every epoch: the phase is long then, and there is time. At m* = 0.1 a
    /// residual network has 71 instead of 68 %; at a half, where time is short, 62 instead of 65.</summary>
    private const double MostRobustness = 0.7;

    /// <summary>The phase ends when this share is fitted of the labels that the averaged network would not predict unseen.</summary>
    private const double FittedAtEnd = 0.15;

    /// <summary>Of so many examples, cropped anew every epoch, the network is still far from fitting any by rote when it stops getting
    /// better at large steps. Smaller ones then take it further: a residual network of width 32 on all of CIFAR-10, 40 % of the labels
    /// wrong, from 84.2 % of the test images at epoch 25 of 50 to 86.1 at 35. With 10,000 examples they do not.</summary>
    private const int ManyExamples = 20_000;

    private const double FullRateUntil = 0.7; // of the longest phase, where examples are many
    private const double LastRate = 0.05; // of the full step size, at its end

    /// <summary>A network whose pictures are cropped anew every epoch learns longer than others, and memorizes as fast. Residual network
    /// of width 16, 10,000 pictures, 40 epochs, at m* = 1: 50.5 % of the test images with a quarter of the epochs, 57.0 with this; with
    /// 0.6 it is 58.9, but 1.4 % of the wrong labels stay unfitted.</summary>
    private const double LeastShareWithCrops = 0.45;

    private const double WarmUpEpochs = 2;
    private const double WarmUpFrom = 0.2;

    private readonly double _robustness = Crops(recipe) ? Math.Max(UsualRobustness, MostRobustness - (0.8 * dial.Target)) : UsualRobustness;

    private readonly bool _slows = Slows(recipe, examples);

    private readonly int _lastEpoch = (int)Math.Floor(LongestShare(dial.Target, Crops(recipe)) * recipe.Epochs);

    /// <summary>η at one step.</summary>
    /// <param name="epoch">Epochs done, from 0; 2.5 is the middle of the third.</param>
    public double LearningRate(double epoch)
    {
        var warm = Math.Min(1, WarmUpFrom + ((1 - WarmUpFrom) * epoch / WarmUpEpochs));
        var late = _slows ? Math.Clamp(((epoch / Math.Max(1, _lastEpoch)) - FullRateUntil) / (1 - FullRateUntil), 0, 1) : 0;
        return recipe.LearningRate * warm * (1 - ((1 - LastRate) * late));
    }

    /// <summary>Whether pictures are cropped anew every epoch.</summary>
    public static bool Crops(Recipe recipe) => recipe.Augmentation?.CropPadding is not null;

    /// <summary>Whether the phase ends with smaller steps.</summary>
    /// <param name="recipe">How the network is trained.</param>
    /// <param name="examples">The number of examples trained on.</param>
    public static bool Slows(Recipe recipe, int examples) => Crops(recipe) && examples >= ManyExamples;

    /// <summary>The loss of a batch.</summary>
    /// <param name="logits">[B, K].</param>
    /// <param name="labels">[B] int64 given labels.</param>
    public Tensor Loss(Tensor logits, Tensor labels) =>
        dial.Parts.HasFlag(DialParts.Robust)
            ? GeneralizedCrossEntropy.Of(logits, labels, _robustness)
            : functional.cross_entropy(logits, labels);

    /// <summary>Whether the phase ends after an epoch.</summary>
    /// <param name="epoch">The epoch; 0 is the untrained network.</param>
    /// <param name="trained">Share of the given labels of training examples that the network predicts.</param>
    /// <param name="heldOut">The same of examples held out.</param>
    public bool IsOver(int epoch, double trained, double heldOut) =>
        epoch > 0 && (Fitted(trained, heldOut) >= FittedAtEnd || epoch >= _lastEpoch);

    /// <summary>Share that the network predicts, of the given labels that it would not predict without having been trained on
    /// them.</summary>
    /// <remarks>Stopping on the steering canaries stops at a lucky epoch and biases their confidence upwards: m came out 0.07 too low on
    /// the others.</remarks>
    private static double Fitted(double trained, double heldOut) => (trained - heldOut) / Math.Max(1 - heldOut, 1e-9);

    /// <summary>The phase ends at the latest after this share of the epochs: sooner if more is to be memorized, because that takes
    /// long.</summary>
    /// <param name="target">m asked for, in [0, 1].</param>
    /// <param name="crops">Whether pictures are cropped anew every epoch.</param>
    /// <returns>0.9 at 0, 0.5 at a half, 0.25 at 1, or <see cref="LeastShareWithCrops"/>.</returns>
    private static double LongestShare(double target, bool crops)
    {
        var share = target < 0.5 ? 0.9 - (0.8 * target) : 0.75 - (0.5 * target);
        return crops ? Math.Max(share, LeastShareWithCrops) : share;
    }
}
