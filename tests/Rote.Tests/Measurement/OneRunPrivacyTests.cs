using Rote.Measurement;

namespace Rote.Tests.Measurement;

public sealed class OneRunPrivacyTests
{
    // Where all guesses are right p^r = 0.05, so ε = log(p / (1 − p)) with p = 0.05^(1/r): by hand 4.36 and 2.02.
    [Theory]
    [InlineData(237, 237, 4.36)]
    [InlineData(24, 24, 2.02)]
    [InlineData(5, 5, 0.197)]
    [InlineData(4, 4, 0)] // 1/16 is above 0.05
    [InlineData(100, 50, 0)]
    [InlineData(100, 0, 0)]
    [InlineData(0, 0, 0)]
    public void Guesses_rule_out_what_the_theorem_says(int guesses, int right, double epsilon) =>
        Assert.Equal(epsilon, new OneRunPrivacy(guesses, right).EpsilonAtLeast, 0.005);

    // The binomial tail by multiplying the terms out with decimals of the naive recurrence.
    [Fact]
    public void At_the_bound_the_tail_is_the_error() =>
        Gen.Select(Gen.Int[5, 300], Gen.Double[0.5, 1])
            .Sample(
                (guesses, share) =>
                {
                    var right = (int)Math.Ceiling(share * guesses);
                    var bound = new OneRunPrivacy(guesses, right).EpsilonAtLeast;
                    var tail = Tail(guesses, right, 1 / (1 + Math.Exp(-bound)));
                    Assert.True(bound == 0 ? tail >= OneRunPrivacy.Error - 1e-9 : Math.Abs(tail - OneRunPrivacy.Error) < 1e-6);
                },
                iter: 200
            );

    // Randomized response at ε is exactly ε-private: no more than a twentieth of the bounds may exceed it.
    [Fact]
    public void A_mechanism_of_known_epsilon_is_not_called_worse_beyond_the_error()
    {
        var stream = new Rote.Tensors.Seeds(1).Stream("test");
        var truth = 1 / (1 + Math.Exp(-1.0));
        var above = 0;
        for (var run = 0; run < 2000; run++)
        {
            var right = Enumerable.Range(0, 237).Count(_ => stream.NextDouble() < truth);
            above += new OneRunPrivacy(237, right).EpsilonAtLeast > 1 ? 1 : 0;
        }

        Assert.InRange(above, 1, 2000 * 0.065); // 0.05 and three standard errors; not so weak that it never happens
    }

    [Fact]
    public void Where_few_are_hit_only_hits_are_guessed_of()
    {
        Assert.Equal(new OneRunPrivacy(237, 225), OneRunPrivacy.Of(118, 118, 119, 12));
        Assert.Equal(new OneRunPrivacy(72, 60), OneRunPrivacy.Of(118, 60, 119, 12));
    }

    private static double Tail(int n, int from, double p)
    {
        var terms = new double[n + 1]; // P[X = k], by adding one draw after the other
        terms[0] = 1;
        for (var draw = 0; draw < n; draw++)
        {
            for (var k = draw + 1; k >= 0; k--)
            {
                terms[k] = (terms[k] * (1 - p)) + (k > 0 ? terms[k - 1] * p : 0);
            }
        }

        return terms[from..].Sum();
    }
}
