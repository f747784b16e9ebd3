using Rote.Data;
using Rote.Experiments;
using Rote.Memorization;
using Rote.Networks;
using Rote.Storage;
using Rote.Training;

namespace Rote.Tests.Support;

/// <summary>Leaves a run as a killed process would.</summary>
internal static class Interruption
{
    /// <summary>Trains some epochs, saves, and stops in the middle of the next.</summary>
    public static void After(int epochs, Experiment experiment, RunStore store, DatasetSplits whole)
    {
        using var run = store.Open(experiment);
        using var inputs = RunInputs.Prepare(experiment, _ => whole);
        var (seeds, images) = (inputs.Seeds, inputs.Data.Images.Train);
        using var data = inputs.Sets(experiment.Recipe, experiment.Control?.Nearby(experiment.Recipe, images.Channels == 3));
        using var state = new TrainingState(
            () => experiment.Network.Build(TaskShape.Of(images), experiment.Recipe.Precision, seeds),
            experiment.Recipe
        );
        using var objective =
            experiment.Control?.Create(
                new ControlSetting(data, experiment.Recipe, seeds, images.Classes, CanaryPlaces.Of(inputs.Data.Canaries!, data).Steering)
                {
                    Network = state.Evaluated,
                    Trained = state.Network,
                    Build = other => experiment.Network.Build(TaskShape.Of(images), experiment.Recipe.Precision, other),
                }
            )
            ?? new PlainTraining(experiment.Recipe, seeds, data.Train.Count, images.Classes);
        state.TrainingMethod = objective;
        using var stop = new CancellationTokenSource();
        var trainer = new Trainer(experiment.Recipe, data, seeds, objective)
        {
            AfterEpoch = s =>
            {
                run.Record(s);
                if (s.Epoch == epochs)
                {
                    run.Save(s);
                    stop.Cancel();
                }
            },
        };
        Assert.Throws<OperationCanceledException>(() => trainer.Run(state, stop.Token));
    }
}
