using Rote.Audits.Scoring;
using Rote.Tensors;

namespace Rote.Tests.Audits.Scoring;

public sealed class MixtureShareTests
{
    [Theory]
    [InlineData(0.0)]
    [InlineData(0.05)]
    [InlineData(0.2)]
    public void The_share_is_found_where_right_labels_do_not_score_as_the_surest_wrong_ones(double share)
    {
        var stream = new Seeds(1).Stream("scores");
        var data = Enumerable
            .Range(0, 20_000)
            .Select(_ => stream.NextDouble() < share ? Gaussian(stream, 5) : Gaussian(stream, 0))
            .ToArray();
        var canaries = Enumerable.Range(0, 600).Select(_ => Gaussian(stream, 5)).ToArray();
        var found = MixtureShare.Of(data, canaries);
        Assert.InRange(found.Value - share, -3 * found.StandardError, 3 * found.StandardError);
    }

    [Fact]
    public void Data_that_scores_as_canaries_is_all_wrong()
    {
        var stream = new Seeds(2).Stream("scores");
        var data = Enumerable.Range(0, 5_000).Select(_ => Gaussian(stream, 1)).ToArray();
        var canaries = Enumerable.Range(0, 500).Select(_ => Gaussian(stream, 1)).ToArray();
        Assert.InRange(MixtureShare.Of(data, canaries).Value, 0.75, 1);
    }

    [Fact]
    public void Too_few_canaries_say_nothing() => Assert.True(double.IsNaN(MixtureShare.Of([1, 2, 3], [1, 2, 3]).Value));

    private static double Gaussian(RandomStream stream, double mean)
    {
        Span<float> draw = stackalloc float[1];
        stream.FillGaussian(draw);
        return mean + draw[0];
    }
}
