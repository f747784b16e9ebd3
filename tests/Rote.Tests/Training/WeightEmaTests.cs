using Rote.Networks;
using Rote.Tensors;
using Rote.Tests.Support;
using Rote.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Rote.Tests.Training;

[NoTensorLeaks]
public sealed class WeightEmaTests
{
    [Fact]
    public void The_average_is_that_of_a_naive_loop()
    {
        using var network = Build();
        using var average = new WeightEma(network, Build(), 0.9);
        var weight = network.get_parameter("layers.0.weight")!;
        var naive = (double)weight.data<float>()[0];
        var decay = Math.Pow(0.9, 4);
        for (var step = 1; step <= 40; step++)
        {
            using (no_grad())
            {
                weight.fill_(step);
            }

            average.Update(network, step);
            if (step % 4 == 0)
            {
                var d = Math.Min(decay, (1.0 + (step / 4)) / (10.0 + (step / 4)));
                naive = (d * naive) + ((1 - d) * step);
            }
        }

        Assert.Equal(naive, average.Network.get_parameter("layers.0.weight")!.data<float>()[0], 1e-4);
    }

    [Fact]
    public void It_starts_at_the_networks_own_weights_and_shares_none_of_them()
    {
        using var network = Build();
        using var average = new WeightEma(network, Build(seed: 2), 0.9);
        var (live, averaged) = (network.get_parameter("layers.0.weight")!, average.Network.get_parameter("layers.0.weight")!);
        Assert.Equal(live.data<float>().ToArray(), averaged.data<float>().ToArray());
        Assert.NotEqual(live.Handle, averaged.Handle);
    }

    /// <summary>Trained for fewer steps than the first update takes, the untrained network was kept.</summary>
    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void After_too_few_steps_for_an_average_the_trained_network_is_kept(int steps)
    {
        using var data = Samples.Noise(8 * steps, 8);
        var recipe = new Recipe
        {
            BatchSize = 8,
            Epochs = 1,
            AverageDecay = 0.999,
            Precision = Precision.Float32,
        };
        var seeds = new Seeds(1);
        using var sets = TrainingData.From(data, null, recipe, null);
        var network = new Mlp { Hidden = [3] };
        var shape = new TaskShape(data.Train.Height, data.Train.Width, data.Train.Channels, data.Train.Classes);
        using var state = new TrainingState(() => network.Build(shape, Precision.Float32, seeds), recipe);
        var before = Weights(state.Network);
        new Trainer(recipe, sets, seeds).Run(state);
        Assert.NotEqual(before, Weights(state.Evaluated));
        Assert.Equal(steps < 4, Weights(state.Network).SequenceEqual(Weights(state.Evaluated)));

        static float[] Weights(Module<Tensor, Tensor> module) => module.get_parameter("layers.0.weight")!.data<float>().ToArray();
    }

    private static Module<Tensor, Tensor> Build(long seed = 1) =>
        new Mlp { Hidden = [3] }.Build(new TaskShape(2, 2, 1, 2), Precision.Float32, new Seeds(seed));
}
