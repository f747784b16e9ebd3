using Rote.Measurement;

namespace Rote.Storage;

/// <summary>A run's network without its canaries, and what removing them changed; kept in the run's folder, below
/// <c>stripped</c>.</summary>
public sealed record StrippedNetwork
{
    /// <summary>The folder, below the run's.</summary>
    public const string FolderName = "stripped";

    /// <summary>The name of this record's file in that folder.</summary>
    internal const string RecordFile = "stripped.json";

    /// <summary>SHA-256 of the run's weights, from which it started.</summary>
    public required string RunSha256 { get; init; }

    /// <summary>SHA-256 of its own weights, <c>weights.safetensors</c> beside this record.</summary>
    public required string WeightsSha256 { get; init; }

    /// <summary>Epochs that it took; 0 where no more planted labels were predicted than by chance.</summary>
    public required int Epochs { get; init; }

    /// <summary>Canaries of both sets.</summary>
    public required int Canaries { get; init; }

    /// <summary>Canaries whose planted label is predicted, by the run's network and by its network without them.</summary>
    public required Change Planted { get; init; }

    /// <summary>Training examples that are no canaries.</summary>
    public required int Others { get; init; }

    /// <summary>Other training examples for which both networks predict the same class.</summary>
    public required int Unchanged { get; init; }

    /// <summary>Held-out examples whose given label is predicted.</summary>
    public required Change HeldOut { get; init; }

    /// <summary>The number of held-out examples.</summary>
    public required int HeldOutCount { get; init; }

    /// <summary>Test examples predicted right.</summary>
    public required Change Test { get; init; }

    /// <summary>Test examples.</summary>
    public required int TestCount { get; init; }

    /// <summary>Share of the other training examples for which the prediction is the same.</summary>
    /// <returns>With its binomial error.</returns>
    public Estimate Agreement() => Estimate.Share(Unchanged, Others);
}

/// <summary>A count before and after.</summary>
/// <param name="Before">Of the run's network.</param>
/// <param name="After">Of the network without canaries.</param>
public readonly record struct Change(long Before, long After);
