using Rote.Memorization;
using Rote.Networks;
using Rote.Tensors;
using Rote.Tests.Support;
using Rote.Training;
using Rote.Training.Augmentations;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Tests.Memorization.Tools;

/// <summary>A small training that a control method takes single steps of: 240 pictures of four classes, of which a tenth is held
/// out.</summary>
internal sealed class SmallTraining : IDisposable
{
    public const int Classes = 4;
    private const int Count = 240;

    /// <param name="epochs">Epochs of the recipe.</param>
    /// <param name="wrong">Whether one label in four is wrong.</param>
    /// <param name="nearby">Changes of augmented copies; null: none are made.</param>
    public SmallTraining(int epochs, bool wrong = false, Augmentation? nearby = null)
    {
        Recipe = new Recipe
        {
            Epochs = epochs,
            BatchSize = 24,
            LearningRate = 0.05,
            WeightDecay = 1e-3,
            HoldOut = 0.1,
            Precision = Precision.Float32,
        };
        using var images = Samples.Learnable(Count, 40);
        var truth = images.Train.Labels.data<long>().ToArray();
        using var given = tensor(truth.Select((label, row) => wrong && row % 4 == 0 ? (label + 1) % Classes : label).ToArray(), int64);
        using var train = images.Train.With(labels: given);
        var rows = HeldOutRows.Draw(Count, Recipe.HoldOut, new Seeds(1));
        Data = TrainingData.From(images with { Train = train }, null, Recipe, rows, wrong ? truth : null, nearby);
    }

    public Recipe Recipe { get; }

    public TrainingData Data { get; }

    public ControlSetting Setting(Module<Tensor, Tensor>? trained = null) =>
        new(Data, Recipe, new Seeds(1), Classes, [3, 5])
        {
            Network = trained,
            Trained = trained,
            Build = seeds => Network(seeds),
        };

    /// <summary>The first examples as a step's batch, in the caller's dispose scope.</summary>
    public TrainingBatch Batch(int epoch, int count = 24)
    {
        var rows = arange(0, count, 1, int64, CPU);
        return new TrainingBatch(epoch, 0, rows, Data.Train.Labels.index_select(0, rows));
    }

    public static Module<Tensor, Tensor> Network(Seeds seeds, int[]? hidden = null) =>
        new Mlp { Hidden = hidden ?? [16] }.Build(new TaskShape(6, 6, 1, Classes), Precision.Float32, seeds);

    public void Dispose() => Data.Dispose();
}
