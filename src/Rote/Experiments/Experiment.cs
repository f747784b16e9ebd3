using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Rote.Corruptions;
using Rote.Data;
using Rote.Memorization;
using Rote.Networks;
using Rote.Training;

namespace Rote.Experiments;

/// <summary>One training run as data. What is not in this record does not change the result.</summary>
[FormerMember("device")] // always cpu
public sealed record Experiment
{
    /// <summary>The newest layout of this record that this code knows.</summary>
    public const int CurrentSchema = 2;

    /// <summary>Layout of this record; see docs/reference/formats.md.</summary>
    public int Schema { get; init; } = CurrentSchema;

    /// <summary>The engine that the result belongs to, <see cref="Foundation.Engine.Current"/> unless it was read.</summary>
    public int Engine { get; init; } = Foundation.Engine.Current;

    /// <summary>Which data is trained and tested on.</summary>
    public required DataSpec Data { get; init; }

    /// <summary>What is destroyed in it. Default: nothing.</summary>
    public Corruption Corruption { get; init; } = new TrueLabels();

    /// <summary>How many canaries are planted in it, on top of the corruption; null: none. Default null.</summary>
    public CanaryPlan? Canaries { get; init; }

    /// <summary>How memorization is controlled, beside the recipe; null: it is not. Default null.</summary>
    public ControlMethod? Control { get; init; }

    /// <summary>Training examples that the network shall not know; null: it may know all of them. Default null.</summary>
    public ForgottenRows? Forget { get; init; }

    /// <summary>The random half of the examples that is trained on; null: all of them. Default null.</summary>
    public RandomHalf? Half { get; init; }

    /// <summary>Which network is trained.</summary>
    public required NetworkSpec Network { get; init; }

    /// <summary>How it is trained.</summary>
    public required Recipe Recipe { get; init; }

    /// <summary>The source of all randomness. Default 1.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Threads libtorch computes with, from 1 to 1024: sums are split over them, so another count gives other last bits.</summary>
    /// <exception cref="InputException">The value is out of range.</exception>
    public required int Threads
    {
        get;
        init =>
            field = value is >= 1 and <= 1024 ? value : throw new InputException($"The number of threads is {value}, expected 1 to 1024.");
    }

    /// <summary>Refuses members that make sense alone but not together.</summary>
    /// <exception cref="InputException">The recipe contradicts itself, pixels that were destroyed are to be augmented, or the control has
    /// no canaries or does not suit the network.</exception>
    public void RequireConsistent()
    {
        Recipe.RequireConsistent();
        if (Canaries is not null && Recipe.HoldOut == 0)
        {
            throw HeldOutRows.NoneToReadBy;
        }

        if (Control is not null && Canaries is null)
        {
            throw new InputException($"The {Control.Title} is steered by canaries, and none are planted.");
        }

        Control?.RequireFit(Recipe, Corruption);
        if (Control?.Refusal(Network) is { } refusal)
        {
            throw new InputException(refusal);
        }

        if (Network.TiedDropout is not null && (Recipe.MixupAlpha is not null || Control is { IsPlain: false }))
        {
            throw new InputException(
                "Example-tied dropout has units for each training example; examples that training adds or mixes have none."
            );
        }

        if (Recipe.Augmentation is not null && Corruption.ReplacesPixels)
        {
            throw new InputException(
                "Augmentation moves and recolours the pixels of a picture, and this corruption leaves no picture: leave one of them out."
            );
        }
    }

    /// <summary>SHA-256 of the canonical JSON, lower-case hexadecimal: the name of the run.</summary>
    [JsonIgnore]
    public string Identity => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(RoteJson.Canonical(this))));
}
