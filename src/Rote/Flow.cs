using Rote.Data;
using Rote.Experiments;
using Rote.Memorization;
using Rote.Memorization.Dial;
using Rote.Networks;
using Rote.Storage;
using Rote.Tensors;
using Rote.Training;
using static TorchSharp.torch;

namespace Rote;

/// <summary>The whole flow of one experiment. Read this first: each step is a folder of the library, in this order.</summary>
public static class Flow
{
    /// <summary>Runs an experiment: a finished one is returned, a half-done one resumed, a new one trained.</summary>
    /// <param name="experiment">What to do.</param>
    /// <param name="store">Where runs are kept.</param>
    /// <param name="load">Gives the whole data set (<see cref="DataSpec.Whole()"/>); it stays the giver's.</param>
    /// <param name="progress">Told about ten times a second.</param>
    /// <param name="cancel">Stops between two steps; the same call later goes on from the last checkpoint.</param>
    /// <returns>The finished run.</returns>
    /// <exception cref="RoteException">Data, folder or training failed, in one sentence.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was called.</exception>
    public static FinishedRun Run(
        Experiment experiment,
        RunStore store,
        Func<DataSpec, DatasetSplits> load,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancel = default
    )
    {
        experiment.RequireConsistent();
        if (store.Find(experiment) is { } finished)
        {
            return store.Logged(finished);
        }

        using var run = store.Open(experiment);
        if (store.Find(experiment) is { } meanwhile)
        {
            return store.Logged(meanwhile); // another process finished it between the first look and the lock
        }

        try
        {
            return Make(experiment, store, run, load, progress, cancel);
        }
        catch (InputException)
        {
            run.DiscardUntrained(); // what is refused is no run that waits to be gone on with
            throw;
        }
        catch (Exception error) when (CudaSupport.IsOutOfMemory(error))
        {
            throw CudaSupport.OutOfMemory(error);
        }
    }

    private static FinishedRun Make(
        Experiment experiment,
        RunStore store,
        RunFolder run,
        Func<DataSpec, DatasetSplits> load,
        IProgress<TrainingProgress>? progress,
        CancellationToken cancel
    )
    {
        using var scope = NewDisposeScope();
        set_num_threads(experiment.Threads);
        var recipe = experiment.Recipe;
        recipe.Device.Require();

        // Data → Corruptions
        using var inputs = RunInputs.Prepare(experiment, load);
        var (data, seeds, images) = (inputs.Data, inputs.Seeds, inputs.Data.Images.Train);
        run.Describe(RunData.Of(load(experiment.Data.Whole()).Train, inputs.Features));

        // Networks
        var known = experiment.Forget is { From: not null } forget ? ForgetFlow.Runs(forget, store) : null;
        using var state = new TrainingState(
            () => known?.Network() ?? experiment.Network.Build(TaskShape.Of(images), recipe.Precision, seeds),
            recipe
        );

        // What it learns from, and what controls how
        using var sets = inputs.Sets(recipe, experiment.Control?.Nearby(recipe, images.Channels == 3));
        var canaries = data.Canaries is { IsReadable: true } planted ? CanaryPlaces.Of(planted, sets) : null;
        using var method =
            known?.Method(experiment.Forget!, sets)
            ?? experiment.Control?.Create(
                new ControlSetting(sets, recipe, seeds, images.Classes, (canaries ?? throw NoCanaries(experiment)).Steering)
                {
                    Network = state.Evaluated,
                    Trained = state.Network,
                    Build = other => experiment.Network.Build(TaskShape.Of(images), recipe.Precision, other),
                }
            )
            ?? new PlainTraining(recipe, seeds, sets.Train.Count, images.Classes);
        state.TrainingMethod = method;

        // Training, where it was left off
        run.Restore(state);
        new Trainer(recipe, sets, seeds, method) { AfterEpoch = run.Record, Progress = progress }.Run(state, cancel);

        // Storage
        using var leftOut = inputs.LeftOut();
        using var adjusted = (method as AdjustableTraining)?.Adjusted(
            experiment.Network.Build(TaskShape.Of(images), recipe.Precision, seeds),
            state.Evaluated,
            canaries!
        );
        var outcome = canaries?.Outcome(state.Evaluated, sets, data.Canaries!, images.Classes, experiment.Control?.Asked, method, leftOut);
        return run.Finish(state, sets, outcome is null ? null : (outcome with { Adjusted = adjusted }, images));
    }

    /// <summary>What is said where forgetting leaves nothing to steer by.</summary>
    internal static InputException NoCanaries(Experiment experiment) =>
        new($"The {experiment.Control!.Title} is steered by canaries, and all of one set are among the examples to forget: forget fewer.");
}
