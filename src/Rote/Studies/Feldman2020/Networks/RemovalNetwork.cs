using Rote.Data;
using Rote.Experiments;
using Rote.Measurement;
using Rote.Networks;
using Rote.Training;
using static TorchSharp.torch;

namespace Rote.Studies.Feldman2020.Networks;

/// <summary>A network that was trained without some examples.</summary>
/// <param name="TrainedOn">Number of training examples.</param>
/// <param name="TrainAccuracy">Share of them whose label is predicted.</param>
/// <param name="TestAccuracy">Share of the test examples that are classified correctly.</param>
internal sealed record RemovalResult(int TrainedOn, double TrainAccuracy, double TestAccuracy);

/// <summary>Trains a network that a plan cannot name beforehand: which examples it leaves out depends on what other networks
/// memorized.</summary>
/// <remarks>The steps are those of <see cref="Flow"/> without a run's folder: a set of runs is known before its first run, and this
/// network is not.</remarks>
internal static class RemovalNetwork
{
    /// <summary>Trains and measures it.</summary>
    /// <param name="experiment">The network; plain training without canaries.</param>
    /// <param name="load">Loads the whole data set, and keeps owning it.</param>
    /// <param name="cancel">Stops between two steps.</param>
    /// <returns>Accuracies.</returns>
    /// <exception cref="TrainingException">The loss is no longer finite.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was called.</exception>
    public static RemovalResult Train(Experiment experiment, Func<DataSpec, DatasetSplits> load, CancellationToken cancel)
    {
        using var scope = NewDisposeScope();
        set_num_threads(experiment.Threads);
        var recipe = experiment.Recipe;
        using var inputs = RunInputs.Prepare(experiment, load);
        var images = inputs.Data.Images.Train;
        using var state = new TrainingState(() => experiment.Network.Build(TaskShape.Of(images), recipe.Precision, inputs.Seeds), recipe);
        using var sets = inputs.Sets(recipe);
        using var method = new PlainTraining(recipe, inputs.Seeds, sets.Train.Count, images.Classes);
        new Trainer(recipe, sets, inputs.Seeds, method).Run(state, cancel);
        return new RemovalResult(
            sets.Train.Count,
            Estimate.Share(Evaluator.CountCorrect(state.Evaluated, sets.Train, cancel), sets.Train.Count).Value,
            Estimate.Share(Evaluator.CountCorrect(state.Evaluated, sets.Test, cancel), sets.Test.Count).Value
        );
    }
}
