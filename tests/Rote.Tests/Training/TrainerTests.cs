using Rote.Networks;
using Rote.Tensors;
using Rote.Tests.Support;
using Rote.Training;

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
        using var run = new Session(new Recipe { Epochs = 30, BatchSize = 32, Precision = precision, StopAtTrainAccuracy = 1 });
        run.Train();
        Assert.Equal(1, run.Last.TrainAccuracy);
        Assert.True(run.Last.TestAccuracy > 0.95, $"{run.Last.TestAccuracy}");
        Assert.True(run.Last.Epoch < 30, "it should stop when it is fitted");
    }

    [Fact]
    public void Training_reduces_the_loss_and_the_first_entry_is_the_untrained_network()
    {
        using var run = new Session(new Recipe { Epochs = 5, BatchSize = 32, Precision = Precision.Float32 });
        run.Train();
        Assert.Equal([0, 1, 2, 3, 4, 5], run.State.History.Select(m => m.Epoch));
        Assert.Null(run.State.History[0].RunningLoss);
        Assert.True(run.State.History[5].RunningLoss < run.State.History[1].RunningLoss);
    }

    [Fact]
    public void Only_every_nth_and_the_last_epoch_are_evaluated()
    {
        using var run = new Session(new Recipe { Epochs = 5, BatchSize = 64, EvaluateEvery = 2, Precision = Precision.Float32 });
        run.Train();
        Assert.Equal([0, 2, 4, 5], run.State.History.Where(m => m.TestAccuracy is not null).Select(m => m.Epoch));
    }

    [Fact]
    public void A_diverging_loss_ends_training_with_the_epoch_and_a_remedy()
    {
        using var run = new Session(new Recipe { Epochs = 5, LearningRate = 1e20, Precision = Precision.Float32 });
        var message = Assert.Throws<TrainingException>(run.Train).Message;
        Assert.Matches("epoch [12]", message);
        Assert.Contains("learning rate", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cancelled_run_stops_at_the_next_step()
    {
        using var cancel = new CancellationTokenSource();
        cancel.Cancel();
        using var run = new Session(new Recipe { Epochs = 5, Precision = Precision.Float32 });
        Assert.Throws<OperationCanceledException>(() => run.Train(cancel.Token));
    }

    [Fact]
    public void The_loss_is_the_mean_cross_entropy_in_nats()
    {
        // Steps too small to change the weights, and batches of 7, so that the last one is smaller than the others.
        using var run = new Session(new Recipe { Epochs = 1, LearningRate = 1e-12, BatchSize = 7, Precision = Precision.Float32 });
        run.Train();
        Assert.Equal(run.NaiveLoss(), run.Last.RunningLoss!.Value, 1e-5);
    }

    private sealed class Session : IDisposable
    {
        private readonly PreparedData _train;
        private readonly PreparedData _test;
        private readonly Recipe _recipe;

        public Session(Recipe recipe)
        {
            using var data = Samples.Learnable(200, 100);
            _recipe = recipe;
            _train = PreparedData.From(data.Train, recipe.Precision);
            _test = PreparedData.From(data.Test, recipe.Precision);
            State = new TrainingState(new Mlp { Hidden = [16] }.Build(new TaskShape(6, 6, 1, 4), recipe.Precision, new Seeds(1)), recipe);
        }

        public TrainingState State { get; }

        public EpochMetrics Last => State.History[^1];

        public void Train() => Train(CancellationToken.None);

        public void Train(CancellationToken cancel) => new Trainer(_recipe, _train, _test, new Seeds(1)).Run(State, cancel);

        /// <summary>Mean of ln Σ exp(logit) − logit of the label, in float64.</summary>
        public double NaiveLoss()
        {
            using var scope = NewDisposeScope();
            using var noGrad = no_grad();
            var logits = State.Network.forward(_train.Inputs).data<float>().ToArray().Chunk(4);
            return logits.Zip(_train.Labels.data<long>().ToArray(), (row, label) => Math.Log(row.Sum(v => Math.Exp(v))) - row[label]).Average();
        }

        public void Dispose()
        {
            State.Dispose();
            _train.Dispose();
            _test.Dispose();
        }
    }
}
