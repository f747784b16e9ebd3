using System.Text.Json.Serialization;

using Rote.Control.Dial;
using Rote.Training;

namespace Rote.Control;

/// <summary>The parts of the dial.</summary>
[Flags]
[JsonConverter(typeof(JsonStringEnumConverter<DialParts>))]
public enum DialParts
{
    /// <summary>None: two phases of plain training with the dial's step sizes, the control that the dial is to be compared with.</summary>
    [JsonStringEnumMemberName("none")]
    None = 0,

    /// <summary>Labels that are not trusted give way to what the teacher says; without it all pass.</summary>
    [JsonStringEnumMemberName("gate")]
    Gate = 1,

    /// <summary>Labels pass in the order of trust; without it in a random order.</summary>
    [JsonStringEnumMemberName("trust")]
    Trust = 2,

    /// <summary>Examples near those that are to be memorized are trained on with the teacher's targets.</summary>
    [JsonStringEnumMemberName("anchors")]
    Anchors = 4,

    /// <summary>Labels that have passed and are not fitted weigh more.</summary>
    [JsonStringEnumMemberName("boost")]
    Boost = 8,

    /// <summary>The controller corrects the share that passes; without it the share is what feed-forward says.</summary>
    [JsonStringEnumMemberName("feedback")]
    Feedback = 16,

    /// <summary>In the learning phase a loss that gives up on labels that it finds too improbable (generalized cross-entropy); without it plain cross-entropy.</summary>
    [JsonStringEnumMemberName("robust")]
    Robust = 32,

    /// <summary>A label that passes is said only as surely as it takes; without it for certain.</summary>
    [JsonStringEnumMemberName("tempering")]
    Tempering = 64,

    /// <summary>In the release phase examples are shown changed, but for those whose labels are to be memorized; without it all as they are.</summary>
    [JsonStringEnumMemberName("views")]
    Views = 128,

    /// <summary>All of them.</summary>
    [JsonStringEnumMemberName("all")]
    All = Gate | Trust | Anchors | Boost | Feedback | Robust | Tempering | Views,
}

/// <summary>The dial: trains to a requested degree of memorization, by feedback from canaries.</summary>
/// <remarks>
/// First the network learns as usual, until canaries begin to be fitted. Then its averaged weights become a teacher, and of the labels given only those are let through that the
/// network trusts enough; the others are replaced by what the teacher says. How much is enough is set by the canaries, whose labels are known to be wrong: a threshold that
/// lets through a share of them lets through the same share of the unknown wrong labels. A controller moves it until the network has fitted as much as was asked for. docs/science/dial.md.
/// </remarks>
public sealed record MemorizationDial : ControlMethod
{
    private double? _target;
    private int? _algorithm; // only what was read, until the target is known that it is to fit

    /// <summary>The degree of memorization m asked for, in [0, 1]: the share of planted random labels that the network has fitted, corrected for chance.</summary>
    /// <exception cref="InputException">The value is not in [0, 1], or not a number; or <see cref="Algorithm"/> is not that of the target.</exception>
    public required double Target
    {
        get => _target ?? 0;
        init
        {
            _target = value is >= 0 and <= 1 ? value : throw new InputException($"The degree of memorization is {value}, expected a number from 0 to 1.");
            Agree();
        }
    }

    /// <summary>The algorithm's version at this target, raised when the same seed no longer gives the same bits: a run of an older one is not this one's. The fifth changed what is done at 1 alone.</summary>
    /// <exception cref="InputException">It is another version than this Rote's.</exception>
    public int Algorithm
    {
        get => _algorithm ?? AlgorithmAt(Target);
        init
        {
            _algorithm = value;
            Agree();
        }
    }

    /// <summary>Which parts work; to leave one out shows what it is worth. Default: all.</summary>
    public DialParts Parts { get; init; } = DialParts.All;

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Title => Parts switch
    {
        DialParts.All => $"dial at {Target}",
        DialParts.None => "the dial's two phases without the dial",
        _ => $"dial at {Target} with {Parts} only",
    };

    /// <inheritdoc/>
    /// <remarks>Two pixels in colour, one in grey: of an MLP on CIFAR-10 47 % of the test images are right at m = 0.1 with two and 46 % with one, on Fashion-MNIST at 0 74 % with two and 83 % with one.</remarks>
    public override Augmentation? Nearby(Recipe recipe, bool isColour) => recipe.Augmentation is { CropPadding: > 0 } own
        ? own
        : new Augmentation { CropPadding = isColour ? 2 : 1, HorizontalFlip = isColour };

    /// <inheritdoc/>
    public override Objective Create(ControlSetting setting) => new DialObjective(this, setting);

    private static int AlgorithmAt(double target) => target < 1 ? 4 : 5;

    private void Agree()
    {
        if (_target is not { } target || _algorithm is not { } read)
        {
            return;
        }

        if (read != AlgorithmAt(target))
        {
            throw new InputException($"The dial's algorithm at {target} is {read}, and this Rote has {AlgorithmAt(target)}; train again.");
        }

        _algorithm = null; // so that a dial that was read equals one that was made
    }
}
