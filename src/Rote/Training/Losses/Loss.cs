using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace Rote.Training.Losses;

/// <summary>The function that a step makes smaller, as data. Its name in JSON is the name the command uses; <see
/// cref="LossCatalog.Register"/> adds one.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(CrossEntropy), "cross-entropy")]
[JsonDerivedType(typeof(GeneralizedCrossEntropy), "gce")]
[JsonDerivedType(typeof(EarlyLearningRegularization), "elr")]
[JsonDerivedType(typeof(SelfEnsembleLabelCorrection), "selc")]
[JsonDerivedType(typeof(SparseOverparameterization), "sop")]
public abstract record Loss
{
    /// <summary>The loss in words, for reports; empty for the usual one.</summary>
    [JsonIgnore]
    public abstract string Title { get; }

    /// <summary>Whether it takes targets that are spread over the classes.</summary>
    [JsonIgnore]
    public abstract bool TakesLabelSmoothing { get; }

    /// <summary>Whether it takes mixtures of two examples.</summary>
    [JsonIgnore]
    public virtual bool TakesMixup => true;

    /// <summary>The loss at work, for one run.</summary>
    /// <param name="setting">Of the run.</param>
    /// <returns>What computes it; the caller owns it.</returns>
    public abstract LossFunction Create(LossSetting setting);
}

/// <summary>A loss at work. Its memory is in <see cref="Tensors"/> alone, so that a resumed run goes on with the same bits;
/// it begins on the processor, and <see cref="Of"/> moves it to where the logits are.</summary>
public abstract class LossFunction : IDisposable
{
    /// <summary>Everything it remembers from step to step, by name; the number and the shapes of the tensors never change.</summary>
    public virtual IEnumerable<(string Name, Tensor Value)> Tensors => [];

    /// <summary>The mean loss of a batch.</summary>
    /// <param name="logits">[B, K] float32.</param>
    /// <param name="labels">[B] int64 labels given.</param>
    /// <param name="rows">[B] int64 rows of the training set.</param>
    /// <returns>[] with a gradient, in the caller's dispose scope.</returns>
    public abstract Tensor Of(Tensor logits, Tensor labels, Tensor rows);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (_, value) in Tensors)
        {
            value.Dispose();
        }

        GC.SuppressFinalize(this);
    }
}
