using Rote.Data;
using Rote.Evaluation;
using Rote.Experiments;
using Rote.Storage;
using Rote.Studies.Feldman2020.Estimates;
using Rote.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Studies.Feldman2020.Networks;

/// <summary>Asks finished networks for the labels of all examples, those they were trained on and the others.</summary>
internal static class HalfNetworks
{
    /// <summary>Asks the networks of one kind.</summary>
    /// <param name="runs">Finished runs on halves of the same examples with the same labels.</param>
    /// <param name="load">Loads the whole data set, and keeps owning it.</param>
    /// <param name="cancel">Stops between two networks.</param>
    /// <returns>Which labels each network predicts.</returns>
    /// <exception cref="InputException">A file of a run is damaged.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was called.</exception>
    public static HitBits Of(IReadOnlyList<FinishedRun> runs, Func<DataSpec, DatasetSplits> load, CancellationToken cancel)
    {
        using var scope = NewDisposeScope();
        set_num_threads(runs[0].Experiment.Threads);
        using var inputs = RunInputs.Prepare(runs[0].Experiment, load);
        var precision = runs[0].Experiment.Recipe.Precision;
        using var train = PreparedData.From(inputs.Data.Images.Train, precision);
        using var test = PreparedData.From(inputs.Data.Images.Test, precision);
        var (known, unknown) = (new List<bool[]>(), new List<bool[]>());
        foreach (var run in runs)
        {
            cancel.ThrowIfCancellationRequested();
            using var network = TrainedNetwork.Load(run);
            known.Add(Hits(network.Module, train));
            unknown.Add(Hits(network.Module, test));
        }

        return HitBits.Of([.. known], [.. unknown]);
    }

    /// <summary>The training examples whose label a kind's corruption changed.</summary>
    /// <param name="experiment">A network of the kind.</param>
    /// <param name="load">Loads the whole data set, and keeps owning it.</param>
    /// <returns>[N].</returns>
    public static bool[] Wrong(Experiment experiment, Func<DataSpec, DatasetSplits> load)
    {
        using var inputs = RunInputs.Prepare(experiment, load);
        return [.. inputs.Data.LabelChanged];
    }

    /// <summary>Whether a network predicts each label.</summary>
    private static bool[] Hits(Module<Tensor, Tensor> network, PreparedData data)
    {
        using var scope = NewDisposeScope();
        return [.. Evaluator.Fitted(network, data).data<long>().ToArray().Select(hit => hit != 0)];
    }
}
