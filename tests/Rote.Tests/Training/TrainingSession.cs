using Rote.Networks;
using Rote.Tensors;
using Rote.Tests.Support;
using Rote.Training;
using static TorchSharp.torch;

namespace Rote.Tests.Training;

/// <summary>A small training with all that it needs.</summary>
internal sealed class TrainingSession : IDisposable
{
    private readonly Recipe _recipe;

    public TrainingSession(Recipe recipe, NetworkSpec? spec = null)
    {
        using var data = Samples.Learnable(200, 100);
        _recipe = recipe;
        var network = spec ?? new Mlp { Hidden = [16] };
        Data = TrainingData.From(data, null, recipe, HeldOutRows.Draw(data.Train.Count, recipe.HoldOut, new Seeds(1)));
        State = new TrainingState(() => network.Build(new TaskShape(6, 6, 1, 4), recipe.Precision, new Seeds(1)), recipe);
    }

    public TrainingData Data { get; }

    public TrainingState State { get; }

    public EpochMetrics Last => State.History[^1];

    public void Train() => Train(CancellationToken.None);

    public void Train(CancellationToken cancel) => new Trainer(_recipe, Data, new Seeds(1)).Run(State, cancel);

    /// <summary>Mean of ln Σ exp(logit) − logit of the label, in float64.</summary>
    public double NaiveLoss()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var logits = State.Network.forward(Data.Train.Inputs).data<float>().ToArray().Chunk(4);
        return logits
            .Zip(Data.Train.Labels.data<long>().ToArray(), (row, label) => Math.Log(row.Sum(v => Math.Exp(v))) - row[label])
            .Average();
    }

    public void Dispose()
    {
        State.Dispose();
        Data.Dispose();
    }
}
