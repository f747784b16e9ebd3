using System.Diagnostics;

using Rote.Tensors;

using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Training;

/// <summary>Where training stands, for a progress display.</summary>
/// <param name="Epoch">The epoch in progress, from 1.</param>
/// <param name="Fraction">How much of it is done, in [0, 1].</param>
/// <param name="ExamplesPerSecond">Training examples a second in this epoch so far.</param>
/// <param name="Last">The last completed epoch.</param>
public readonly record struct TrainingProgress(int Epoch, double Fraction, double ExamplesPerSecond, EpochMetrics Last);

/// <summary>The one training loop: epochs of shuffled batches, evaluation, and a stop.</summary>
/// <remarks>
/// Per epoch: order drawn from stream ("order", epoch) → batches by <c>index_select</c> → forward, loss, backward, step → evaluation → <c>afterEpoch</c>.
/// Nothing crosses to managed code inside an epoch; sums stay on the device and are read once at its end.
/// Must run on one thread without <c>await</c>: libtorch's dispose scopes and gradient mode are per thread.
/// </remarks>
/// <param name="recipe">How to train.</param>
/// <param name="train">What to train on.</param>
/// <param name="test">What to test on; test accuracy never influences training.</param>
/// <param name="seeds">The run's randomness.</param>
public sealed class Trainer(Recipe recipe, PreparedData train, PreparedData test, Seeds seeds)
{
    /// <summary>Called after every epoch, epoch 0 (untrained) included, when the state is complete: to log, to save.</summary>
    public Action<TrainingState>? AfterEpoch { get; init; }

    /// <summary>Told about ten times a second.</summary>
    public IProgress<TrainingProgress>? Progress { get; init; }

    /// <summary>Trains until the last epoch or the stop.</summary>
    /// <param name="state">Where to begin; holds the result afterwards.</param>
    /// <param name="cancel">Stops between two steps; the state is then in the middle of an epoch and only what <see cref="AfterEpoch"/> saved counts.</param>
    /// <exception cref="TrainingException">The loss is no longer finite.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was called.</exception>
    public void Run(TrainingState state, CancellationToken cancel = default)
    {
        var clock = Stopwatch.StartNew();
        var before = state.History.Count == 0 ? 0 : state.History[^1].Seconds;
        if (state.History.Count == 0)
        {
            Record(state, new EpochMetrics
            {
                Epoch = 0,
                LearningRate = 0,
                RunningLoss = null,
                RunningAccuracy = null,
                TrainAccuracy = Accuracy(state.Network, train),
                TestAccuracy = Accuracy(state.Network, test),
                Seconds = before + clock.Elapsed.TotalSeconds,
            });
        }

        while (state.Epoch < recipe.Epochs && !IsFitted(state.History[^1]))
        {
            var epoch = state.Epoch + 1;
            var rate = recipe.LearningRate * recipe.Schedule.Factor(epoch - 1, recipe.Epochs);
            var (loss, running) = TrainEpoch(state, epoch, rate, cancel);
            var evaluate = epoch % recipe.EvaluateEvery == 0 || epoch == recipe.Epochs || running >= recipe.StopAtTrainAccuracy;
            Record(state, new EpochMetrics
            {
                Epoch = epoch,
                LearningRate = rate,
                RunningLoss = loss,
                RunningAccuracy = running,
                TrainAccuracy = evaluate ? Accuracy(state.Network, train) : null,
                TestAccuracy = evaluate ? Accuracy(state.Network, test) : null,
                Seconds = before + clock.Elapsed.TotalSeconds,
            });
        }
    }

    private static double Accuracy(Module<Tensor, Tensor> network, PreparedData data) =>
        (double)Evaluation.CountCorrect(network, data) / data.Count;

    private bool IsFitted(EpochMetrics metrics) => metrics.Epoch > 0 && metrics.TrainAccuracy >= recipe.StopAtTrainAccuracy;

    private void Record(TrainingState state, EpochMetrics metrics)
    {
        state.Add(metrics);
        AfterEpoch?.Invoke(state);
    }

    /// <summary>One pass over the training set in a fresh order; internal for the benchmarks.</summary>
    /// <returns>Mean loss in nats and share right, of the logits that the examples had when they were trained on.</returns>
    internal (double Loss, double Accuracy) TrainEpoch(TrainingState state, int epoch, double rate, CancellationToken cancel)
    {
        using var scope = NewDisposeScope();

        // What a layer draws (dropout) depends on the epoch alone, so a resumed run repeats it without a saved generator.
        manual_seed(seeds.Number("noise", epoch));
        state.Network.train();
        var order = tensor(seeds.Permutation("order", epoch, train.Count), int64);
        var labels = train.Labels.index_select(0, order);                            // [N] in the epoch's order
        Tensor? seen = null;                                                         // [N, K] logits in the epoch's order
        var begun = Stopwatch.GetTimestamp();
        var reported = begun;
        for (var start = 0; start < train.Count; start += recipe.BatchSize)
        {
            cancel.ThrowIfCancellationRequested();
            var count = Math.Min(recipe.BatchSize, train.Count - start);
            using (var batch = NewDisposeScope())
            {
                var logits = Step(state, order.narrow(0, start, count), labels.narrow(0, start, count), rate);
                seen ??= empty([train.Count, logits.shape[1]], ScalarType.Float32).MoveToOuterDisposeScope();
                seen.narrow(0, start, count).copy_(logits);
            }

            if (Progress is not null && Stopwatch.GetElapsedTime(reported).TotalSeconds > 0.1)
            {
                reported = Stopwatch.GetTimestamp();
                var speed = (start + count) / Stopwatch.GetElapsedTime(begun).TotalSeconds;
                Progress.Report(new TrainingProgress(epoch, (double)(start + count) / train.Count, speed, state.History[^1]));
            }
        }

        return Running(seen!, labels, epoch, rate);
    }

    /// <summary>One step on one batch.</summary>
    /// <returns>[B, K] float32 logits before the step, without gradient.</returns>
    private Tensor Step(TrainingState state, Tensor rows, Tensor labels, double rate)
    {
        var inputs = train.Inputs.index_select(0, rows);                             // [B, H, W, C]
        var logits = state.Network.forward(inputs);                                  // [B, K] float32
        var loss = functional.cross_entropy(logits, labels);                         // [] mean over the batch
        state.Optimizer.ZeroGradients();
        loss.backward();
        state.Optimizer.Step(rate);
        return logits.detach();
    }

    /// <summary>The epoch's running values, computed at once at its end: per step they would cost several percent.</summary>
    private static (double Loss, double Accuracy) Running(Tensor logits, Tensor labels, int epoch, double rate)
    {
        using var noGrad = no_grad();
        var loss = (double)functional.cross_entropy(logits, labels).item<float>();
        return double.IsFinite(loss)
            ? (loss, (double)Evaluation.CorrectIn(logits, labels).item<long>() / labels.shape[0])
            : throw new TrainingException(
                $"Training diverged in epoch {epoch}: the loss is {loss}; a learning rate below {rate:G3} or a smaller momentum usually helps.");
    }
}
