using Rote.Tensors;
using Rote.Training;

namespace Rote.Tests.Training;

/// <summary>Training that stops at a loss.</summary>
public sealed class LossStopTests
{
    private static readonly Recipe Sample = new()
    {
        Epochs = 60,
        BatchSize = 32,
        StopAtTrainLoss = 0.5,
        Precision = Precision.Float32,
    };

    [Fact]
    public void Training_stops_after_the_first_epoch_whose_loss_is_reached()
    {
        using var run = new TrainingSession(Sample);
        run.Train();
        Assert.InRange(run.Last.Epoch, 2, 59);
        Assert.InRange(run.Last.TrainLoss!.Value, 0, 0.5);
        Assert.All(run.State.History.SkipLast(1), epoch => Assert.True(epoch.TrainLoss > 0.5, $"epoch {epoch.Epoch}"));
        Assert.NotNull(run.Last.TestAccuracy);
    }

    [Fact]
    public void The_loss_is_that_of_a_naive_loop()
    {
        using var run = new TrainingSession(Sample with { Epochs = 3 });
        run.Train();
        Assert.Equal(run.NaiveLoss(), run.Last.TrainLoss!.Value, 1e-5);
    }

    [Fact]
    public void Without_a_loss_to_stop_at_none_is_computed()
    {
        using var run = new TrainingSession(Sample with { StopAtTrainLoss = null, Epochs = 2 });
        run.Train();
        Assert.All(run.State.History, epoch => Assert.Null(epoch.TrainLoss));
    }

    [Fact]
    public void Rare_evaluations_do_not_hide_that_the_loss_is_reached()
    {
        using var run = new TrainingSession(Sample with { EvaluateEvery = 60 });
        run.Train();
        Assert.InRange(run.Last.Epoch, 2, 59);
    }

    [Fact]
    public void An_evaluated_loss_that_is_not_finite_is_divergence()
    {
        using var run = new TrainingSession(Sample with { LearningRate = 1e30, BatchSize = 1000, Epochs = 2 });
        var error = Assert.Throws<TrainingException>(run.Train);
        Assert.StartsWith("Training diverged in epoch 1: the loss is ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Whether_it_is_reached_is_known_of_an_epoch()
    {
        var epoch = new EpochMetrics
        {
            Epoch = 1,
            LearningRate = 0.1,
            Seconds = 1,
            TrainAccuracy = 0.9,
            TrainLoss = 0.4,
        };
        Assert.Null(new Recipe().IsReached(epoch));
        Assert.True(Sample.IsReached(epoch));
        Assert.False((Sample with { StopAtTrainLoss = 0.3 }).IsReached(epoch));
        Assert.True((Sample with { StopAtTrainLoss = 0.3, StopAtTrainAccuracy = 0.9 }).IsReached(epoch));
    }
}
