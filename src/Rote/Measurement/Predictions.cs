using Rote.Tensors;
using Rote.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Measurement;

/// <summary>A network's predictions for N examples. All arrays have one entry per example, in the order of the data.</summary>
public sealed record Predictions
{
    /// <summary>Number of classes K, at least 2.</summary>
    public required int Classes { get; init; }

    /// <summary>[N] class numbers of the labels that came with the examples.</summary>
    public required int[] Labels { get; init; }

    /// <summary>[N] class of the largest logit; the lowest number of equal ones.</summary>
    public required int[] Predicted { get; init; }

    /// <summary>[N] class of the largest logit other than that of <see cref="Predicted"/>.</summary>
    public required int[] Second { get; init; }

    /// <summary>[N] softmax probability of <see cref="Predicted"/>, in [1/K, 1].</summary>
    public required double[] PredictedProbability { get; init; }

    /// <summary>[N] softmax probability of <see cref="Labels"/>, in [0, 1].</summary>
    public required double[] LabelProbability { get; init; }

    /// <summary>[N] cross-entropy, −log of <see cref="LabelProbability"/> but without its underflow, in nats; at least 0.</summary>
    public required double[] Loss { get; init; }

    /// <summary>[N] the label's logit minus the largest of the others: above 0 the label is predicted, below 0 another class, 0 is a
    /// tie.</summary>
    public required double[] Margin { get; init; }

    /// <summary>[N·K] the logits of example 0, then of example 1, …; null unless requested.</summary>
    public float[]? Logits { get; init; }

    /// <summary>Number of examples N.</summary>
    public int Count => Labels.Length;

    /// <summary>Whether the network predicts the label of an example.</summary>
    /// <param name="example">In [0, <see cref="Count"/>).</param>
    /// <returns>True for a right prediction.</returns>
    public bool IsRight(int example) => Predicted[example] == Labels[example];

    /// <summary>Predicts a set, in the batches of <see cref="Evaluation"/>, so that the counts agree to the last example.</summary>
    /// <param name="network">From inputs to float32 logits [B, K]; left in evaluation mode.</param>
    /// <param name="data">The examples to predict.</param>
    /// <param name="keepLogits">Whether to keep all logits: 4·K bytes per example.</param>
    /// <param name="progress">Receives the number of predicted examples after each batch.</param>
    /// <param name="cancel">Stops between two batches.</param>
    /// <returns>One entry per example.</returns>
    /// <remarks>Probabilities come from a log-softmax in float64: its error is that of the logits. O(N·K); results cross to managed memory
    /// once.</remarks>
    /// <exception cref="InputException">A logit is not finite.</exception>
    /// <exception cref="ArgumentException">The network has one output only.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was called.</exception>
    public static Predictions Of(
        Module<Tensor, Tensor> network,
        PreparedData data,
        bool keepLogits = false,
        IProgress<int>? progress = null,
        CancellationToken cancel = default
    )
    {
        using var scope = NewDisposeScope();
        Tensor? kept = null; // [N, K] float32
        var columns = empty([data.Count, ColumnCount], float64, data.Device); // [N, 6]
        var classes = 0;
        Evaluator.Pass(network, data, null, Take, cancel);
        return FromColumns(
            columns.OnCpu().data<double>().ToArray(),
            classes,
            data.Labels.OnCpu().data<long>().ToArray(),
            kept?.OnCpu().data<float>().ToArray()
        );

        void Take(int start, Tensor logits, Tensor labels)
        {
            (var count, classes) = ((int)labels.shape[0], (int)logits.shape[1]);
            columns.narrow(0, start, count).copy_(Columns(logits, labels));
            if (keepLogits)
            {
                kept ??= empty([data.Count, classes], float32, data.Device).MoveToOuterDisposeScope();
                kept.narrow(0, start, count).copy_(logits);
            }

            progress?.Report(start + count);
        }
    }

    private const int ColumnCount = 6;

    /// <returns>[B, 6] float64: predicted, second, probability of predicted, of label, loss, margin; in the caller's dispose
    /// scope.</returns>
    private static Tensor Columns(Tensor logits, Tensor labels)
    {
        Shape.Require(logits, nameof(logits), labels.shape[0], -1);
        var classes = logits.shape[1];
        if (classes < 2)
        {
            throw new ArgumentException($"The network has {classes} output, expected at least two classes to tell apart.", nameof(logits));
        }

        var exact = logits.to(float64); // [B, K]
        var logarithms = functional.log_softmax(exact, 1); // [B, K]
        var predicted = logits.argmax(1); // [B]
        var second = Without(exact, predicted).argmax(1); // [B]
        var own = Pick(exact, labels); // [B]
        var rival = Without(exact, labels).amax([1L]); // [B]
        var label = Pick(logarithms, labels); // [B]

        // The last term makes −0 a 0.
        var loss = label.neg().add(0.0); // [B]
        return stack([predicted.to(float64), second.to(float64), Pick(logarithms, predicted).exp(), label.exp(), loss, own - rival], 1);
    }

    private static Tensor Pick(Tensor values, Tensor classes) => values.gather(1, classes.unsqueeze(1)).squeeze(1);

    private static Tensor Without(Tensor values, Tensor classes) =>
        values.masked_fill(functional.one_hot(classes, values.shape[1]).to(@bool), double.NegativeInfinity);

    private static Predictions FromColumns(double[] columns, int classes, long[] labels, float[]? logits)
    {
        var broken = Enumerable
            .Range(0, labels.Length)
            .Where(i => !double.IsFinite(columns[(i * ColumnCount) + 4]) || !double.IsFinite(columns[(i * ColumnCount) + 5]))
            .ToList();
        if (broken.Count > 0)
        {
            throw new InputException(
                $"For {broken.Count:N0} of {labels.Length:N0} examples, the first of them number {broken[0]}, the network's outputs are "
                    + $"not finite numbers: its training diverged; train again with a smaller learning rate."
            );
        }

        return new Predictions
        {
            Classes = classes,
            Labels = Array.ConvertAll(labels, l => (int)l),
            Predicted = Array.ConvertAll(Column(0), c => (int)c),
            Second = Array.ConvertAll(Column(1), c => (int)c),
            PredictedProbability = Column(2),
            LabelProbability = Column(3),
            Loss = Column(4),
            Margin = Column(5),
            Logits = logits,
        };

        double[] Column(int index)
        {
            var values = new double[labels.Length];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = columns[(i * ColumnCount) + index];
            }

            return values;
        }
    }
}
