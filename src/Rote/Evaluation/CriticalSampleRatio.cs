using System.Text.Json.Serialization;
using Rote.Measurement;

namespace Rote.Evaluation;

/// <summary>The critical sample ratio of a run's network, as its folder keeps it.</summary>
public sealed record CriticalSampleRatio
{
    /// <summary>Increased whenever a change of the search alters results, so that old ratios are not reused.</summary>
    public const int CurrentVersion = 1;

    /// <summary>The version of the search.</summary>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>SHA-256 of the weights' data, as in the run's summary.</summary>
    public required string WeightsSha256 { get; init; }

    /// <summary>Which examples of the run's own data: <c>test</c>, <c>train</c> or <c>held-out</c>.</summary>
    public required string Part { get; init; }

    /// <summary>Half the side of the box, in units of whitened inputs.</summary>
    public required double Radius { get; init; }

    /// <summary>The maximum number of search steps.</summary>
    public required int Iterations { get; init; }

    /// <summary>The number of examples searched, the first ones of the part.</summary>
    public required int Examples { get; init; }

    /// <summary>How many of them are critical.</summary>
    public int Critical { get; init; }

    /// <summary>The radius in grey levels of an 8-bit image: the mean over the examples of radius × standard deviation of the image's
    /// values.</summary>
    public double GreyLevels { get; init; }

    /// <summary>The ratio with its binomial error.</summary>
    [JsonIgnore]
    public Estimate Ratio => Estimate.Share(Critical, Examples);

    /// <summary>Whether this is the ratio of the same search on the same examples.</summary>
    internal bool Answers(CriticalSampleRatio question) =>
        this with { Critical = 0, GreyLevels = 0 } == question with { Critical = 0, GreyLevels = 0 };
}
