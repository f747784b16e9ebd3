using Rote.Data;
using Rote.Networks;
using Rote.Tensors;
using Rote.Tests.Support;
using Rote.Training;
using Rote.Training.Schedules;
using static TorchSharp.torch;

namespace Rote.Tests.Training;

[NoTensorLeaks]
public sealed class TrainerTests
{
    [Theory]
    [InlineData(Precision.Float32)]
    [InlineData(Precision.BFloat16)]
    public void A_rule_is_learned_and_holds_on_the_test_set(Precision precision)
    {
        using var run = new TrainingSession(
            new Recipe
            {
                Epochs = 30,
                BatchSize = 32,
                Precision = precision,
                StopAtTrainAccuracy = 1,
            }
        );
        run.Train();
        Assert.Equal(1, run.Last.TrainAccuracy);
        Assert.True(run.Last.TestAccuracy > 0.95, $"{run.Last.TestAccuracy}");
        Assert.True(run.Last.Epoch < 30, "it should stop when it is fitted");
    }

    [Fact]
    public void Training_reduces_the_loss_and_the_first_entry_is_the_untrained_network()
    {
        using var run = new TrainingSession(
            new Recipe
            {
                Epochs = 5,
                BatchSize = 32,
                Precision = Precision.Float32,
            }
        );
        run.Train();
        Assert.Equal([0, 1, 2, 3, 4, 5], run.State.History.Select(m => m.Epoch));
        Assert.Null(run.State.History[0].RunningLoss);
        Assert.True(run.State.History[5].RunningLoss < run.State.History[1].RunningLoss);
    }

    [Fact]
    public void Only_every_nth_and_the_last_epoch_are_evaluated()
    {
        using var run = new TrainingSession(
            new Recipe
            {
                Epochs = 5,
                BatchSize = 64,
                EvaluateEvery = 2,
                Precision = Precision.Float32,
            }
        );
        run.Train();
        Assert.Equal([0, 2, 4, 5], run.State.History.Where(m => m.TestAccuracy is not null).Select(m => m.Epoch));
    }

    [Fact]
    public void Test_examples_are_evaluated_at_a_pace_of_their_own_and_at_the_end()
    {
        var recipe = new Recipe
        {
            Epochs = 7,
            BatchSize = 64,
            EvaluateEvery = 2,
            TestEvery = 3,
            Precision = Precision.Float32,
        };
        using var run = new TrainingSession(recipe);
        using var plain = new TrainingSession(recipe with { TestEvery = null });
        run.Train();
        plain.Train();
        Assert.Equal([0, 2, 4, 6, 7], run.State.History.Where(m => m.TrainAccuracy is not null).Select(m => m.Epoch));
        Assert.Equal([3, 6, 7], run.State.History.Where(m => m.TestAccuracy is not null).Select(m => m.Epoch));
        Assert.Equal(
            plain.State.History.Select(m => (m.RunningLoss, m.TrainAccuracy)),
            run.State.History.Select(m => (m.RunningLoss, m.TrainAccuracy))
        );
        Assert.Equal(plain.Last.TestAccuracy, run.Last.TestAccuracy);
    }

    [Fact]
    public void The_epoch_that_reaches_the_training_accuracy_asked_for_is_tested()
    {
        using var run = new TrainingSession(
            new Recipe
            {
                Epochs = 30,
                BatchSize = 32,
                StopAtTrainAccuracy = 1,
                EvaluateEvery = 30,
                TestEvery = 30,
                Precision = Precision.Float32,
            }
        );
        run.Train();
        Assert.True(run.Last.Epoch < 30, "it should stop when it is fitted");
        Assert.Equal([run.Last.Epoch], run.State.History.Where(m => m.TestAccuracy is not null).Select(m => m.Epoch));
    }

    [Fact]
    public void The_epoch_that_early_stopping_keeps_is_tested_once_it_is_known()
    {
        var recipe = new Recipe
        {
            Epochs = 60,
            BatchSize = 16,
            LearningRate = 0.6,
            Schedule = new ConstantSchedule(),
            HoldOut = 0.3,
            Patience = 4,
            TestEvery = 1000,
            Precision = Precision.Float32,
        };
        using var run = new TrainingSession(recipe);
        using var plain = new TrainingSession(recipe with { TestEvery = null });
        run.Train();
        plain.Train();
        Assert.Equal([plain.State.Kept.Epoch], run.State.History.Where(m => m.TestAccuracy is not null).Select(m => m.Epoch));
        Assert.Equal(plain.State.Kept with { Seconds = 0 }, run.State.Kept with { Seconds = 0 });
    }

    [Fact]
    public void A_diverging_loss_ends_training_with_the_epoch_and_a_remedy()
    {
        using var run = new TrainingSession(
            new Recipe
            {
                Epochs = 5,
                LearningRate = 1e20,
                Precision = Precision.Float32,
            }
        );
        var message = Assert.Throws<TrainingException>(run.Train).Message;
        Assert.Matches("epoch [12]", message);
        Assert.Contains("learning rate", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cancelled_run_stops_at_the_next_step()
    {
        using var cancel = new CancellationTokenSource();
        cancel.Cancel();
        using var run = new TrainingSession(new Recipe { Epochs = 5, Precision = Precision.Float32 });
        Assert.Throws<OperationCanceledException>(() => run.Train(cancel.Token));
    }

    [Fact]
    public void The_loss_is_the_mean_cross_entropy_in_nats()
    {
        // Steps too small to change the weights, and batches of 7, so that the last one is smaller than the others.
        using var run = new TrainingSession(
            new Recipe
            {
                Epochs = 1,
                LearningRate = 1e-12,
                BatchSize = 7,
                Precision = Precision.Float32,
            }
        );
        run.Train();
        Assert.Equal(run.NaiveLoss(), run.Last.RunningLoss!.Value, 1e-5);
    }

    [Fact]
    public void Smoothed_labels_change_training_and_not_the_loss_that_is_reported()
    {
        // One step of plain gradient descent from the same weights: the gradient of the smoothed loss is (p − target) with target 1 − s +
        // s/K.
        using var sharp = new TrainingSession(
            new Recipe
            {
                Epochs = 1,
                BatchSize = 200,
                Momentum = 0,
                Precision = Precision.Float32,
            }
        );
        using var smooth = new TrainingSession(
            new Recipe
            {
                Epochs = 1,
                BatchSize = 200,
                Momentum = 0,
                LabelSmoothing = 0.5,
                Precision = Precision.Float32,
            }
        );
        sharp.Train();
        smooth.Train();
        Assert.Equal(sharp.Last.RunningLoss!.Value, smooth.Last.RunningLoss!.Value, 1e-6);
        Assert.NotEqual(sharp.NaiveLoss(), smooth.NaiveLoss(), 1e-4);
    }

    [Fact]
    public void Held_out_examples_are_not_trained_on()
    {
        using var run = new TrainingSession(
            new Recipe
            {
                Epochs = 1,
                HoldOut = 0.25,
                Precision = Precision.Float32,
            }
        );
        run.Train();
        Assert.Equal((150, 50), (run.Data.Train.Count, run.Data.HeldOut!.Count));
        Assert.NotNull(run.Last.HeldOutAccuracy);
        var rows = Rows(run.Data.Train).Concat(Rows(run.Data.HeldOut)).ToArray();
        Assert.Equal(200, rows.Distinct().Count());

        static IEnumerable<string> Rows(PreparedData data) =>
            data.Inputs.data<float>().ToArray().Chunk(36).Select(row => string.Join(',', row));
    }

    [Fact]
    public void What_is_fitted_is_told_apart_among_the_examples_trained_on()
    {
        // Every third label is shown shifted by one class; a quarter of the examples is held out, changed or not.
        using var data = Samples.Learnable(200, 100);
        var truth = data.Train.Labels.data<long>().ToArray();
        using var shifted = data.Train.With(
            labels: tensor(truth.Select((label, i) => i % 3 == 0 ? (label + 1) % 4 : label).ToArray(), int64)
        );
        using var test = data.Test.With();
        var recipe = new Recipe
        {
            Epochs = 3,
            HoldOut = 0.25,
            EvaluateEvery = 2,
            Precision = Precision.Float32,
        };
        using var sets = TrainingData.From(
            new DatasetSplits(shifted, test),
            null,
            recipe,
            HeldOutRows.Draw(200, recipe.HoldOut, new Seeds(1)),
            truth
        );
        using var state = new TrainingState(
            () => new Mlp { Hidden = [16] }.Build(new TaskShape(6, 6, 1, 4), recipe.Precision, new Seeds(1)),
            recipe
        );
        new Trainer(recipe, sets, new Seeds(1)).Run(state);

        var rows = HeldOutRows.Draw(200, recipe.HoldOut, new Seeds(1))!.Kept;
        var predicted = Rote.Measurement.Predictions.Of(state.Evaluated, sets.Train).Predicted;
        var (clean, changed) = (
            rows.Index().Where(row => row.Item % 3 != 0).ToArray(),
            rows.Index().Where(row => row.Item % 3 == 0).ToArray()
        );
        var last = state.History[^1];
        Assert.Equal((double)clean.Count(row => predicted[row.Index] == truth[row.Item]) / clean.Length, last.CleanAccuracy);
        Assert.Equal((double)changed.Count(row => predicted[row.Index] == (truth[row.Item] + 1) % 4) / changed.Length, last.MemorizedShare);
        Assert.Equal((double)changed.Count(row => predicted[row.Index] == truth[row.Item]) / changed.Length, last.RecoveredShare);
        Assert.Equal([0, 2, 3], state.History.Where(m => m.MemorizedShare is not null).Select(m => m.Epoch));
    }

    [Fact]
    public void Early_stopping_keeps_the_best_epoch_on_the_examples_held_out()
    {
        // Steps this large ruin the network again and again, so that the last epoch is rarely the best.
        var recipe = new Recipe
        {
            Epochs = 60,
            BatchSize = 16,
            LearningRate = 0.6,
            Schedule = new ConstantSchedule(),
            HoldOut = 0.3,
            Patience = 4,
            Precision = Precision.Float32,
        };
        using var run = new TrainingSession(recipe);
        run.Train();
        var best = run.State.History.MaxBy(m => m.HeldOutAccuracy)!;
        Assert.Same(best, run.State.Kept);
        Assert.True(run.State.Epoch < 60, "it should stop early");
        Assert.Equal(best.Epoch + 4, run.State.Epoch);
        Assert.Equal(best.HeldOutAccuracy, (double)Evaluator.CountCorrect(run.State.Evaluated, run.Data.HeldOut!) / 60);
        Assert.Equal(best.TestAccuracy, (double)Evaluator.CountCorrect(run.State.Evaluated, run.Data.Test) / 100);
    }

    [Fact]
    public void Averaged_weights_are_what_is_evaluated()
    {
        using var run = new TrainingSession(
            new Recipe
            {
                Epochs = 3,
                BatchSize = 16,
                AverageDecay = 0.9,
                Precision = Precision.Float32,
            }
        );
        run.Train();
        Assert.NotSame(run.State.Network, run.State.Evaluated);
        Assert.Equal(run.Last.TestAccuracy, (double)Evaluator.CountCorrect(run.State.Evaluated, run.Data.Test) / 100);
    }

    [Fact]
    public void Dropout_acts_in_training_alone_and_repeats_with_the_seed()
    {
        var recipe = new Recipe { Epochs = 2, Precision = Precision.Float32 };
        using var without = new TrainingSession(recipe);
        using var with = new TrainingSession(recipe, new Mlp { Hidden = [16], Dropout = 0.5 });
        using var again = new TrainingSession(recipe, new Mlp { Hidden = [16], Dropout = 0.5 });
        without.Train();
        with.Train();
        again.Train();
        Assert.NotEqual(without.Last.RunningLoss, with.Last.RunningLoss);
        Assert.Equal(with.Last.RunningLoss, again.Last.RunningLoss);
        Assert.Equal(with.NaiveLoss(), with.NaiveLoss());
    }

    [Fact]
    public void The_step_size_follows_the_schedule_within_an_epoch()
    {
        using var run = new TrainingSession(
            new Recipe
            {
                Epochs = 4,
                BatchSize = 50,
                LearningRate = 0.1,
                Schedule = new OneCycleSchedule { WarmUp = 0.5, Start = 0 },
                Precision = Precision.Float32,
            }
        );
        run.Train();
        Assert.Equal([0, 0, 0.05, 0.1, 0.05], run.State.History.Select(m => Math.Round(m.LearningRate, 12)));
        Assert.NotEqual(0.25, run.Last.TestAccuracy!.Value); // the first epoch's first step alone has size 0
    }

    [Fact]
    public void Without_evaluations_all_epochs_are_trained_to_the_same_weights()
    {
        var recipe = new Recipe
        {
            Epochs = 12,
            BatchSize = 32,
            Precision = Precision.Float32,
        };
        using var evaluated = new TrainingSession(recipe);
        using var not = new TrainingSession(recipe);
        evaluated.Train();
        new Trainer(recipe with { StopAtTrainAccuracy = 0.3 }, not.Data, new Seeds(1)) { Evaluates = false }.Run(not.State);
        Assert.Equal(evaluated.State.History.Select(m => m.RunningLoss), not.State.History.Select(m => m.RunningLoss));
        Assert.All(not.State.History, m => Assert.Null(m.TrainAccuracy ?? m.TestAccuracy ?? m.HeldOutAccuracy));
        Assert.Equal(evaluated.NaiveLoss(), not.NaiveLoss());
    }

    [Fact]
    public void Progress_is_told_however_short_an_epoch_is()
    {
        using var run = new TrainingSession(
            new Recipe
            {
                Epochs = 3,
                BatchSize = 100,
                Precision = Precision.Float32,
            }
        );
        var told = new Listener();
        var recipe = new Recipe
        {
            Epochs = 3,
            BatchSize = 100,
            Precision = Precision.Float32,
        };
        new Trainer(recipe, run.Data, new Seeds(1)) { Progress = told }.Run(run.State);
        Assert.NotEmpty(told.All); // an epoch takes a millisecond or two
    }

    private sealed class Listener : IProgress<TrainingProgress>
    {
        public List<TrainingProgress> All { get; } = [];

        public void Report(TrainingProgress value) => All.Add(value);
    }
}
