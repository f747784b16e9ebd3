using Rote.Measurement;
using Rote.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Features;

/// <summary>A network whose features are measured, with the labels that it was given.</summary>
/// <param name="Role">Its role among the networks.</param>
/// <param name="Name">Its name on a page, as "this network".</param>
/// <param name="Run">The folder name of its run; the untrained network has that of the trained one.</param>
/// <param name="Module">The module in inference mode; the caller owns it.</param>
/// <param name="Given">[N] its given labels for the training examples; of the untrained network those that it would be
/// given.</param>
/// <param name="Start">The same network before its first step, owned by the caller; null for the untrained network itself.</param>
internal sealed record FeatureNetwork(
    NetworkRole Role,
    string Name,
    string Run,
    Module<Tensor, Tensor> Module,
    long[] Given,
    Module<Tensor, Tensor>? Start
)
{
    /// <summary>The class that the network predicts for examples.</summary>
    /// <param name="network">Left in inference mode.</param>
    /// <param name="inputs">[N, …] whitened.</param>
    /// <param name="cancel">Stops between two batches.</param>
    /// <returns>[N].</returns>
    public static long[] Classes(Module<Tensor, Tensor> network, Tensor inputs, CancellationToken cancel = default)
    {
        using var noGrad = no_grad();
        network.eval();
        var classes = new long[inputs.shape[0]];
        var size = Evaluator.BatchSize(network);
        for (var start = 0; start < classes.Length; start += size)
        {
            cancel.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var count = Math.Min(size, classes.Length - start);
            network.call(inputs.narrow(0, start, count)).argmax(1).data<long>().ToArray().CopyTo(classes, start);
        }

        return classes;
    }

    /// <summary>The share of examples where two lists agree, over some of them.</summary>
    public static Estimate Agreement(long[] said, long[] labels, IReadOnlyList<int> among) =>
        among.Count == 0 ? new Estimate(double.NaN, double.NaN, 0) : Estimate.Share(among.Count(i => said[i] == labels[i]), among.Count);
}

/// <summary>The role of a network among those that are measured.</summary>
public enum NetworkRole
{
    /// <summary>The subject: the network that the user asks about.</summary>
    Subject,

    /// <summary>The subject before its first step.</summary>
    Untrained,

    /// <summary>The same network on random labels.</summary>
    RandomLabels,

    /// <summary>The same network on true labels, where the subject's are random.</summary>
    TrueLabels,

    /// <summary>The same experiment with another seed.</summary>
    OtherSeed,

    /// <summary>Another run on the same data.</summary>
    Other,
}
