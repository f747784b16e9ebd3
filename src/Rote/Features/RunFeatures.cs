using Rote.Data;
using Rote.Evaluation;
using Rote.Experiments;
using Rote.Storage;
using Rote.Tensors;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Features;

/// <summary>Measures the layers of a finished run's network, beside the same network untrained and beside other runs.</summary>
/// <remarks>docs/guide/features.md. Every random draw comes from streams of the run's seed: the same again, with the same number of
/// threads.</remarks>
public static class RunFeatures
{
    /// <summary>The most other runs.</summary>
    public const int MostOthers = 4;

    /// <summary>The fewest examples that a result is computed from.</summary>
    private const int Fewest = 40;

    /// <summary>Measures.</summary>
    /// <param name="run">The run.</param>
    /// <param name="others">Runs on the same data to compare it with, four at most; may be none.</param>
    /// <param name="load">Loads the whole data set (<see cref="DataSpec.Whole()"/>), and keeps owning it.</param>
    /// <param name="options">How much is measured.</param>
    /// <param name="progress">Told before each step.</param>
    /// <param name="cancel">Stops between two batches.</param>
    /// <returns>The result, which holds no tensors.</returns>
    /// <exception cref="InputException">A run is not whole, its data is another, there are fewer than 40 examples or fewer than two
    /// classes, or a network's weights are not finite.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was called.</exception>
    public static FeaturesResult Of(
        FinishedRun run,
        IReadOnlyList<FinishedRun> others,
        Func<DataSpec, DatasetSplits> load,
        FeatureOptions options,
        IProgress<FeatureProgress>? progress = null,
        CancellationToken cancel = default
    )
    {
        if (others.Count > MostOthers)
        {
            throw new InputException($"{others.Count} runs are named beside the first, expected at most {MostOthers}.");
        }

        foreach (var other in others)
        {
            FeatureTwins.Require(run, other);
        }

        using var scope = NewDisposeScope();
        set_num_threads(options.Threads ?? run.Experiment.Threads);
        using var subject = TrainedNetwork.Load(run);
        using var inputs = RunInputs.Prepare(run.Experiment, load);
        using var examples = FeatureExamples.Draw(run.Experiment, inputs, options.Examples);
        RequireEnough(run, examples);
        using var start = StartOf(subject);
        BatchStatistics.Remake(start, examples.Train.Inputs, cancel);
        var (loaded, starts) = (new List<TrainedNetwork>(), new List<Module<Tensor, Tensor>>());
        try
        {
            foreach (var other in others)
            {
                loaded.Add(TrainedNetwork.Load(other));
                starts.Add(StartOf(loaded[^1]));
            }

            FeatureNetwork[] networks =
            [
                new(NetworkRole.Subject, "this network", NameOf(run), subject.Module, examples.Given, start),
                new(NetworkRole.Untrained, "untrained", NameOf(run), start, examples.Given, null),
                .. loaded.Zip(starts, (other, begun) => Beside(run.Experiment, other, begun, examples, load)),
            ];
            var meter = new FeatureMeter(examples, inputs.Seeds, subject, networks, options, progress, cancel);
            var (measured, similarities) = meter.Measure();
            return new FeaturesResult
            {
                Run = NameOf(run),
                Network = run.Experiment.Network.Title,
                Data = run.Experiment.Data.Name,
                Experiment = run.Summary.Experiment,
                WeightsSha256 = run.Summary.WeightsSha256,
                TrainExamples = examples.Train.Count,
                TestExamples = examples.Test.Count,
                WrongLabels = examples.Given.Zip(examples.Truth).Count(pair => pair.First != pair.Second),
                Classes = examples.Classes,
                Networks = measured,
                Similarities = similarities,
                CodeLengths = options.CodeLength ? meter.Codes(run.Experiment, inputs) : [],
                Notes = [.. FeatureNotes.Of(subject, loaded, examples, options)],
            };
        }
        finally
        {
            loaded.ForEach(network => network.Dispose());
            starts.ForEach(network => network.Dispose());
        }
    }

    /// <summary>The network of a run before its first step.</summary>
    private static Module<Tensor, Tensor> StartOf(TrainedNetwork network)
    {
        var experiment = network.Run.Experiment;
        var shape = network.Data.Seen(experiment.Data);
        var start = experiment.Network.Build(shape, experiment.Recipe.Precision, new Seeds(experiment.Seed));
        start.eval();
        return start;
    }

    private static FeatureNetwork Beside(
        Experiment subject,
        TrainedNetwork other,
        Module<Tensor, Tensor> start,
        FeatureExamples examples,
        Func<DataSpec, DatasetSplits> load
    )
    {
        using var inputs = RunInputs.Prepare(other.Run.Experiment, load);
        var role = FeatureTwins.RoleOf(subject, other.Run.Experiment);
        var name = role switch
        {
            NetworkRole.RandomLabels => "random labels",
            NetworkRole.TrueLabels => "true labels",
            NetworkRole.OtherSeed => $"seed {other.Run.Experiment.Seed}",
            _ => NameOf(other.Run),
        };
        return new FeatureNetwork(role, name, NameOf(other.Run), other.Module, examples.GivenBy(inputs), start);
    }

    private static void RequireEnough(FinishedRun run, FeatureExamples examples)
    {
        if (Math.Min(examples.Train.Count, examples.Test.Count) is var count && count < Fewest)
        {
            throw new InputException(
                $"The run {NameOf(run)} has {examples.Train.Count} training and {examples.Test.Count} test examples; features "
                    + $"need at least "
                    + $"{Fewest} of each."
            );
        }

        if (examples.Classes < 2 || examples.Truth.Distinct().Count() < 2)
        {
            throw new InputException(
                $"The examples of {run.Experiment.Data.Name} are all of one class: there is nothing that features could tell "
                    + $"apart; give data "
                    + $"of two classes or more."
            );
        }
    }

    private static string NameOf(FinishedRun run) => Path.GetFileName(run.Folder);
}
