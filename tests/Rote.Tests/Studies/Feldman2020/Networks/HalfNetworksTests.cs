using Rote.Corruptions;
using Rote.Evaluation;
using Rote.Experiments;
using Rote.Measurement;
using Rote.Networks.Plain;
using Rote.Studies.Feldman2020.Networks;
using Rote.Tensors;
using Rote.Tests.Support;
using Rote.Training;
using static TorchSharp.torch;

namespace Rote.Tests.Studies.Feldman2020.Networks;

[NoTensorLeaks]
public sealed class HalfNetworksTests : IDisposable
{
    private readonly TinyRuns _runs = new();

    [Fact]
    public void Labels_are_those_that_the_networks_predict()
    {
        var finished = new[] { Half(0), Half(1) }.Select(experiment => _runs.Finish(experiment)).ToArray();
        var bits = HalfNetworks.Of(finished, _ => _runs.Data, CancellationToken.None);
        using var train = _runs.Data.Train.Take(100);
        using var prepared = PreparedData.From(train, Precision.Float32);
        for (var k = 0; k < 2; k++)
        {
            using var network = TrainedNetwork.Load(finished[k]);
            var said = Predictions.Of(network.Module, prepared);
            Assert.Equal(Enumerable.Range(0, 100).Select(said.IsRight), bits.TrainHits()[k]);
            Assert.Equal(finished[k].Summary.TestCorrect, bits.TestHits()[k].Count(hit => hit));

            // What the run was trained on is what the coins say.
            var coins = finished[k].Experiment.Half!.Includes(100);
            Assert.Equal(finished[k].Summary.TrainCorrect, bits.TrainHits()[k].Where((hit, i) => hit && coins[i]).Count());
        }
    }

    [Fact]
    public void Wrong_labels_are_the_same_for_all_networks_of_a_seed()
    {
        var corruption = new PartiallyCorruptedLabels { Probability = 0.5 };
        var wrong = HalfNetworks.Wrong(Half(0) with { Corruption = corruption, Seed = 5 }, _ => _runs.Data);
        Assert.Equal(wrong, HalfNetworks.Wrong(Half(3) with { Corruption = corruption, Seed = 9 }, _ => _runs.Data));
        Assert.InRange(wrong.Count(changed => changed), 20, 60);
        Assert.DoesNotContain(true, HalfNetworks.Wrong(Half(0), _ => _runs.Data));
    }

    [Fact]
    public void A_network_without_some_examples_is_that_of_the_run_without_them()
    {
        var experiment = TinyRuns.Experiment() with { Forget = new ForgottenRows { Rows = [0, 3, 50] } };
        var run = _runs.Finish(experiment).Summary;
        var found = RemovalNetwork.Train(experiment, _ => _runs.Data, CancellationToken.None);
        Assert.Equal(new RemovalResult(97, run.TrainAccuracy().Value, run.TestAccuracy().Value), found);
    }

    [Fact]
    public void Penultimate_features_and_the_last_layer_are_the_network()
    {
        using var network = TrainedNetwork.Load(_runs.Finish());
        using var prepared = PreparedData.From(_runs.Data.Test, Precision.Float32);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var state = network.Module.state_dict();
        var features = LinearNetworks.Penultimate(network, prepared.Inputs);
        var scores = state["layers.1.bias"].addmm(features, state["layers.1.weight"].t());
        Assert.True(scores.allclose(network.Module.forward(prepared.Inputs), 1e-4, 1e-5));
        Assert.Equal([TinyRuns.Test, 8], features.shape);
    }

    [Fact]
    public void Linear_models_fit_the_half_that_they_are_trained_on_and_are_the_same_again()
    {
        var source = _runs.Finish();
        var options = new LinearOptions
        {
            Features = source.Experiment.Identity,
            Data = "sample",
            Examples = 100,
            TestExamples = TinyRuns.Test,
            Recipe = new PlainRecipe
            {
                Hidden = [],
                Rate = 0.5,
                Batch = 10,
                Margin = 0,
                Share = 1,
                MostEpochs = 100,
            },
            Seed = 1,
            From = 2,
            Count = 2,
        };
        var bits = LinearNetworks.Train(source, options, _ => _runs.Data, CancellationToken.None);
        Assert.Equal(bits, LinearNetworks.Train(source, options, _ => _runs.Data, CancellationToken.None));
        Assert.Equal(2, bits.Networks);
        var coins = new RandomHalf { Seed = 1, Number = 2 }.Includes(100);
        Assert.InRange(bits.TrainHits()[0].Where((_, i) => coins[i]).Average(hit => hit ? 1 : 0), 0.8, 1);

        // The second model of two is the first of one that begins with it.
        var alone = LinearNetworks.Train(source, options with { From = 3, Count = 1 }, _ => _runs.Data, CancellationToken.None);
        Assert.Equal(bits.TrainHits()[1], alone.TrainHits()[0]);
    }

    public void Dispose() => _runs.Dispose();

    private static Experiment Half(int number) =>
        TinyRuns.Experiment() with
        {
            Half = new RandomHalf { Seed = 4, Number = number },
        };
}
