using Rote.Data;
using Rote.Evaluation;
using Rote.Experiments;
using Rote.Memorization;
using Rote.Storage;
using Rote.Tensors;
using Rote.Training;
using static TorchSharp.torch;

namespace Rote;

/// <summary>Produces a network without canaries after an experiment with canaries, if the user wants one: a short training removes the
/// planted labels.</summary>
public static class StripFlow
{
    /// <summary>The maximum number of epochs; planted labels that are still predicted then are reported.</summary>
    public const int MostEpochs = 20;

    /// <summary>Removes the canaries from a finished run's network; returns an earlier result if there is one.</summary>
    /// <param name="run">A finished run with canaries.</param>
    /// <param name="load">Loads the whole data set (<see cref="DataSpec.Whole()"/>).</param>
    /// <param name="progress">Called about ten times a second.</param>
    /// <param name="cancel">Stops; nothing is kept then.</param>
    /// <returns>What changed. The weights lie in the run's folder, below <see cref="StrippedNetwork.FolderName"/>. The same run gives the
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
        var after = TrainedNetwork.Load(run);
        using var state = new TrainingState(() => after.Module, recipe);
        using var method = new CanaryStripping(before.Module, sets, inputs.Data.Images.Train.Classes, canaries);
        new Trainer(recipe, sets, new Seeds(inputs.Seeds.Number(SeedStreams.Strip)), method) { Progress = progress }.Run(state, cancel);
        return StrippedFiles.Keep(run, before.Module, state, sets, canaries);
    }
}
