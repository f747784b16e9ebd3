using Rote.Corruptions;
using Rote.Measurement;
using Rote.Tensors;

namespace Rote.Audits.Members;

/// <summary>How the wrong label of a canary is drawn.</summary>
public enum CanaryKind
{
    /// <summary>Uniformly among the other classes: the flips that are easiest to find.</summary>
    Uniform,

    /// <summary>Among the classes that the first member takes the example's class for, as often as it does: mistakes that people make
    /// too.</summary>
    Confusable,
}

/// <summary>The canaries of an audit: examples that some members are given a label which is known to be wrong.</summary>
/// <param name="Kind">[C] how the label of each was drawn.</param>
/// <param name="Example">[C] which example it is; none twice.</param>
/// <param name="Label">[C] its wrong label; for confusable ones −1 before the first member is trained.</param>
internal sealed record Canaries(CanaryKind[] Kind, int[] Example, int[] Label)
{
    /// <summary>Draws the canaries, and the uniform ones' labels.</summary>
    /// <param name="labels">[N] given labels.</param>
    /// <param name="classes">K.</param>
    /// <param name="ofEach">How many of each kind.</param>
    /// <param name="seeds">The audit's randomness; streams <c>audit/canaries</c> and <c>audit/uniform</c> are drawn.</param>
    public static Canaries Draw(int[] labels, int classes, int ofEach, Seeds seeds)
    {
        var chosen = seeds.Permutation(SeedStreams.AuditCanaries, 0, labels.Length).Take(2 * ofEach).Select(i => (int)i).ToArray();
        var stream = seeds.Stream(SeedStreams.AuditUniform);
        return new Canaries(
            [.. chosen.Select((_, c) => c < ofEach ? CanaryKind.Uniform : CanaryKind.Confusable)],
            chosen,
            [.. chosen.Select((i, c) => c < ofEach ? (int)CanaryPlan.Other(labels[i], stream.NextInt(classes - 1)) : -1)]
        );
    }

    /// <summary>Gives the confusable ones their labels.</summary>
    /// <param name="labels">[N] given labels.</param>
    /// <param name="confusion">[K][K] how much the first member takes examples given j, which it was not trained on, for k; the diagonal
    /// does not count.</param>
    /// <param name="seeds">The audit's randomness; stream <c>audit/confusable</c> is drawn.</param>
    public Canaries Confuse(int[] labels, double[][] confusion, Seeds seeds)
    {
        var stream = seeds.Stream(SeedStreams.AuditConfusable);
        return this with
        {
            Label =
            [
                .. Label.Select(
                    (label, c) =>
                        Kind[c] == CanaryKind.Uniform ? label : Draw(confusion[labels[Example[c]]], labels[Example[c]], stream.NextDouble())
                ),
            ],
        };
    }

    /// <summary>How much a predictor takes the examples of each given class for each other class, for <see cref="Confuse"/>.</summary>
    /// <param name="labels">[N] given labels.</param>
    /// <param name="probabilities">[N][K] what it predicts.</param>
    /// <param name="inBag">[N] whether it has seen the label: such examples do not count; null: it has seen none.</param>
    /// <returns>[K][K] sums of probabilities by given class.</returns>
    public static double[][] Confusion(int[] labels, ClassProbabilities probabilities, bool[]? inBag = null)
    {
        var classes = probabilities.Classes;
        var sums = Enumerable.Range(0, classes).Select(_ => new double[classes]).ToArray();
        var buffer = probabilities.NewBuffer();
        for (var i = 0; i < labels.Length; i++)
        {
            var row = inBag?[i] == true ? [] : probabilities.Row(i, buffer);
            for (var k = 0; k < row.Length; k++)
            {
                sums[labels[i]][k] += row[k];
            }
        }

        return sums;
    }

    /// <summary>What each example is labelled for one member.</summary>
    /// <param name="labels">[N] given labels.</param>
    /// <param name="turn">[N] whose turn it is (<see cref="Membership.Turn"/>).</param>
    /// <returns>[N] given labels, but for the canaries whose turn it is.</returns>
    public int[] Plant(int[] labels, bool[] turn)
    {
        var planted = (int[])labels.Clone();
        for (var c = 0; c < Example.Length; c++)
        {
            if (turn[Example[c]] && Label[c] >= 0)
            {
                planted[Example[c]] = Label[c];
            }
        }

        return planted;
    }

    /// <summary>A class drawn with given weights; uniformly where all are 0.</summary>
    private static int Draw(double[] weights, int own, double fraction)
    {
        var total = weights.Where((_, k) => k != own).Sum();
        if (total <= 0)
        {
            return (int)CanaryPlan.Other(own, (int)(fraction * (weights.Length - 1)));
        }

        var (sum, last) = (0.0, own);
        for (var k = 0; k < weights.Length; k++)
        {
            if (k != own && weights[k] > 0)
            {
                (sum, last) = (sum + (weights[k] / total), k);
                if (fraction < sum)
                {
                    return k;
                }
            }
        }

        return last;
    }
}
