using Rote.Memorization.Tools;
using Rote.Tensors;

namespace Rote.Tests.Memorization.Tools;

/// <summary>The division of labels by their losses.</summary>
public sealed class LossDivisionTests
{
    [Fact]
    public void Two_normal_distributions_are_told_apart_as_their_densities_say()
    {
        // 6,000 around 0.5 and 4,000 around 3, standard deviation 0.4: the posterior of each is known.
        var draws = new float[10_000];
        new Seeds(1).Stream("test").FillGaussian(draws);
        var losses = draws.Select((draw, i) => (0.4f * draw) + (i < 6000 ? 0.5f : 3f)).ToArray();
        var right = LossDivision.Right(losses);
        var worst = losses.Zip(right, (loss, p) => Math.Abs(p - Known(loss))).Max();
        Assert.InRange(worst, 0, 0.1); // the fit's own error, and the variance that is added
        Assert.InRange(right.Take(6000).Average(), 0.98f, 1f);
        Assert.InRange(right.Skip(6000).Average(), 0f, 0.02f);

        static double Known(double loss)
        {
            var (small, large) = (6 * Density(loss - 0.5), 4 * Density(loss - 3));
            return small / (small + large);
        }

        static double Density(double distance) => Math.Exp(-distance * distance / 2 / 0.16);
    }

    [Fact]
    public void Neither_the_scale_nor_the_place_of_the_losses_matters()
    {
        float[] losses = [0.1f, 0.2f, 0.15f, 0.3f, 2.9f, 3.1f, 3.3f];
        var right = LossDivision.Right(losses);
        Assert.All(right.Take(4), p => Assert.InRange(p, 0.99f, 1f));
        Assert.All(right.Skip(4), p => Assert.InRange(p, 0f, 0.01f));
        var moved = LossDivision.Right([.. losses.Select(loss => (7 * loss) + 5)]);
        Assert.All(right.Zip(moved), pair => Assert.Equal(pair.First, pair.Second, 4));
    }

    [Fact]
    public void Where_nothing_tells_them_apart_all_are_right()
    {
        Assert.Empty(LossDivision.Right([]));
        Assert.Equal([1f], LossDivision.Right([2.5f]));
        Assert.Equal([1f, 1f, 1f], LossDivision.Right([0.7f, 0.7f, 0.7f]));
    }

    [Fact]
    public void Two_losses_are_one_of_each()
    {
        var right = LossDivision.Right([0f, 1f]);
        Assert.InRange(right[0], 0.99f, 1f);
        Assert.InRange(right[1], 0f, 0.01f);
    }
}
