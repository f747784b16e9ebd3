using Rote.Networks;
using Rote.Tensors;
using Rote.Tests.Support;
using Rote.Training;
using static TorchSharp.torch;

namespace Rote.Tests.Training;

[NoTensorLeaks]
public sealed class TrainedOnTests
{
    private static readonly Recipe Recipe = new()
    {
        Epochs = 3,
        BatchSize = 16,
        Precision = Precision.Float32,
    };

    [Fact]
    public void Each_epoch_gives_every_example_once_with_the_logits_that_its_running_loss_was_taken_of()
    {
        using var images = Samples.Learnable(50, 10);
        using var data = TrainingData.From(images, null, Recipe, HeldOutRows.Draw(images.Train.Count, Recipe.HoldOut, new Seeds(1)));
        using var state = new TrainingState(
            () => new Mlp { Hidden = [8] }.Build(TaskShape.Of(images.Train), Precision.Float32, new Seeds(1)),
            Recipe
        );
        var (epochs, losses) = (new List<int>(), new List<double>());
        var trainer = new Trainer(Recipe, data, new Seeds(1))
        {
            TrainedOn = (epoch, order, logits) =>
            {
                using var scope = NewDisposeScope();
                epochs.Add(epoch);
                Assert.Equal(Enumerable.Range(0, 50).Select(i => (long)i), order.data<long>().ToArray().Order());
                Assert.Equal([50, 4], logits.shape);
                losses.Add(nn.functional.cross_entropy(logits, data.Train.Labels.index_select(0, order)).item<float>());
            },
        };
        trainer.Run(state);
        Assert.Equal([1, 2, 3], epochs);
        Assert.Equal(state.History.Skip(1).Select(m => m.RunningLoss!.Value), losses);
    }

    [Fact]
    public void Listening_changes_no_result()
    {
        Assert.Equal(Accuracies(null), Accuracies((_, _, _) => { }));

        static double?[] Accuracies(Action<int, Tensor, Tensor>? listener)
        {
            using var images = Samples.Learnable(50, 10);
            using var data = TrainingData.From(images, null, Recipe, HeldOutRows.Draw(images.Train.Count, Recipe.HoldOut, new Seeds(1)));
            using var state = new TrainingState(
                () => new Mlp { Hidden = [8] }.Build(TaskShape.Of(images.Train), Precision.Float32, new Seeds(1)),
                Recipe
            );
            new Trainer(Recipe, data, new Seeds(1)) { TrainedOn = listener }.Run(state);
            return [.. state.History.Select(m => m.RunningLoss)];
        }
    }
}
