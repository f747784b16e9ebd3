using System.Diagnostics;
using Rote.Networks;
using Rote.Tensors;
using Rote.Training.Augmentations;
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
/// Per epoch: order drawn from stream ("order", epoch) → batches by <c>index_select</c>, augmented where the recipe says so → forward,
/// loss, backward, step → evaluation → <c>afterEpoch</c>. Nothing crosses to managed code inside an epoch; sums stay on the device and are
/// read once at its end.
/// Must run on one thread without <c>await</c>: libtorch's dispose scopes and gradient mode are per thread.
/// </remarks>
public sealed class Trainer
{
    private readonly Recipe _recipe;
    private readonly TrainingData _data;
    private readonly Seeds _seeds;
    private readonly TrainingMethod _method;
    private CancellationToken _cancel;
    private long _reported; // over all epochs: one may take less than the time between two reports

    /// <summary>A trainer of one run.</summary>
    /// <param name="recipe">How to train.</param>
    /// <param name="data">What to train, stop and test on; test accuracy never influences training.</param>
    /// <param name="seeds">The run's randomness.</param>
    /// <param name="method">The training method, still the caller's; null: <see cref="PlainTraining"/>, for a loss that remembers
    /// nothing.</param>
    /// <exception cref="InputException">The recipe contradicts itself.</exception>
    public Trainer(Recipe recipe, TrainingData data, Seeds seeds, TrainingMethod? method = null)
    {
        recipe.RequireConsistent();
        (_recipe, _data, _seeds, _method) = (recipe, data, seeds, method ?? new PlainTraining(recipe, seeds, data.Train.Count));
    }

    /// <summary>Called after every epoch, epoch 0 (untrained) included, when the state is complete: to log, to save.</summary>
    public Action<TrainingState>? AfterEpoch { get; init; }

    /// <summary>Given at the end of every epoch's steps: the epoch, [N] int64 which training example each row is, and [N, K] float32 the
    /// logits that it had when it was trained on. The tensors are freed when it returns. Of more than 10⁸ logits it is given some rows at a
    /// time, in the order of the steps.</summary>
    public Action<int, Tensor, Tensor>? TrainedOn { get; init; }

    /// <summary>Told about ten times a second.</summary>
    public IProgress<TrainingProgress>? Progress { get; init; }

    /// <summary>Whether epochs are evaluated. If not, training takes all epochs of the recipe, whatever it says of stopping, and the caller
    /// measures the final network. Default true.</summary>
    public bool Evaluates { get; init; } = true;

    private int StepsAnEpoch => _recipe.StepsAnEpoch(_data.Train.Count);

    /// <summary>Trains until the last epoch or a stop; the network to keep is then <see cref="TrainingState.Evaluated"/>.</summary>
    /// <param name="state">Where to begin; holds the result afterwards.</param>
    /// <param name="cancel">Stops between two steps, and between two batches of an evaluation; the state is then in the middle of an epoch
    /// and only what <see cref="AfterEpoch"/> saved counts.</param>
    /// <exception cref="TrainingException">The loss is no longer finite.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was called.</exception>
    public void Run(TrainingState state, CancellationToken cancel = default)
    {
        SignalStack.Ensure();
        _cancel = cancel;
        state.Count((long)state.Epoch * StepsAnEpoch);
        var clock = Stopwatch.StartNew();
        var before = state.History.Count == 0 ? 0 : state.History[^1].Seconds;
        if (state.History.Count == 0)
        {
            Record(
                state,
                Evaluate(
                    state,
                    new EpochMetrics
                    {
                        Epoch = 0,
                        LearningRate = 0,
                        Seconds = 0,
                    }
                ),
                clock,
                before
            );
        }

        while (state.Epoch < _recipe.Epochs && !_method.IsDone && !IsFitted(state.History[^1]) && !IsPatienceOver(state))
        {
            var epoch = state.Epoch + 1;
            var (loss, running) = TrainEpoch(state, epoch, cancel);
            var metrics = new EpochMetrics
            {
                Epoch = epoch,
                LearningRate = Rate(epoch, 0),
                RunningLoss = loss,
                RunningAccuracy = running,
                Seconds = 0,
            };
            Record(state, Evaluate(state, metrics), clock, before);
        }

        state.Keep();
        if (Evaluates && state.Kept.TestAccuracy is null)
        {
            state.Complete(state.Kept with { TestAccuracy = Accuracy(state.Evaluated, _data.Test) });
        }
    }

    private double Accuracy(Module<Tensor, Tensor> network, PreparedData data) =>
        (double)Evaluator.CountCorrect(network, data, _cancel) / data.Count;

    /// <summary>Evaluates what is due after an epoch.</summary>
    private EpochMetrics Evaluate(TrainingState state, EpochMetrics metrics)
    {
        if (!Evaluates)
        {
            return metrics;
        }

        var isLast = metrics.Epoch == _recipe.Epochs;
        var isNear = metrics.RunningAccuracy >= _recipe.StopAtTrainAccuracy || metrics.RunningLoss <= _recipe.StopAtTrainLoss;
        var evaluated =
            isLast || metrics.Epoch % _recipe.EvaluateEvery == 0 || isNear
                ? Fit(state, metrics) with
                {
                    HeldOutAccuracy = _data.HeldOut is { } heldOut ? Accuracy(state.Evaluated, heldOut) : null,
                }
                : metrics;
        var isTested = _recipe.TestEvery is { } every
            ? isLast || (metrics.Epoch > 0 && metrics.Epoch % every == 0) || IsFitted(evaluated)
            : evaluated.TrainAccuracy is not null;
        return isTested ? evaluated with { TestAccuracy = Accuracy(state.Evaluated, _data.Test) } : evaluated;
    }

    /// <summary>Adds the shares of the training examples that are fitted: of all, and, where labels were changed, of changed and unchanged
    /// ones.</summary>
    private EpochMetrics Fit(TrainingState state, EpochMetrics metrics)
    {
        var train = _data.Train;
        var fit = Evaluator.Count(state.Evaluated, train, _recipe.StopAtTrainLoss is not null, _cancel);
        var whole = metrics with
        {
            TrainAccuracy = (double)fit.Correct / train.Count,
            TrainLoss = fit.Loss is { } loss ? Finite(loss, metrics.Epoch, metrics.LearningRate) : null,
        };
        return train.TrueLabels is null
            ? whole
            : whole with
            {
                CleanAccuracy = (double)fit.Clean / train.CleanCount,
                MemorizedShare = (double)fit.Memorized / train.ChangedCount,
                RecoveredShare = (double)fit.Recovered / train.ChangedCount,
            };
    }

    private bool IsFitted(EpochMetrics metrics) => metrics.Epoch > 0 && _recipe.IsReached(metrics) == true;

    /// <summary>Whether the best epoch lies as many evaluations back as the recipe waits. The untrained network counts as an
    /// epoch.</summary>
    private bool IsPatienceOver(TrainingState state) =>
        state.History.Count(m => m.HeldOutAccuracy is not null && m.Epoch > state.Kept.Epoch) >= _recipe.Patience;

    private void Record(TrainingState state, EpochMetrics metrics, Stopwatch clock, double before)
    {
        state.Add(_method.Evaluated(state, metrics) with { Seconds = before + clock.Elapsed.TotalSeconds });
        AfterEpoch?.Invoke(state);
    }

    private double Rate(int epoch, int step) => _method.LearningRate(_recipe, epoch - 1 + ((double)step / StepsAnEpoch));

    /// <summary>One pass over the training set in a fresh order; internal for the benchmarks.</summary>
    /// <returns>Mean cross-entropy in nats and share right, of the logits that the examples had when they were trained on.</returns>
    internal (double Loss, double Accuracy) TrainEpoch(TrainingState state, int epoch, CancellationToken cancel)
    {
        using var scope = NewDisposeScope();

        // The draws of a layer (dropout) depend on the epoch alone, so a resumed run repeats it without a saved generator.
        DefaultGenerator.Seed(_seeds.Number(SeedStreams.Noise, epoch), _data.Train.Device);
        state.Network.train();
        var train = _data.Train;
        train.RequireUnchanged();
        var order = tensor(ChunkedOrder.Draw(_recipe.Order, _seeds, epoch, train.Count), int64).On(train.Device);
        var labels = train.Labels.index_select(0, order); // [N] in the epoch's order
        var changes = _method.Augments(epoch) ? _data.Augmenter?.Draw(_seeds, epoch) : null;
        using var seen = new SeenLogits(
            order,
            labels,
            (rows, logits) =>
            {
                _method.Trained(logits, rows);
                TrainedOn?.Invoke(epoch, rows, logits);
            }
        );
        var begun = Stopwatch.GetTimestamp();
        for (var (step, start) = (0, 0); start < train.Count; step++, start += _recipe.BatchSize)
        {
            cancel.ThrowIfCancellationRequested();
            var count = Math.Min(_recipe.BatchSize, train.Count - start);
            using (var batch = NewDisposeScope())
            {
                var examples = new TrainingBatch(epoch, step, order.narrow(0, start, count), labels.narrow(0, start, count));
                var logits = Step(state, Inputs(changes, examples.Rows), examples);
                state.Average(((long)(epoch - 1) * StepsAnEpoch) + step + 1);
                seen.Add(logits);
            }

            if (Progress is not null && Stopwatch.GetElapsedTime(_reported).TotalSeconds > 0.1)
            {
                _reported = Stopwatch.GetTimestamp();
                var speed = (start + count) / Stopwatch.GetElapsedTime(begun).TotalSeconds;
                Progress.Report(new TrainingProgress(epoch, (double)(start + count) / train.Count, speed, state.History[^1]));
            }
        }

        var (loss, accuracy) = seen.Finish();
        return (Finite(loss, epoch, Rate(epoch, 0)), accuracy);
    }

    private Tensor Inputs(AugmentationDraws? changes, Tensor rows) =>
        changes is null ? _data.Train.At(rows) : _data.Augmenter!.Batch(changes, rows);

    /// <summary>One step on one batch.</summary>
    /// <returns>[B, K] float32 logits of the batch's own examples before the step, without gradient.</returns>
    private Tensor Step(TrainingState state, Tensor inputs, TrainingBatch batch)
    {
        if (state.Network is IExampleTied tied)
        {
            tied.Rows = batch.Rows;
        }

        var logits = state.Network.forward(_method.Inputs(inputs, batch)); // [B', K] float32
        var loss = _method.Loss(logits, batch); // [] mean over the batch
        state.Optimizer.ZeroGradients();
        loss.backward();
        state.Optimizer.Step(Rate(batch.Epoch, batch.Step), _method.WeightDecay(_recipe));
        return logits.detach().narrow(0, 0, batch.Labels.shape[0]);
    }

    private static double Finite(double loss, int epoch, double rate) =>
        double.IsFinite(loss)
            ? loss
            : throw new TrainingException(
                $"Training diverged in epoch {epoch}: the loss is {loss}; a learning rate below {rate:G3} or a smaller momentum "
                    + $"usually helps."
            );
}
