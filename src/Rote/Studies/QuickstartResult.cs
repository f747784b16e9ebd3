using Rote.Data;
using Rote.Measurement;
using Rote.Training;

namespace Rote.Studies;

/// <summary>One kind of data that the quickstart trains on, with its result.</summary>
public sealed record VariantResult
{
    /// <summary>Short name for files and colours: <c>true-labels</c>, <c>random-labels</c>, <c>shuffled-pixels</c>, <c>random-pixels</c>,
    /// <c>gaussian-pixels</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Displayed name, as "Random labels".</summary>
    public required string Title { get; init; }

    /// <summary>One sentence on what was destroyed and what remains.</summary>
    public required string Explanation { get; init; }

    /// <summary>One entry per epoch, from epoch 0 (untrained) on.</summary>
    public required IReadOnlyList<EpochMetrics> Epochs { get; init; }

    /// <summary>Accuracy of the final network on all training examples, against the given labels.</summary>
    public required Estimate TrainAccuracy { get; init; }

    /// <summary>Test accuracy of the final network, against true labels.</summary>
    public required Estimate TestAccuracy { get; init; }

    /// <summary>Epochs until the training accuracy reached <see cref="QuickstartResult.FitTarget"/>; null if it never did.</summary>
    public required int? EpochsToFit { get; init; }

    /// <summary>Wall-clock seconds of training and evaluation until then; null if it never did.</summary>
    public required double? SecondsToFit { get; init; }

    /// <summary>Ratio of <see cref="EpochsToFit"/> to that of true labels; null if either never fitted.</summary>
    public required double? EpochsRelativeToTrueLabels { get; init; }

    /// <summary>The first training examples as the network saw them, before whitening, with given labels; the result owns the
    /// set.</summary>
    public required Dataset Examples { get; init; }

    /// <summary>[n] true labels of <see cref="Examples"/>.</summary>
    public required IReadOnlyList<long> TrueLabels { get; init; }

    /// <summary>The run's folder.</summary>
    public required string RunFolder { get; init; }
}

/// <summary>The result of <c>rote quickstart</c>: the same network on data with and without a rule.</summary>
public sealed record QuickstartResult : IDisposable
{
    /// <summary>Data set, as <c>cifar10</c>.</summary>
    public required string Data { get; init; }

    /// <summary>Why <see cref="Data"/> is not the requested one, in one sentence; null if it is.</summary>
    public string? Substitution { get; init; }

    /// <summary>Number of training examples.</summary>
    public required int TrainCount { get; init; }

    /// <summary>Number of test examples.</summary>
    public required int TestCount { get; init; }

    /// <summary>Number of classes K; chance is 1 / K.</summary>
    public required int Classes { get; init; }

    /// <summary>Network in words, as "MLP 1×512".</summary>
    public required string Network { get; init; }

    /// <summary>Its number of trainable parameters.</summary>
    public required long Parameters { get; init; }

    /// <summary>Whether the network ignores the order of an image's values, as an MLP does: one permutation for all images does not affect
    /// it.</summary>
    public required bool IgnoresPixelOrder { get; init; }

    /// <summary>Training accuracy at which a variant counts as fitted, as 0.995.</summary>
    public required double FitTarget { get; init; }

    /// <summary>The recipe in one line, as "SGD, momentum 0.9, learning rate 0.05 × 0.97 per epoch, batch 256".</summary>
    public required string Recipe { get; init; }

    /// <summary>The variants, true labels first.</summary>
    public required IReadOnlyList<VariantResult> Variants { get; init; }

    /// <summary>The second figure: a network that learns by rote first, then by rule; null if skipped.</summary>
    public RuleCourse? Rule { get; init; }

    /// <summary>Everything that makes the result reproducible, as (name, value): command, seed, versions, machine, precision, data
    /// checksum.</summary>
    public required IReadOnlyList<(string Name, string Value)> Provenance { get; init; }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var variant in Variants)
        {
            variant.Examples.Dispose();
        }
    }
}
