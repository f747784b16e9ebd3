namespace Rote.Training;

/// <summary>What is known after an epoch. Accuracies are shares in [0, 1].</summary>
/// <remarks>Running values are averaged over the epoch's batches as each was trained on, so the network changes under them; evaluated
/// values come from a pass with the epoch's final weights (averaged ones where the recipe averages), in inference mode and without
/// augmentation.</remarks>
public sealed record EpochMetrics
{
    /// <summary>Epochs completed; 0 is the untrained network.</summary>
    public required int Epoch { get; init; }

    /// <summary>Step size at this epoch's first step; 0 for epoch 0.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Mean cross-entropy against the labels given over the epoch's batches, in nats, without smoothing or penalties; null for
    /// epoch 0.</summary>
    public double? RunningLoss { get; init; }

    /// <summary>Share of training examples right when they were trained on; null for epoch 0.</summary>
    public double? RunningAccuracy { get; init; }

    /// <summary>Share of all training examples whose given (perhaps corrupted) label the network predicts; null where this epoch was not
    /// evaluated.</summary>
    public double? TrainAccuracy { get; init; }

    /// <summary>Mean cross-entropy of all training examples against the labels given, evaluated, in nats; null where this epoch was not
    /// evaluated, or the recipe does not stop at a loss.</summary>
    public double? TrainLoss { get; init; }

    /// <summary>Of the training examples with an unchanged label, the share whose label the network predicts; null where this epoch was not
    /// evaluated, or no label was changed, or every one.</summary>
    public double? CleanAccuracy { get; init; }

    /// <summary>Of the training examples with a changed label, the share whose wrong label the network predicts: learned by rote. Null as
    /// <see cref="CleanAccuracy"/>.</summary>
    public double? MemorizedShare { get; init; }

    /// <summary>Of the training examples with a changed label, the share whose true label the network predicts, which it was never given:
    /// the rule sees through the corruption. Null as <see cref="CleanAccuracy"/>.</summary>
    public double? RecoveredShare { get; init; }

    /// <summary>Degree of memorization m in [0, 1], read off steering canaries; null where there are none or this epoch was not
    /// evaluated.</summary>
    public double? Memorization { get; init; }

    /// <summary>Share of the steering canaries whose labels the dial releases from here on; after the last epoch, those released in it;
    /// null where there is no dial, or it only watches yet.</summary>
    public double? ReleasedShare { get; init; }

    /// <summary>m at the end of training if canaries go on to be fitted as fast as they were since the dial began to let labels through.
    /// Null where there is no dial, or it is too early to say.</summary>
    public double? ExpectedMemorization { get; init; }

    /// <summary>Share of the training examples held out whose given label the network predicts; null where none are, or where this epoch
    /// was not evaluated. Under the dial it is known of every epoch.</summary>
    public double? HeldOutAccuracy { get; init; }

    /// <summary>Share of test examples predicted right, against true labels; null where this epoch was not evaluated.</summary>
    public double? TestAccuracy { get; init; }

    /// <summary>Wall seconds of training and evaluation since the run began, over all its sessions.</summary>
    public required double Seconds { get; init; }
}
