using Rote.Tensors;
using Rote.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Memorization;

/// <summary>The input of a control method. Held-out canaries are not in it.</summary>
/// <param name="Data">What is trained on; still the caller's.</param>
/// <param name="Recipe">How.</param>
/// <param name="Seeds">The run's randomness.</param>
/// <param name="Classes">K.</param>
/// <param name="Canaries">Rows of steering canaries in <see cref="TrainingData.Train"/>, ascending.</param>
public sealed record ControlSetting(TrainingData Data, Recipe Recipe, Seeds Seeds, int Classes, IReadOnlyList<long> Canaries)
{
    /// <summary>The network that is evaluated and kept, for a method that keeps another state of it too; still the caller's. Null: there is
    /// none yet.</summary>
    public Module<Tensor, Tensor>? Network { get; init; }

    /// <summary>The network that steps change, for a method that asks it for more than the batch; still the caller's. Null: there is none
    /// yet.</summary>
    public Module<Tensor, Tensor>? Trained { get; init; }

    /// <summary>Builds another network of the run's kind on the processor, for a method that trains two; its first weights are drawn from
    /// the seeds it is given. The caller's from then on. Null: none can be built.</summary>
    public Func<Seeds, Module<Tensor, Tensor>>? Build { get; init; }

    /// <summary>[C] int64 rows of the steering canaries, in the caller's dispose scope.</summary>
    internal Tensor CanaryRows() => tensor(Canaries.ToArray(), int64, Data.Train.Device);
}
