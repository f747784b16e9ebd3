using System.ComponentModel.DataAnnotations;

namespace Rote.Cli.Documents;

/// <summary>A run's network evaluated on labelled data.</summary>
internal sealed record EvaluateDocument
{
    /// <summary>The run's folder.</summary>
    public required string Run { get; init; }

    /// <summary>SHA-256 of the run's experiment, lower-case hexadecimal.</summary>
    public required string Experiment { get; init; }

    /// <summary>The engine that trained the network: runs of another engine have other results.</summary>
    public required int Engine { get; init; }

    /// <summary>The data's name.</summary>
    public required string Data { get; init; }

    /// <summary>Whether the network was trained on this data set.</summary>
    public required bool IsOwn { get; init; }

    /// <summary>Which part of the data.</summary>
    [AllowedValues("train", "test", "held-out", "all")]
    public required string Split { get; init; }

    /// <summary>The degree of memorization that the network was set to, in [0, 1]; null: as it was trained.</summary>
    public double? Degree { get; init; }

    /// <summary>Share of the examples whose label is predicted, in [0, 1].</summary>
    public required EstimateDocument Accuracy { get; init; }

    /// <summary>Mean cross-entropy, in nats.</summary>
    public required EstimateDocument Loss { get; init; }

    /// <summary>The expected calibration error, in [0, 1].</summary>
    public required EstimateDocument CalibrationError { get; init; }

    /// <summary>The classes that have examples, in the order of their numbers.</summary>
    public required IReadOnlyList<EvaluatedClass> Classes { get; init; }

    /// <summary>The pairs of classes that are most often confused, the most frequent first.</summary>
    public required IReadOnlyList<ConfusedClasses> Confusions { get; init; }

    /// <summary>[K][K] examples by label (row) and prediction (column).</summary>
    public required IReadOnlyList<IReadOnlyList<int>> ConfusionMatrix { get; init; }

    /// <summary>What a reader should know, one sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>The file with the prediction of every example, as Parquet.</summary>
    public required string Parquet { get; init; }

    /// <summary>The same as CSV.</summary>
    public required string Csv { get; init; }

    /// <summary>The page, as a full path; null where none was asked for.</summary>
    public string? Report { get; init; }
}

/// <summary>How often examples of one class are predicted right.</summary>
/// <param name="Class">The class's number, from 0.</param>
/// <param name="Name">The class's name.</param>
/// <param name="Accuracy">Share of the examples with that label that get it, in [0, 1].</param>
/// <param name="Predicted">How many examples, right and wrong, get this class.</param>
internal sealed record EvaluatedClass(int Class, string Name, EstimateDocument Accuracy, int Predicted);

/// <summary>One class taken for another.</summary>
/// <param name="Label">Name of the class that the examples came with.</param>
/// <param name="Predicted">Name of the class that is predicted.</param>
/// <param name="Count">How many examples, at least 1.</param>
/// <param name="Share">Their share of the examples with that label, in (0, 1].</param>
internal sealed record ConfusedClasses(string Label, string Predicted, int Count, EstimateDocument Share);

/// <summary>A run's network evaluated on examples without labels.</summary>
internal sealed record UnlabelledDocument
{
    /// <summary>The run's folder.</summary>
    public required string Run { get; init; }

    /// <summary>SHA-256 of the run's experiment, lower-case hexadecimal.</summary>
    public required string Experiment { get; init; }

    /// <summary>The engine that trained the network: runs of another engine have other results.</summary>
    public required int Engine { get; init; }

    /// <summary>The data's name.</summary>
    public required string Data { get; init; }

    /// <summary>That the data has no labels.</summary>
    [AllowedValues("unlabelled")]
    public string Split { get; } = "unlabelled";

    /// <summary>Number of examples.</summary>
    public required int Examples { get; init; }

    /// <summary>All classes of the network, in the order of their numbers.</summary>
    public required IReadOnlyList<PredictedClassDocument> Classes { get; init; }

    /// <summary>What a reader should know, one sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>The file with the prediction of every example, as Parquet.</summary>
    public required string Parquet { get; init; }

    /// <summary>The same as CSV.</summary>
    public required string Csv { get; init; }

    /// <summary>The page, as a full path; null where none was asked for.</summary>
    public string? Report { get; init; }
}

/// <summary>How often a class is predicted.</summary>
/// <param name="Class">The class's number, from 0.</param>
/// <param name="Name">The class's name.</param>
/// <param name="Predicted">Examples of which it is predicted.</param>
/// <param name="MeanProbability">The mean of its probability over these, in [1/K, 1] for K classes; null where there are none.</param>
internal sealed record PredictedClassDocument(int Class, string Name, int Predicted, double? MeanProbability);
