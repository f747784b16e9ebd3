namespace Rote.Measurement;

/// <summary>How often the predictions for one class are right.</summary>
/// <param name="Class">Class number.</param>
/// <param name="Accuracy">Share of the examples with that label that are predicted so; a class without examples is not listed.</param>
/// <param name="Predicted">How many examples, right and wrong, are predicted as this class.</param>
public sealed record ClassAccuracy(int Class, Estimate Accuracy, int Predicted);

/// <summary>A class that the network confuses with another.</summary>
/// <param name="Label">The class number that the examples came with.</param>
/// <param name="Predicted">The other class number, which the network predicted.</param>
/// <param name="Count">How many examples, at least 1.</param>
/// <param name="Share">Their share of the examples with that label.</param>
public sealed record Confusion(int Label, int Predicted, int Count, Estimate Share);

/// <summary>A summary of predictions in a few numbers, each with its standard error.</summary>
public sealed record PredictionSummary
{
    /// <summary>Share of the examples whose label is predicted.</summary>
    public required Estimate Accuracy { get; init; }

    /// <summary>Mean cross-entropy in nats; its error is the examples' standard deviation over √N.</summary>
    public required Estimate Loss { get; init; }

    /// <summary>The expected calibration error, see <see cref="Calibration"/>.</summary>
    public required Estimate CalibrationError { get; init; }

    /// <summary>The classes that have examples, in the order of their numbers.</summary>
    public required IReadOnlyList<ClassAccuracy> Classes { get; init; }

    /// <summary>[K][K] examples by label (row) and prediction (column).</summary>
    public required IReadOnlyList<IReadOnlyList<int>> ConfusionMatrix { get; init; }

    /// <summary>Summarizes predictions.</summary>
    /// <param name="predictions">At least one.</param>
    /// <returns>The numbers.</returns>
    /// <exception cref="ArgumentException">There are none.</exception>
    public static PredictionSummary Of(Predictions predictions)
    {
        if (predictions.Count == 0)
        {
            throw new ArgumentException("There are no predictions to sum up.", nameof(predictions));
        }

        var matrix = Enumerable.Range(0, predictions.Classes).Select(_ => new int[predictions.Classes]).ToArray();
        for (var i = 0; i < predictions.Count; i++)
        {
            matrix[predictions.Labels[i]][predictions.Predicted[i]]++;
        }

        var sizes = matrix.Select(row => row.Sum()).ToArray();
        return new PredictionSummary
        {
            Accuracy = Estimate.Share(matrix.Select((row, c) => (long)row[c]).Sum(), predictions.Count),
            Loss = Estimate.Mean(predictions.Loss),
            CalibrationError = Calibration.ExpectedError(predictions),
            Classes =
            [
                .. Enumerable
                    .Range(0, predictions.Classes)
                    .Where(c => sizes[c] > 0)
                    .Select(c => new ClassAccuracy(c, Estimate.Share(matrix[c][c], sizes[c]), matrix.Sum(row => row[c]))),
            ],
            ConfusionMatrix = matrix,
        };
    }

    /// <summary>The pairs of classes that are most often confused.</summary>
    /// <param name="count">How many pairs at most.</param>
    /// <returns>The most frequent first; ties in the order of label, then prediction. Pairs that never occur are omitted.</returns>
    public IReadOnlyList<Confusion> MostConfused(int count) =>
        [
            .. ConfusionMatrix
                .SelectMany((row, label) => row.Select((number, predicted) => (Label: label, Predicted: predicted, Number: number)))
                .Where(pair => pair.Label != pair.Predicted && pair.Number > 0)
                .OrderByDescending(pair => pair.Number)
                .ThenBy(pair => pair.Label)
                .ThenBy(pair => pair.Predicted)
                .Take(count)
                .Select(pair => new Confusion(
                    pair.Label,
                    pair.Predicted,
                    pair.Number,
                    Estimate.Share(pair.Number, ConfusionMatrix[pair.Label].Sum())
                )),
        ];
}
