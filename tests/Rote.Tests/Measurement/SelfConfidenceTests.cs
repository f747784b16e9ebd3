using Rote.Measurement;

namespace Rote.Tests.Measurement;

public sealed class SelfConfidenceTests
{
    private static readonly float[] Probabilities = [0.5f, 0.25f, 0.25f, 0.125f, 0.125f, 0.75f, float.NaN, float.NaN, float.NaN];

    [Fact]
    public void It_is_the_probability_of_the_label()
    {
        var found = SelfConfidence.Of(Probabilities, [1, 2, 0]);
        Assert.Equal([0.25, 0.75, double.NaN], found);
    }

    [Fact]
    public void The_normalized_margin_is_that_minus_the_largest_other_of_a_naive_loop()
    {
        int[] labels = [1, 2, 0];
        var found = NormalizedMargin.Of(Probabilities, labels);
        for (var i = 0; i < labels.Length; i++)
        {
            var row = Probabilities.Skip(3 * i).Take(3).ToArray();
            var naive = row[labels[i]] - (double)row.Where((_, k) => k != labels[i]).Max();
            Assert.Equal(naive, found[i]);
        }
    }
}
