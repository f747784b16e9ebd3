using Rote.Corruptions;
using Rote.Data;
using Rote.Evaluation;
using Rote.Experiments;
using Rote.Networks;
using Rote.Storage;
using Rote.Tensors;
using Rote.Tests.Support;
using Rote.Training;
using static TorchSharp.torch;

namespace Rote.Tests.Storage;

/// <summary>Runs on vectors: whose numbers standardize what.</summary>
[NoTensorLeaks]
public sealed class VectorRunsTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly DatasetSplits _data = Vectors.Table(120, 60);

    public void Dispose()
    {
        _data.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Features_are_measured_on_the_examples_trained_on_alone()
    {
        var experiment = Experiment() with { Recipe = Experiment().Recipe with { HoldOut = 0.25 } };
        using var inputs = RunInputs.Prepare(experiment, _ => _data);
        using var alone = _data.Train.Select(inputs.Rows!.Kept);
        Assert.Equal(75, inputs.Rows.Kept.Length);
        Assert.Equal(VectorFeatures.Of(alone).Means, inputs.Features!.Means);
    }

    [Theory]
    [InlineData("true")]
    [InlineData("shuffled")]
    [InlineData("random")]
    [InlineData("gaussian")]
    [InlineData("held out")]
    public void A_runs_own_vectors_are_evaluated_exactly_as_its_summary_says(string kind)
    {
        var experiment = Experiment(
            kind switch
            {
                "shuffled" => new ShuffledPixels(),
                "random" => new RandomPixels(),
                "gaussian" => new GaussianPixels(),
                _ => new TrueLabels(),
            }
        );
        var run = Finish(kind == "held out" ? experiment with { Recipe = experiment.Recipe with { HoldOut = 0.25 } } : experiment);
        using var network = TrainedNetwork.Load(run);
        Assert.Equal(run.Summary.TestCorrect, Right(network, Named(_data, "table"), EvaluationPart.Test));
        Assert.Equal(run.Summary.TrainCorrect, Right(network, Named(_data, "table"), EvaluationPart.Train));
    }

    [Fact]
    public void Other_vectors_are_standardized_by_the_runs_numbers_and_not_by_their_own()
    {
        var run = Finish();
        using var network = TrainedNetwork.Load(run);

        // One class alone: by its own mean it would look like the middle of all three.
        var last = Enumerable.Range(0, 60).Where(i => i % 3 == 2).Select(i => (long)i).ToArray();
        using var others = new DatasetSplits(_data.Test.Select(last), _data.Test.Select(last));
        using var own = EvaluationData.From(network, Named(_data, "table"), EvaluationPart.Test);
        using var data = EvaluationData.From(network, Named(others, "others", new string('b', 64)), EvaluationPart.All);
        using var scope = NewDisposeScope();
        var expected = own.Images.Pixels.index_select(0, tensor(last.Concat(last).ToArray()));
        Assert.Equal(expected.data<float>().ToArray(), data.Images.Pixels.data<float>().ToArray());
    }

    [Fact]
    public void Features_are_matched_by_their_names_in_any_order()
    {
        using var named = new DatasetSplits(
            Renamed(_data.Train, ["size", "weight", "seven"]),
            Renamed(_data.Test, ["size", "weight", "seven"])
        );
        var run = Flow.Run(Experiment(), new RunStore(_folder.File("runs"), TimeProvider.System), _ => named);
        using var network = TrainedNetwork.Load(run);
        using var turned = new DatasetSplits(Turned(named.Train), Turned(named.Test));
        using var strange = new DatasetSplits(
            Renamed(_data.Train, ["size", "weight", "eight"]),
            Renamed(_data.Test, ["size", "weight", "eight"])
        );
        Assert.Equal(run.Summary.TestCorrect, Right(network, Named(turned, "turned", new string('c', 64)), EvaluationPart.Test));
        Assert.Contains(
            "it lacks \"seven\" and has \"eight\"; give data with the same columns, in any order.",
            Assert
                .Throws<InputException>(() =>
                    EvaluationData.From(network, Named(strange, "strange", new string('d', 64)), EvaluationPart.Test)
                )
                .Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Images_and_vectors_are_not_taken_for_each_other()
    {
        using var network = TrainedNetwork.Load(Finish());
        using var images = Samples.Noise(6, 6, side: 1, channels: 1, classes: 3);
        var error = Assert.Throws<InputException>(() => EvaluationData.From(network, Named(images, "images"), EvaluationPart.Test)).Message;
        Assert.StartsWith("The examples of images are images of 1×1×1, and the network of ", error, StringComparison.Ordinal);
        Assert.EndsWith(
            "expects vectors of 3 features; give data with the same features in the same units.",
            error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_file_that_lacks_the_numbers_of_a_feature_is_damaged()
    {
        var run = Finish();
        var path = Path.Combine(run.Folder, RunFiles.Data);
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"width\": 3", "\"width\": 4", StringComparison.Ordinal));
        Assert.Contains(
            "is damaged (There are 3 means, 3 deviations and 4 names for 4 features)",
            Assert.Throws<InputException>(() => TrainedNetwork.Load(run)).Message,
            StringComparison.Ordinal
        );
    }

    private FinishedRun Finish(Experiment? experiment = null) =>
        Flow.Run(experiment ?? Experiment(), new RunStore(_folder.File("runs"), TimeProvider.System), _ => _data);

    private static Experiment Experiment(Corruption? corruption = null) =>
        new()
        {
            Data = new DataSpec { Name = "table", Examples = 100 },
            Corruption = corruption ?? new TrueLabels(),
            Network = new Mlp { Hidden = [16] },
            Recipe = new Recipe
            {
                Epochs = 5,
                BatchSize = 10,
                Precision = Precision.Float32,
            },
            Threads = 1,
        };

    private static NamedData Named(DatasetSplits data, string name, string? sha256 = null) =>
        new(new DataSpec { Name = name, Sha256 = sha256 }, data);

    private static Dataset Renamed(Dataset vectors, string[] names) =>
        new(vectors.Pixels.alias(), vectors.Labels.alias(), vectors.ClassNames, vectors.Split, vectors.Provenance, featureNames: names);

    private static Dataset Turned(Dataset vectors)
    {
        using var scope = NewDisposeScope();
        return new Dataset(
            vectors.Pixels.flip(1).contiguous(),
            vectors.Labels.alias(),
            vectors.ClassNames,
            vectors.Split,
            vectors.Provenance,
            featureNames: [.. vectors.FeatureNames!.Reverse()]
        );
    }

    private static long Right(TrainedNetwork network, NamedData data, EvaluationPart part)
    {
        using var examples = EvaluationData.From(network, data, part);
        var predictions = NetworkEvaluation.Of(network, examples, threads: 1).Predictions;
        return Enumerable.Range(0, predictions.Count).LongCount(predictions.IsRight);
    }
}
