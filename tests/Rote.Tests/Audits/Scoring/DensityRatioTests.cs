using Rote.Audits.Scoring;

namespace Rote.Tests.Audits.Scoring;

public sealed class DensityRatioTests
{
    private static readonly Gen<(double[] Data, double[] Canaries)> Scores = Gen.Select(
            Gen.Int[0, 20].Array[5, 60],
            Gen.Int[0, 30].Array[1, 20]
        )
        .Select((a, b) => (Array.ConvertAll(a, v => (double)v), Array.ConvertAll(b, v => (double)v)));

    [Fact]
    public void It_never_falls() =>
        Scores.Sample(s =>
        {
            var ratio = DensityRatio.Of(s.Data, s.Canaries);
            var values = Enumerable.Range(-1, 33).Select(v => ratio.At(v)).ToArray();
            return values.Zip(values.Skip(1)).All(pair => pair.First <= pair.Second);
        });

    [Fact]
    public void Over_the_data_it_adds_up_to_the_canaries_that_the_data_reaches() =>
        Scores.Sample(s =>
        {
            var ratio = DensityRatio.Of(s.Data, s.Canaries);
            var sum = s.Data.Average(score => ratio.At(score));
            return sum <= 1 + 1e-9 && (s.Canaries.Any(c => c > s.Data.Max()) || sum > 1 - 1e-9);
        });

    [Fact]
    public void Two_steps_are_found_exactly()
    {
        var ratio = DensityRatio.Of([0, 0, 0, 1], [0, 1, 1, 1]);
        Assert.Equal(1 / 3.0, ratio.At(0), 12);
        Assert.Equal(3, ratio.At(1), 12);
        Assert.Equal(1 / 3.0, ratio.At(-5), 12);
    }

    [Fact]
    public void A_weight_of_two_counts_as_two_canaries()
    {
        var weighted = DensityRatio.Of([0, 0, 0, 1], [0, 1], [1, 2]);
        var repeated = DensityRatio.Of([0, 0, 0, 1], [0, 1, 1]);
        Assert.Equal(repeated.At(0), weighted.At(0), tolerance: 0.001); // weights are whole thousandths of the mean
        Assert.Equal(repeated.At(1), weighted.At(1), tolerance: 0.001);
        Assert.Equal(1 / 3.0, DensityRatio.Of([0, 0, 0, 1], [0, 1, 1, 1], [0, 0, 0, 0]).At(0), 12); // nothing counts: all alike
    }
}
