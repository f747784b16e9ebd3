using System.Globalization;
using System.Text.Json;
using Rote.Data;
using Rote.Measurement;
using Rote.Storage;
using Rote.Training;
using static TorchSharp.torch;

namespace Rote.Evaluation;

/// <summary>How often a class is predicted.</summary>
/// <param name="Class">Its number.</param>
/// <param name="Count">The number of examples it is predicted for.</param>
/// <param name="MeanProbability">Its mean probability over these, in [1/K, 1]; NaN if there are none.</param>
public sealed record PredictedClass(int Class, int Count, double MeanProbability);

/// <summary>A run's network evaluated on examples without labels; its accuracy on them is unknown.</summary>
public sealed record UnlabelledEvaluation
{
    private readonly Predictions _predictions;

    private UnlabelledEvaluation(Predictions predictions) => _predictions = predictions;

    /// <summary>The run.</summary>
    public required FinishedRun Run { get; init; }

    /// <summary>The data's name.</summary>
    public required string Data { get; init; }

    /// <summary>Where the data came from.</summary>
    public required Provenance Provenance { get; init; }

    /// <summary>[K] the classes of the network.</summary>
    public required IReadOnlyList<string> ClassNames { get; init; }

    /// <summary>[N] places of the examples in their source.</summary>
    public required SourceRows Rows { get; init; }

    /// <summary>One sentence if another engine than this Rote's trained the run; else null.</summary>
    public string? EngineNote { get; init; }

    /// <summary>The degree of memorization that the network was set to; null: as it was trained.</summary>
    public double? Degree { get; init; }

    /// <summary>Number of examples.</summary>
    public int Count => _predictions.Count;

    /// <summary>[N] the predicted class.</summary>
    public IReadOnlyList<int> Predicted => _predictions.Predicted;

    /// <summary>[N] its softmax probability.</summary>
    public IReadOnlyList<double> Probability => _predictions.PredictedProbability;

    /// <summary>[K] how often each class is predicted, in the order of the classes.</summary>
    public IReadOnlyList<PredictedClass> Classes =>
        [
            .. Enumerable
                .Range(0, ClassNames.Count)
                .Select(c =>
                {
                    double[] sure = [.. Enumerable.Range(0, Count).Where(i => Predicted[i] == c).Select(i => Probability[i])];
                    return new PredictedClass(c, sure.Length, sure.Length == 0 ? double.NaN : sure.Average());
                }),
        ];

    /// <summary>Predicts examples.</summary>
    /// <param name="network">The network.</param>
    /// <param name="data">Examples prepared for it (<see cref="EvaluationData.FromUnlabelled"/>).</param>
    /// <param name="threads">Threads to compute with, from 1 to 1024.</param>
    /// <param name="keepLogits">Whether to keep all logits.</param>
    /// <param name="progress">Told the number of examples predicted.</param>
    /// <param name="cancel">Stops.</param>
    /// <returns>The result, which holds no tensors.</returns>
    /// <exception cref="InputException">A logit is not finite, or the number of threads is out of range.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was called.</exception>
    public static UnlabelledEvaluation Of(
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
        return new UnlabelledEvaluation(Predictions.Of(network.Module, prepared, keepLogits, progress, cancel))
        {
            Run = network.Run,
            Data = data.Name,
            Provenance = data.Images.Provenance,
            ClassNames = network.Data.ClassNames,
            Rows = data.Images.Rows,
            EngineNote = network.EngineNote,
            Degree = network.Degree,
        };
    }

    /// <summary>Returns the predictions as a table with one row per example.</summary>
    /// <returns>Its columns; docs/reference/formats.md describes them.</returns>
    public IReadOnlyList<Column> Columns() => PredictionColumns.OfUnlabelled(_predictions, ClassNames, Rows);

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
            ["split"] = "unlabelled",
            ["classNames"] = JsonSerializer.Serialize(ClassNames, RoteJson.LineOptions),
        };
        if (Degree is { } degree)
        {
            metadata["memorization"] = degree.ToString(CultureInfo.InvariantCulture);
        }

        return metadata;
    }
}
