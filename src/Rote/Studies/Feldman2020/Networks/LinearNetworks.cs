using Rote.Data;
using Rote.Evaluation;
using Rote.Experiments;
using Rote.Networks.Plain;
using Rote.Storage;
using Rote.Studies.Feldman2020.Estimates;
using Rote.Tensors;
using Rote.Training;
using static TorchSharp.torch;

namespace Rote.Studies.Feldman2020.Networks;

/// <summary>Some linear models on the features of one network, each trained on the half of the examples that the usual network of the same
/// number is trained on.</summary>
internal sealed record LinearOptions
{
    /// <summary>Identity of the experiment of the network whose features are fixed.</summary>
    public required string Features { get; init; }

    /// <summary>Catalog name of the data.</summary>
    public required string Data { get; init; }

    /// <summary>Number of training examples n.</summary>
    public required int Examples { get; init; }

    /// <summary>Number of test examples.</summary>
    public required int TestExamples { get; init; }

    /// <summary>How a model is trained.</summary>
    public required PlainRecipe Recipe { get; init; }

    /// <summary>The seed of the halves.</summary>
    public required long Seed { get; init; }

    /// <summary>Number of the first model.</summary>
    public required int From { get; init; }

    /// <summary>How many models.</summary>
    public required int Count { get; init; }
}

/// <summary>Trains linear models on fixed features.</summary>
internal static class LinearNetworks
{
    /// <summary>Trains the models and asks them for the labels of all examples.</summary>
    /// <param name="source">The run of the network whose features are fixed.</param>
    /// <param name="options">The sizes.</param>
    /// <param name="load">Loads the whole data set, and keeps owning it.</param>
    /// <param name="cancel">Stops between two steps.</param>
    /// <returns>Which labels each model predicts.</returns>
    /// <exception cref="InputException">A file of the run is damaged.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was called.</exception>
    public static HitBits Train(FinishedRun source, LinearOptions options, Func<DataSpec, DatasetSplits> load, CancellationToken cancel)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        set_num_threads(source.Experiment.Threads);
        var spec = source.Experiment.Data with { Examples = options.Examples, TestExamples = options.TestExamples };
        using var data = spec.Cut(load(spec.Whole()));
        using var network = TrainedNetwork.Load(source, Precision.Float32);
        var (train, labels) = Features(network, data.Train);
        var (test, truth) = Features(network, data.Test);
        var scale = train.square().mean().sqrt();
        var (rows, others) = (train.div(scale), test.div(scale));
        var (known, unknown) = (new List<bool[]>(), new List<bool[]>());
        for (var number = options.From; number < options.From + options.Count; number++)
        {
            using var inner = NewDisposeScope();
            var seeds = new Seeds(new Seeds(options.Seed).Number(SeedStreams.FixedFeatures, number));
            using var model = new PlainNetwork([(int)rows.shape[1], data.Train.Classes], seeds);
            var half = tensor(Half(options, number), int64);
            PlainSgd.Train(model, rows.index_select(0, half), labels.index_select(0, half), options.Recipe, seeds, cancel);
            known.Add(Hits(model, rows, labels));
            unknown.Add(Hits(model, others, truth));
        }

        return HitBits.Of([.. known], [.. unknown]);
    }

    /// <summary>What enters a network's last layer.</summary>
    /// <param name="network">A fully connected network.</param>
    /// <param name="inputs">[n, …] its inputs.</param>
    /// <returns>[n, units] float32 in the caller's scope.</returns>
    public static Tensor Penultimate(TrainedNetwork network, Tensor inputs)
    {
        using var scope = NewDisposeScope();
        var state = network.Module.state_dict();
        var values = inputs.flatten(1).to(float32);
        for (var layer = 0; state.ContainsKey($"layers.{layer + 1}.weight"); layer++)
        {
            values = state[$"layers.{layer}.bias"].addmm(values, state[$"layers.{layer}.weight"].t()).relu();
        }

        return values.MoveToOuterDisposeScope();
    }

    private static (Tensor Rows, Tensor Labels) Features(TrainedNetwork network, Dataset examples)
    {
        using var prepared = PreparedData.From(examples, Precision.Float32);
        return (Penultimate(network, prepared.Inputs), prepared.Labels.clone());
    }

    private static long[] Half(LinearOptions options, int number)
    {
        var coins = new RandomHalf { Seed = options.Seed, Number = number }.Includes(options.Examples);
        return [.. Enumerable.Range(0, coins.Length).Where(i => coins[i]).Select(i => (long)i)];
    }

    private static bool[] Hits(PlainNetwork model, Tensor rows, Tensor labels)
    {
        using var scope = NewDisposeScope();
        return model.Scores(rows).argmax(1).eq(labels).data<bool>().ToArray();
    }
}
