using System.Text.Json.Serialization;
using Rote.Corruptions;
using Rote.Memorization.Tools;
using Rote.Networks;
using Rote.Training;
using Rote.Training.Augmentations;

namespace Rote.Memorization;

/// <summary>A way to set how much a network memorizes, beside the recipe's own blunt tools. A closed set: its name in JSON is the name the
/// command uses.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(MemorizationDial), "dial")]
[JsonDerivedType(typeof(AdjustableMemorization), "adjustable")]
[JsonDerivedType(typeof(EarlyStopping), "early-stopping")]
[JsonDerivedType(typeof(CoTeaching), "co-teaching")]
[JsonDerivedType(typeof(DivideMix), "dividemix")]
[JsonDerivedType(typeof(DpSgd), "dp-sgd")]
[JsonDerivedType(typeof(WatchedMemorization), "watch")]
public abstract record ControlMethod
{
    private protected ControlMethod() { }

    /// <summary>The method in words, for reports.</summary>
    [JsonIgnore]
    public abstract string Title { get; }

    /// <summary>The degree of memorization that is to be reached, in [0, 1]; null: none is asked for.</summary>
    [JsonIgnore]
    public virtual double? Asked => null;

    /// <summary>The largest degree that training is to reach, in [0, 1]; null: none. Default: <see cref="Asked"/>.</summary>
    [JsonIgnore]
    public virtual double? Most => Asked;

    /// <summary>Whether a step trains the run's one network on its batch, and nothing beside it. Default false.</summary>
    [JsonIgnore]
    public virtual bool IsPlain => false;

    /// <summary>Refuses recipes and corruptions that the method replaces, or that would undo it.</summary>
    /// <param name="recipe">How the network is trained.</param>
    /// <param name="corruption">What is destroyed first.</param>
    /// <exception cref="InputException">One of the two does not go with the method.</exception>
    public virtual void RequireFit(Recipe recipe, Corruption corruption) { }

    /// <summary>Why the method cannot train a network of a kind; null: it can. Default null.</summary>
    /// <param name="network">The network.</param>
    public virtual string? Refusal(NetworkSpec network) => null;

    /// <summary>What changes an example into one near it, if the method asks for such examples; null: it does not.</summary>
    /// <param name="recipe">How the network is trained.</param>
    /// <param name="isColour">Whether examples are pictures in colour; grey ones are often digits or letters, which are not their mirror
    /// images.</param>
    /// <returns>For pictures; vectors have their own.</returns>
    public virtual Augmentation? Nearby(Recipe recipe, bool isColour) => null;

    /// <summary>The training method at work, for one run.</summary>
    /// <param name="setting">The run's data and randomness.</param>
    /// <returns>A training method that the caller owns.</returns>
    /// <exception cref="InputException">The method cannot work on this data.</exception>
    public abstract TrainingMethod Create(ControlSetting setting);

    /// <summary>Changes that leave a picture what it is: the recipe's own crops, else shifts and, in colour, mirror images.</summary>
    /// <remarks>Two pixels in colour, one in grey: of an MLP on CIFAR-10 47 % of the test images are right at m = 0.1 with two and 46 %
    /// with one, on Fashion-MNIST at 0 74 % with two and 83 % with one.</remarks>
    private protected static Augmentation SmallChanges(Recipe recipe, bool isColour) =>
        recipe.Augmentation is { CropPadding: > 0 } own
            ? own
            : new Augmentation { CropPadding = isColour ? 2 : 1, HorizontalFlip = isColour };
}
