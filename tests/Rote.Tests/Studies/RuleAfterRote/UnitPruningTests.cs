using Rote.Data.Catalog;
using Rote.Storage;
using Rote.Studies.RuleAfterRote;
using Rote.Tensors;
using Rote.Tests.Support;
using static TorchSharp.torch;

namespace Rote.Tests.Studies.RuleAfterRote;

[NoTensorLeaks]
public sealed class UnitPruningTests
{
    // Doshi et al. 2024: one wave has all of its power in one frequency; a single number has the same power in every one of (p − 1)/2.
    [Fact]
    public void A_wave_has_participation_1_and_a_single_number_one_over_the_number_of_frequencies()
    {
        const int Modulus = 11;
        using var scope = NewDisposeScope();
        var wave = Enumerable.Range(0, Modulus).Select(a => (float)Math.Cos((2 * Math.PI * 3 * a / Modulus) + 0.4)).ToArray();
        var single = Enumerable.Range(0, Modulus).Select(a => a == 4 ? 1f : 0f).ToArray();
        var flat = new float[Modulus];
        float[] weights = [.. wave, .. wave, .. single, .. single, .. wave, .. single, .. flat, .. flat];
        var found = UnitPruning.ParticipationOf(tensor(weights).reshape(4, 2 * Modulus));
        Assert.Equal(1, found[0], 1e-6);
        Assert.Equal(0.2, found[1], 1e-6);
        Assert.Equal(0.6, found[2], 1e-6);
        Assert.Equal(0, found[3], 1e-6);
    }

    [Fact]
    public void Participation_equals_a_naive_sum_over_sines_and_cosines()
    {
        const int Modulus = 7;
        using var scope = NewDisposeScope();
        var weights = randn(3, 2 * Modulus);
        var values = weights.data<float>().ToArray();
        var found = UnitPruning.ParticipationOf(weights);
        for (var unit = 0; unit < 3; unit++)
        {
            var expected = Enumerable.Range(0, 2).Average(half => Naive(values.AsSpan((((unit * 2) + half) * Modulus), Modulus).ToArray()));
            Assert.Equal(expected, found[unit], 1e-5);
        }

        static double Naive(float[] row)
        {
            var powers = Enumerable
                .Range(1, Modulus / 2)
                .Select(k =>
                {
                    var (cosine, sine) = (0.0, 0.0);
                    for (var a = 0; a < Modulus; a++)
                    {
                        cosine += row[a] * Math.Cos(2 * Math.PI * k * a / Modulus);
                        sine += row[a] * Math.Sin(2 * Math.PI * k * a / Modulus);
                    }

                    return (cosine * cosine) + (sine * sine);
                })
                .ToArray();
            return powers.Sum(p => p * p) / (powers.Sum() * powers.Sum());
        }
    }

    [Fact]
    public void Nothing_cut_is_what_the_run_says_of_itself_and_a_network_that_is_cut_knows_less()
    {
        using var folder = new TempFolder();
        var cell = RuleCell.Both with { Epochs = 150 };
        var scale = RuleScale.Find("smoke") with { Shortened = 1 };
        using var data = ModularAddition.Generate(scale.Modulus);
        var experiment = RulePlan.Experiment(scale, cell, seed: 1, threads: 1, Precision.Float32);
        var run = Flow.Run(experiment, new RunStore(folder.Path, TimeProvider.System), _ => data);
        var pruning = UnitPruning.Of(run, data);
        var whole = pruning.At(PruningOrder.LeastPeriodic, 0);
        Assert.Equal(run.Summary.MemorizedShare()!.Value.Value, whole.Memorized, 1e-9);
        Assert.Equal(run.Summary.CleanAccuracy()!.Value.Value, whole.Clean, 1e-9);
        Assert.Equal(run.Summary.TestAccuracy().Value, whole.Test, 1e-9);
        Assert.Equal(whole, pruning.At(PruningOrder.MostPeriodic, 0));
        Assert.True(pruning.At(PruningOrder.MostPeriodic, 0.9).Clean < whole.Clean);
    }
}
