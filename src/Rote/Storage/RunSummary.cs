using Rote.Experiments;
using Rote.Measurement;
using Rote.Memorization;
using Rote.Training;

namespace Rote.Storage;

/// <summary>The results of a finished run, and nothing else: equal runs have equal summaries, byte for byte.</summary>
public sealed record RunSummary
{
    /// <summary>The experiment's <see cref="Experiment.Identity"/>.</summary>
    public required string Experiment { get; init; }

    /// <summary>Epochs trained.</summary>
    public required int Epochs { get; init; }

    /// <summary>The epoch whose weights were kept where early stopping went back to it; null: the last.</summary>
    public int? KeptEpoch { get; init; }

    /// <summary>Whether training stopped because the training accuracy asked for was reached; null if none was asked for.</summary>
    public bool? Fitted { get; init; }

    /// <summary>Training examples whose given label the kept network predicts.</summary>
    public required long TrainCorrect { get; init; }

    /// <summary>Training examples.</summary>
    public required int TrainCount { get; init; }

    /// <summary>Training examples whose label is neither changed nor planted; null if none is changed or none planted: then it is the
    /// rest.</summary>
    public int? CleanCount { get; init; }

    /// <summary>Those of them whose label the kept network predicts; null as <see cref="CleanCount"/>.</summary>
    public long? CleanCorrect { get; init; }

    /// <summary>Training examples with a changed label; null if none or all have one.</summary>
    public int? ChangedCount { get; init; }

    /// <summary>Those of them whose given, wrong label the kept network predicts; null as <see cref="ChangedCount"/>.</summary>
    public long? MemorizedCount { get; init; }

    /// <summary>Those of them whose true label the kept network predicts; null as <see cref="ChangedCount"/>.</summary>
    public long? RecoveredCount { get; init; }

    /// <summary>Held-out examples whose given label the kept network predicts; null if none were held out.</summary>
    public long? HeldOutCorrect { get; init; }

    /// <summary>The number of held-out examples; null if none were held out.</summary>
    public int? HeldOutCount { get; init; }

    /// <summary>The kept network's results on the canaries; null if none were planted.</summary>
    public CanarySummary? Canaries { get; init; }

    /// <summary>Labels that the dial did not trust; null where no method distrusts labels.</summary>
    public int? Distrusted { get; init; }

    /// <summary>What the canaries prove about the kept network; computed only here.</summary>
    /// <returns>Null for a run without canaries.</returns>
    public Certificate? Certificate() => Canaries is { } canaries ? Memorization.Certificate.Of(canaries, WeightsSha256, Distrusted) : null;

    /// <summary>Test examples that the kept network predicts right.</summary>
    public required long TestCorrect { get; init; }

    /// <summary>Test examples.</summary>
    public required int TestCount { get; init; }

    /// <summary>Mean cross-entropy over the kept epoch's batches, in nats.</summary>
    public required double? RunningLoss { get; init; }

    /// <summary>Trainable parameters of the network.</summary>
    public required long Parameters { get; init; }

    /// <summary>SHA-256 of the final weights' data.</summary>
    public required string WeightsSha256 { get; init; }

    /// <summary>Final training accuracy with its binomial error.</summary>
    /// <returns>A share in [0, 1].</returns>
    public Estimate TrainAccuracy() => Estimate.Share(TrainCorrect, TrainCount);

    /// <summary>Share of the training examples with an unchanged label that is predicted, with its binomial error.</summary>
    /// <returns>A share in [0, 1]; null if no label was changed, or every one.</returns>
    public Estimate? CleanAccuracy() =>
        CleanCount is { } clean && CleanCorrect is { } right ? Estimate.Share(right, clean)
        : ChangedCount is { } changed && MemorizedCount is { } memorized ? Estimate.Share(TrainCorrect - memorized, TrainCount - changed)
        : null;

    /// <summary>Share of the training examples with a changed label whose wrong label is predicted, with its binomial error.</summary>
    /// <returns>A share in [0, 1]; null as <see cref="CleanAccuracy"/>.</returns>
    public Estimate? MemorizedShare() =>
        ChangedCount is { } changed && MemorizedCount is { } memorized ? Estimate.Share(memorized, changed) : null;

    /// <summary>Share of the training examples with a changed label whose true label is predicted, with its binomial error.</summary>
    /// <returns>A share in [0, 1]; null as <see cref="CleanAccuracy"/>.</returns>
    public Estimate? RecoveredShare() =>
        ChangedCount is { } changed && RecoveredCount is { } recovered ? Estimate.Share(recovered, changed) : null;

    /// <summary>Accuracy on the examples held out, with its binomial error.</summary>
    /// <returns>A share in [0, 1]; null if none were.</returns>
    public Estimate? HeldOutAccuracy() =>
        HeldOutCorrect is { } correct && HeldOutCount is { } count ? Estimate.Share(correct, count) : null;

    /// <summary>Final test accuracy with its binomial error.</summary>
    /// <returns>A share in [0, 1].</returns>
    public Estimate TestAccuracy() => Estimate.Share(TestCorrect, TestCount);
}

/// <summary>A finished run as read from its folder.</summary>
/// <param name="Folder">Where it lies.</param>
/// <param name="Experiment">What was asked.</param>
/// <param name="Summary">Its results.</param>
/// <param name="History">One entry per epoch, from epoch 0 on.</param>
public sealed record FinishedRun(string Folder, Experiment Experiment, RunSummary Summary, IReadOnlyList<EpochMetrics> History)
{
    /// <summary>Reads the degrees of memorization that its two networks can be set to.</summary>
    /// <returns>Null where it has one network.</returns>
    /// <exception cref="InputException">The table is missing or damaged.</exception>
    public DegreeTable? Degrees() => AdjustableFiles.Find(this);
}
