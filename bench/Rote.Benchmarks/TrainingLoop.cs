using System.Diagnostics;
using Rote.Data;
using Rote.Networks;
using Rote.Tensors;
using Rote.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Benchmarks;

/// <summary>The product's own training loop on random images: same gather, optimizer and scopes, whatever the network and the
/// precision.</summary>
internal sealed class TrainingLoop : IDisposable
{
    // Small: the labels are noise, and a network that diverges would be measured on infinities.
    private const double LearningRate = 0.001;

    private readonly TrainingData _data;
    private readonly TrainingState _state;
    private readonly Trainer _trainer;

    /// <summary>Takes ownership of the network; the images stay the caller's.</summary>
    public TrainingLoop(Dataset images, Module<Tensor, Tensor> network, int batch, Precision precision)
    {
        var recipe = new Recipe
        {
            BatchSize = batch,
            Precision = precision,
            LearningRate = LearningRate,
        };
        var prepared = PreparedData.From(images, precision);
        _data = new TrainingData(prepared, prepared);
        _state = new TrainingState(() => network, recipe);
        _trainer = new Trainer(recipe, _data, new Seeds(1));
    }

    public long Parameters => _state.Parameters;

    /// <summary>Images of random bytes with random labels, which the caller owns.</summary>
    public static Dataset RandomImages(int count, TaskShape shape)
    {
        using var scope = NewDisposeScope();
        return new Dataset(
            randint(0, 256, [count, shape.Height, shape.Width, shape.Channels], ScalarType.Byte),
            randint(0, shape.Classes, [count], ScalarType.Int64),
            [.. Enumerable.Range(0, shape.Classes).Select(i => $"{i}")],
            Split.Train,
            new Provenance("random", "drawn", "")
        );
    }

    /// <summary>Trains one epoch.</summary>
    public double ImagesPerSecond()
    {
        var start = Stopwatch.GetTimestamp();
        _trainer.TrainEpoch(_state, epoch: 1, CancellationToken.None);
        return _data.Train.Count / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    public void Dispose()
    {
        _state.Dispose();
        _data.Dispose();
    }
}
