using Rote.Audits.Scoring;
using Rote.Measurement;
using Rote.Tensors;

namespace Rote.Tests.Audits.Scoring;

public sealed class PairEvidenceTests
{
    private const int Classes = 5;
    private const int Each = 400;

    // Networks that know the truth, surer of some examples than of others, with labels of which some are wrong.
    private static (float[] OutOfBag, int[] Labels) Made(Func<int, int, int> label)
    {
        var labels = new int[Classes * Each];
        var outOfBag = new float[labels.Length * Classes];
        for (var i = 0; i < labels.Length; i++)
        {
            var (truth, n) = (i % Classes, i / Classes);
            labels[i] = label(truth, n);
            for (var k = 0; k < Classes; k++)
            {
                outOfBag[(i * Classes) + k] = k == truth ? 0.5f + (0.4f * n / Each) : (0.5f - (0.4f * n / Each)) / (Classes - 1);
            }
        }

        return (outOfBag, labels);
    }

    private static double Evidence(PairEvidence pairs, int said, int label) =>
        pairs.Of([.. Enumerable.Range(0, Classes).Select(k => k == said ? 0.6f : 0.1f)], label);

    [Fact]
    public void Where_wrong_labels_are_spread_evenly_it_says_nothing()
    {
        var (outOfBag, labels) = Made((truth, n) => n % 5 == 0 ? (truth + 1 + (n / 5 % (Classes - 1))) % Classes : truth);
        var pairs = PairEvidence.Of(ClassProbabilities.Whole(outOfBag, Classes), labels);
        Assert.True(pairs.IsEven);
        Assert.All(
            Enumerable.Range(0, Classes * Classes),
            pair => Assert.True(pair / Classes == pair % Classes || Evidence(pairs, pair / Classes, pair % Classes) == 0)
        );
    }

    [Fact]
    public void What_is_labelled_as_the_next_class_by_mistake_is_suspicious_and_other_ways_are_not()
    {
        var (outOfBag, labels) = Made((truth, n) => n % 5 == 0 ? (truth + 1) % Classes : truth);
        var pairs = PairEvidence.Of(ClassProbabilities.Whole(outOfBag, Classes), labels);

        Assert.False(pairs.IsEven);

        // E = 400 · 0.2 / 4 = 20 of each pair, λ below its 4 by what is taken for the networks' own; D = 80 of the way that they go: log((4
        // · 20 + 16) / (20 + 16)) = 0.98 at most.
        Assert.All(Enumerable.Range(0, Classes), said => Assert.InRange(Evidence(pairs, said, (said + 1) % Classes), 0.5, 0.98));
        Assert.All(Enumerable.Range(0, Classes), said => Assert.InRange(Evidence(pairs, said, (said + 2) % Classes), Math.Log(0.05), -0.7));
    }

    [Fact]
    public void Without_a_wrong_label_or_an_example_left_out_it_says_nothing()
    {
        var (outOfBag, labels) = Made((truth, _) => truth);
        Assert.Equal(0, Evidence(PairEvidence.Of(ClassProbabilities.Whole(outOfBag, Classes), labels), 0, 1));
        Array.Fill(outOfBag, float.NaN);
        var nothing = PairEvidence.Of(ClassProbabilities.Whole(outOfBag, Classes), labels);
        Assert.Equal((0, 0), (Evidence(nothing, 0, 1), nothing.Of([float.NaN, 0, 0, 0, 0], 1)));
    }

    [Fact]
    public void It_is_finite_and_bounded_below_whatever_the_networks_say() =>
        Check.Sample(
            Gen.Select(Gen.Int[2, 6], Gen.Int[1, 60], Gen.Long).Select((classes, count, seed) => (classes, count, seed)),
            made =>
            {
                var random = new Seeds(made.seed).Stream("test");
                var outOfBag = new float[made.count * made.classes];
                var labels = new int[made.count];
                for (var i = 0; i < made.count; i++)
                {
                    labels[i] = random.NextInt(made.classes);
                    var row = Enumerable.Range(0, made.classes).Select(_ => random.NextDouble()).ToArray();
                    for (var k = 0; k < made.classes; k++)
                    {
                        outOfBag[(i * made.classes) + k] = random.NextInt(9) == 0 && k == 0 ? float.NaN : (float)(row[k] / row.Sum());
                    }
                }

                var pairs = PairEvidence.Of(ClassProbabilities.Whole(outOfBag, made.classes), labels);
                for (var i = 0; i < made.count; i++)
                {
                    var evidence = pairs.Of(outOfBag.AsSpan(i * made.classes, made.classes), labels[i]);
                    if (!double.IsFinite(evidence) || evidence < Math.Log(0.05) - 1e-9)
                    {
                        return false;
                    }
                }

                return true;
            }
        );
}
