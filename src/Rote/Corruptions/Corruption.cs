using System.Text.Json.Serialization;
using Rote.Data;
using Rote.Tensors;
using static TorchSharp.torch;

namespace Rote.Corruptions;

/// <summary>A deliberate corruption of a data set before a network sees it. It is applied once and kept for the whole run.</summary>
/// <remarks>Source of the kinds: Zhang et al. 2017 (arXiv:1611.03530), section 2.1. The command uses the same names as JSON; <see
/// cref="CorruptionCatalog.Register"/> adds one.</remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(TrueLabels), "true-labels")]
[JsonDerivedType(typeof(RandomLabels), "random-labels")]
[JsonDerivedType(typeof(PartiallyCorruptedLabels), "corrupted-labels")]
[JsonDerivedType(typeof(PairFlippedLabels), "pair-flipped-labels")]
[JsonDerivedType(typeof(ShuffledPixels), "shuffled-pixels")]
[JsonDerivedType(typeof(RandomPixels), "random-pixels")]
[JsonDerivedType(typeof(GaussianPixels), "gaussian-pixels")]
public abstract record Corruption
{
    /// <summary>Whether the pixels are no longer those of a picture.</summary>
    [JsonIgnore]
    public virtual bool ReplacesPixels => false;

    /// <summary>Corrupts a data set that is already cropped to what the network sees.</summary>
    /// <param name="data">The data, which is not changed and stays the caller's; the result shares what is not corrupted.</param>
    /// <param name="seeds">The run's randomness; draws from the streams <c>labels</c> and <c>pixels</c>.</param>
    /// <returns>The same examples in the same order, which the caller owns. The result does not depend on the number of threads.</returns>
    public CorruptedData Apply(DatasetSplits data, Seeds seeds)
    {
        using var scope = NewDisposeScope();
        var truth = data.Train.Labels.data<long>().ToArray();
        var given = CorruptLabels(truth, data.Train.Classes, seeds);
        if (ReplacesPixels && data.Train.File is not null)
        {
            MemoryGuard.Require(
                data.Train.Provenance.Name,
                $"{data.Train.Height}×{data.Train.Width}×{data.Train.Channels}, with other pixels,",
                (long)sizeof(float) * data.Train.Height * data.Train.Width * data.Train.Channels,
                data.Train.Count + data.Test.Count,
                "corrupt labels instead, or fewer examples"
            );
        }

        var (trainPixels, testPixels) = CorruptPixels(data, seeds);
        var images = data with
        {
            Train = data.Train.With(trainPixels, ReferenceEquals(given, truth) ? null : tensor(given, int64)),
            Test = data.Test.With(testPixels),
        };
        return new CorruptedData(images, truth, [.. truth.Zip(given, (a, b) => a != b)]);
    }

    /// <summary>The labels the network is given.</summary>
    /// <param name="truth">[N] true labels; returned as it is if labels stay.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="seeds">The run's randomness.</param>
    /// <returns>[N] labels in [0, <paramref name="classes"/>).</returns>
    protected virtual long[] CorruptLabels(long[] truth, int classes, Seeds seeds) => truth;

    /// <summary>The pixels the network is given, made in the caller's dispose scope.</summary>
    /// <param name="data">The cropped data.</param>
    /// <param name="seeds">The run's randomness.</param>
    /// <returns>Train and test pixels [N, H, W, C]; null if they stay.</returns>
    protected virtual (Tensor? Train, Tensor? Test) CorruptPixels(DatasetSplits data, Seeds seeds) => (null, null);
}

/// <summary>No corruption: the data as it is.</summary>
public sealed record TrueLabels : Corruption;
