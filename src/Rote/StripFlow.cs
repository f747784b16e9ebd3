using Rote.Data;
using Rote.Evaluation;
using Rote.Experiments;
using Rote.Memorization;
using Rote.Storage;
using Rote.Tensors;
using Rote.Training;
using static TorchSharp.torch;

namespace Rote;

/// <summary>What follows the flow of an experiment with canaries, if the user wants a network without them: a short training that takes the
/// planted labels out again.</summary>
public static class StripFlow
{
    /// <summary>Epochs at most: planted labels that are still said then are reported.</summary>
    public const int MostEpochs = 20;

    /// <summary>Takes the canaries out of a finished run's network; what was done before is returned.</summary>
    /// <param name="run">A finished run with canaries.</param>
    /// <param name="load">Gives the whole data set (<see cref="DataSpec.Whole()"/>); it stays the giver's.</param>
    /// <param name="progress">Told about ten times a second.</param>
    /// <param name="cancel">Stops; nothing is kept then.</param>
    /// <returns>What changed; the weights lie in the run's folder, below <see cref="StrippedNetwork.FolderName"/>. The same run gives the
    /// same bits.</returns>
    /// <exception cref="InputException">The run has no canaries, or a file of it is damaged.</exception>
    /// <exception cref="MachineException">The folder cannot be written.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was called.</exception>
    public static StrippedNetwork Run(
        FinishedRun run,
        Func<DataSpec, DatasetSplits> load,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancel = default
    )
    {
        if (StrippedFiles.Find(run) is { } known)
        {
            return known;
        }

        using var scope = NewDisposeScope();
        var experiment = run.Experiment;
        set_num_threads(experiment.Threads);
        using var inputs = RunInputs.Prepare(experiment, load);
        var planted =
            inputs.Data.Canaries
            ?? throw new InputException(
                $"The run {Path.GetFileName(run.Folder)} has no canaries that could be taken out; they are planted with "
                    + $"{Setting.Memorization} or {Setting.WatchMemorization}."
            );
        var recipe = experiment.Recipe with
        {
            Epochs = MostEpochs,
            StopAtTrainAccuracy = null,
            StopAtTrainLoss = null,
            Patience = null,
            AverageDecay = null,
            Augmentation = null,
            EvaluateEvery = 1,
            TestEvery = MostEpochs,
        };
        using var sets = inputs.Sets(recipe);
        var places = CanaryPlaces.Of(planted, sets);
        long[] canaries = [.. places.Steering.Concat(places.HeldOut).Order()];

        // The network as it is, then the same one changed
        using var before = TrainedNetwork.Load(run);
        before.Module.On(recipe.Device);
        var after = TrainedNetwork.Load(run);
        using var state = new TrainingState(() => after.Module, recipe);
        using var method = new CanaryStripping(before.Module, sets, inputs.Data.Images.Train.Classes, canaries);
        new Trainer(recipe, sets, new Seeds(inputs.Seeds.Number(SeedStreams.Strip)), method) { Progress = progress }.Run(state, cancel);
        return StrippedFiles.Keep(run, before.Module, state, sets, canaries);
    }
}
