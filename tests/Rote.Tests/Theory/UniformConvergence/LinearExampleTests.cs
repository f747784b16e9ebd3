using Rote.Tests.Support;
using Rote.Theory.UniformConvergence;
using static TorchSharp.torch;

namespace Rote.Tests.Theory.UniformConvergence;

[NoTensorLeaks]
public sealed class LinearExampleTests
{
    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1.959963984540054, 0.025)]
    [InlineData(-1.2815515655446004, 0.9)]
    public void The_normal_tail_has_the_printed_quantiles(double z, double known) => Assert.Equal(known, LinearExample.NormalTail(z), 12);

    [Fact]
    public void Its_numbers_are_those_of_a_loop_over_examples()
    {
        var options = new LinearOptions(6, 30, 1, 0);
        var result = LinearExample.Run(options);
        using var scope = NewDisposeScope();
        var noise = LinearExample.Noise(options).to(float64).data<double>().ToArray();

        // u = 1/√m in one dimension, every label 1: w₁ = 2m·u = 2√m, and w₂ the sum of the noise.
        var (first, second) = (0.0, new double[30]);
        for (var i = 0; i < 6; i++)
        {
            first += 2 / Math.Sqrt(6);
            for (var j = 0; j < 30; j++)
            {
                second[j] += noise[(i * 30) + j];
            }
        }

        var margins = Enumerable.Range(0, 6).Select(i => Enumerable.Range(0, 30).Sum(j => second[j] * noise[(i * 30) + j])).ToArray();
        var signal = first * 2 / Math.Sqrt(6);
        Assert.Equal(LinearExample.Signal, signal, 12);
        Assert.Equal(margins.Average(margin => signal + margin <= 0 ? 1.0 : 0), result.TrainWrong);
        Assert.Equal(margins.Average(margin => signal - margin <= 0 ? 1.0 : 0), result.NegatedWrong);
        Assert.Equal(Math.Sqrt((first * first) + second.Sum(w => w * w)), result.Norm, 4);
    }

    [Fact]
    public void The_exact_test_error_is_that_of_many_new_examples()
    {
        var result = LinearExample.Run(new LinearOptions(40, 400, 2, 0));
        using var scope = NewDisposeScope();
        var weights = LinearExample.Noise(new LinearOptions(40, 400, 2, 0)).sum([0L]);
        var margins = LinearExample.Noise(new LinearOptions(20_000, 400, 3, 0)).mv(weights).add(LinearExample.Signal);

        // Φ(−√10/8) = 0.346 for weights of their expected length; four binomial errors of 20,000 examples are 0.0135.
        Assert.InRange(result.TestWrong, 0.3, 0.4);
        Assert.InRange(margins.le(0).to(float64).mean().item<double>() - result.TestWrong, -0.0135, 0.0135);
    }

    [Fact]
    public void In_many_dimensions_new_examples_are_right_and_negated_noise_is_all_wrong()
    {
        var result = LinearExample.Run(new LinearOptions(20, 20 * 500, 1, 0));

        // Φ(−√500/8) = 0.0026.
        Assert.InRange(result.TestWrong, 0.0015, 0.004);
        Assert.Equal(0, result.TrainWrong);
        Assert.Equal(1, result.NegatedWrong);
    }
}
