using Rote.Data;
using Rote.Evaluation;
using Rote.Experiments;
using Rote.Storage;
using Rote.Tensors;
using Rote.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Complexity;

/// <summary>All complexity measures of a finished run's network, and its test errors.</summary>
/// <param name="Values">Each measure by its name.</param>
/// <param name="EvenWrong">Share of the test examples in even places, from 0, that are misclassified.</param>
/// <param name="OddWrong">The same of those in odd places.</param>
/// <param name="Tested">The number of test examples.</param>
internal sealed record ComplexityReading(IReadOnlyDictionary<string, double> Values, double EvenWrong, double OddWrong, int Tested)
{
    /// <summary>Measures the network of a run.</summary>
    /// <param name="run">A finished run of an MLP that stops at a training loss.</param>
    /// <param name="load">Loads the whole data set, and keeps owning it.</param>
    /// <param name="cancel">Stops between two measures.</param>
    /// <returns>Every measure, computed in float32 whatever the run's precision.</returns>
    /// <exception cref="InputException">The run's files are damaged, or the network is no MLP.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was called.</exception>
    public static ComplexityReading Of(FinishedRun run, Func<DataSpec, DatasetSplits> load, CancellationToken cancel = default)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var experiment = run.Experiment;
        using var trained = TrainedNetwork.Load(run, Precision.Float32);
        using var start = experiment.Network.Build(trained.Data.Seen(experiment.Data), Precision.Float32, new Seeds(experiment.Seed));
        using var inputs = RunInputs.Prepare(experiment, load);
        using var sets = inputs.Sets(experiment.Recipe with { Precision = Precision.Float32, Device = default });
        var subject = new ComplexitySubject(
            ReluLayer.Of(trained.Module, start),
            sets.Train.Inputs.flatten(1),
            sets.Train.Labels,
            new Seeds(experiment.Seed)
        );
        var values = new Dictionary<string, double>();
        foreach (var measure in ComplexityMeasure.All)
        {
            cancel.ThrowIfCancellationRequested();
            using var inner = NewDisposeScope();
            values[measure.Name] = measure.Read(subject, run);
        }

        return WithErrors(values, Wrong(trained.Module, sets.Test));
    }

    private static ComplexityReading WithErrors(IReadOnlyDictionary<string, double> values, bool[] wrong) =>
        new(
            values,
            wrong.Where((_, place) => place % 2 == 0).Average(one => one ? 1.0 : 0),
            wrong.Where((_, place) => place % 2 == 1).DefaultIfEmpty().Average(one => one ? 1.0 : 0),
            wrong.Length
        );

    private static bool[] Wrong(Module<Tensor, Tensor> network, PreparedData data)
    {
        var predicted = Features.FeatureNetwork.Classes(network, data.Inputs);
        return [.. data.Labels.data<long>().ToArray().Zip(predicted, (label, given) => label != given)];
    }
}
