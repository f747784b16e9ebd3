using System.Globalization;
using System.Text.Json;
using Rote.Data;
using Rote.Measurement;
using Rote.Storage;
using Rote.Training;
using static TorchSharp.torch;

namespace Rote.Evaluation;

/// <summary>A run's network evaluated on a data set.</summary>
public sealed record NetworkEvaluation
{
    /// <summary>The run.</summary>
    public required FinishedRun Run { get; init; }

    /// <summary>The data's name, as <c>cifar10</c>.</summary>
    public required string Data { get; init; }

    /// <summary>Where the data came from.</summary>
    public required Provenance Provenance { get; init; }

    /// <summary>The part of the data set.</summary>
    public required EvaluationPart Part { get; init; }

    /// <summary>Whether the network was trained on this data set.</summary>
    public required bool IsOwn { get; init; }

    /// <summary>[K] the classes of the network.</summary>
    public required IReadOnlyList<string> ClassNames { get; init; }

    /// <summary>[N] places of the examples in their source.</summary>
    public required SourceRows Rows { get; init; }

    /// <summary>[N] true labels if the given ones may differ; else null.</summary>
    public IReadOnlyList<long>? TrueLabels { get; init; }

    /// <summary>The network's prediction for every example.</summary>
    public required Predictions Predictions { get; init; }

    /// <summary>The predictions, summarized in a few numbers.</summary>
    public required PredictionSummary Summary { get; init; }

    /// <summary>The number of them that the run's own summary counts as correct; null for data that it did not evaluate.</summary>
    public long? RecordedCorrect { get; init; }

    /// <summary>One sentence if another engine than this Rote's trained the run; else null.</summary>
    public string? EngineNote { get; init; }

    /// <summary>The degree of memorization that the network was set to; null: as it was trained.</summary>
    public double? Degree { get; init; }

    /// <summary>Predicts a data set.</summary>
    /// <param name="network">The network.</param>
    /// <param name="data">Examples prepared for it.</param>
    /// <param name="threads">Threads to compute with, from 1 to 1024; a number other than in training changes the last bits.</param>
    /// <param name="keepLogits">Whether to keep all logits.</param>
    /// <param name="progress">Told the number of examples predicted.</param>
    /// <param name="cancel">Stops.</param>
    /// <returns>The result, which holds no tensors.</returns>
    /// <exception cref="InputException">A logit is not finite, or the number of threads is out of range.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was called.</exception>
    public static NetworkEvaluation Of(
        TrainedNetwork network,
        EvaluationData data,
        int threads,
        bool keepLogits = false,
        IProgress<int>? progress = null,
        CancellationToken cancel = default
    )
    {
        set_num_threads(
            threads is >= 1 and <= 1024 ? threads : throw new InputException($"The number of threads is {threads}, expected 1 to 1024.")
        );
        using var scope = NewDisposeScope();
        using var prepared = PreparedData.From(data.Images, network.Run.Experiment.Recipe.Precision, device: network.Device);
        var predictions = Predictions.Of(network.Module, prepared, keepLogits, progress, cancel);
        var (images, summary) = (data.Images, network.Run.Summary);
        return new NetworkEvaluation
        {
            Run = network.Run,
            Data = data.Name,
            Provenance = images.Provenance,
            Part = data.Part,
            IsOwn = data.IsOwn,
            ClassNames = network.Data.ClassNames,
            Rows = images.Rows,
            TrueLabels = data.TrueLabels,
            Predictions = predictions,
            Summary = PredictionSummary.Of(predictions),
            EngineNote = network.EngineNote,
            Degree = network.Degree,
            RecordedCorrect =
                !data.IsOwn || network.Degree is not null
                    ? null
                    : data.Part switch
                    {
                        EvaluationPart.Train => summary.TrainCorrect,
                        EvaluationPart.HeldOut => summary.HeldOutCorrect,
                        _ => summary.TestCorrect,
                    },
        };
    }

    /// <summary>Returns the predictions as a table with one row per example, in the order of the user's data.</summary>
    /// <returns>Its columns; docs/reference/formats.md describes them.</returns>
    public IReadOnlyList<Column> Columns() => PredictionColumns.Of(Predictions, ClassNames, Rows, TrueLabels);

    /// <summary>Returns the metadata of a file of predictions.</summary>
    /// <returns>Texts by name; docs/reference/formats.md describes them.</returns>
    public IReadOnlyDictionary<string, string> Metadata()
    {
        var metadata = new Dictionary<string, string>
        {
            ["format"] = PredictionFiles.Format,
            ["experiment"] = Run.Summary.Experiment,
            ["weightsSha256"] = Run.Summary.WeightsSha256,
            ["data"] = Data,
            ["dataSha256"] = Provenance.Sha256,
            ["split"] = Part.Name(),
            ["classNames"] = JsonSerializer.Serialize(ClassNames, RoteJson.LineOptions),
        };
        if (Degree is { } degree)
        {
            metadata["memorization"] = degree.ToString(CultureInfo.InvariantCulture);
        }

        return metadata;
    }
}
