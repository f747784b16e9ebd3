namespace Rote.Measurement;

/// <summary>Estimates the share of wrong labels from how often three views agree: the labels, and two predictors of different kinds that
/// have not seen them.</summary>
/// <param name="Wrong">Share of all labels that are wrong, with its standard error.</param>
/// <param name="ByStratum">[S] Its terms, one for the examples of each stratum, the surest first. With <see cref="JointSureness"/> a term
/// is no estimate for its stratum: where the predictors differ, and so in the last strata, it is too low, down to 0.</param>
/// <param name="Stratum">[N] Stratum of each example; −1 where a predictor gives no prediction.</param>
internal sealed record AgreementRates(Estimate Wrong, IReadOnlyList<double> ByStratum, int[] Stratum)
{
    private const int Most = 10;

    /// <summary>Floor of all probabilities.</summary>
    private const double Least = 1e-6;

    /// <summary>Fewest examples of a stratum.</summary>
    private const int Fewest = 50;

    /// <summary>Estimates the rates.</summary>
    /// <param name="first">[N·K] Probabilities of one predictor, made without the labels of the same examples; NaN where there is
    /// none.</param>
    /// <param name="second">[N·K] of the other.</param>
    /// <param name="sureness">[N] How easy each example is, in any unit; all strata hold about equally many examples.</param>
    /// <param name="labels">[N] Given labels.</param>
    /// <returns>Null if fewer than 50 examples have both predictions. Within one stratum, P(label = first) = P(label right) · P(first
    /// right) if the two err independently and never agree on a wrong class; the other pairs are alike. So P(label right)² = P(label =
    /// first) · P(label = second) / P(first = second). The share of wrong labels is too high if the predictors share mistakes beyond what
    /// difficulty explains. It is too low if the labels share the predictors' mistakes. Two that are wrong agree by chance once in K − 1
    /// cases, and of two classes always: with K = 2 and no wrong label, two predictors that are right on 67, 76 and 86 % give 9.8, 4.0 and
    /// 0.7 % (drawn).</returns>
    /// <remarks>Accuracy from agreement rates alone: Platanios, Blum and Mitchell 2014; three annotators: Dawid and Skene 1979. Without
    /// strata, hard examples make all three err together. On CIFAR-10, with resnet18's features and networks trained from scratch, the
    /// estimates are 18.0 and 17.4 % where two people gave 18.1 and 17.6 % wrong labels (50,000 pictures). On 10,000 clean ones the
    /// estimate is 4.7 %: the two predictors share some mistakes (docs/evidence/audit.md).</remarks>
    public static AgreementRates? Of(ClassProbabilities first, ClassProbabilities second, double[] sureness, int[] labels)
    {
        var known = Enumerable
            .Range(0, labels.Length)
            .Where(i => first.IsKnown(i) && second.IsKnown(i))
            .OrderByDescending(i => sureness[i])
            .ToArray();
        var count = Math.Min(Most, known.Length / Fewest);
        if (count == 0)
        {
            return null;
        }

        var stratum = new int[labels.Length];
        Array.Fill(stratum, -1);
        var (rates, error) = (new Estimate[count], 0.0);
        for (var s = 0; s < count; s++)
        {
            var members = known[(s * known.Length / count)..((s + 1) * known.Length / count)];
            rates[s] = Rate(members, first, second, labels);
            error += Math.Pow(rates[s].StandardError * members.Length / known.Length, 2);
            foreach (var i in members)
            {
                stratum[i] = s;
            }
        }

        var wrong = rates.Sum(rate => rate.Value * rate.Samples) / known.Length;
        return new AgreementRates(new Estimate(wrong, Math.Sqrt(error), known.Length), [.. rates.Select(rate => rate.Value)], stratum);
    }

    /// <summary>How sure two predictors are together, with equal weight: the largest of √(p·q), normalized.</summary>
    /// <param name="first">[N·K] Probabilities of one.</param>
    /// <param name="second">[N·K] of the other.</param>
    /// <returns>[N] In (0, 1]; NaN where one gives no prediction. It is low where the two differ, so their differences gather among the
    /// hard examples. That lowers the estimated share of wrong labels, while shared mistakes raise it; on the sets of
    /// docs/evidence/audit.md the two cancel where 17 to 20 % are wrong, and with fewer it is 5 to 11 points too high. A first try used the
    /// product of their largest probabilities, which ignores whether they differ: it gave 19.8 where 18.1 % are wrong, and 8.7 where none
    /// is.</returns>
    public static double[] JointSureness(ClassProbabilities first, ClassProbabilities second)
    {
        var result = new double[first.Count];
        var (left, right) = (first.NewBuffer(), second.NewBuffer());
        for (var i = 0; i < result.Length; i++)
        {
            var (largest, sum) = (0.0, 0.0);
            var one = first.Row(i, left);
            var other = second.Row(i, right);
            for (var k = 0; k < one.Length; k++)
            {
                var both = Math.Sqrt(Math.Max(Least, one[k]) * Math.Max(Least, other[k]));
                (largest, sum) = (Math.Max(largest, both), sum + both);
            }

            result[i] = largest / sum;
        }

        return result;
    }

    /// <summary>Estimates one stratum; the error follows from the delta method on the five ways in which three can agree.</summary>
    private static Estimate Rate(int[] members, ClassProbabilities first, ClassProbabilities second, int[] labels)
    {
        var (all, onlyFirst, onlySecond, without) = (0.0, 0.0, 0.0, 0.0);
        var (one, other) = (first.NewBuffer(), second.NewBuffer());
        foreach (var i in members)
        {
            var (a, b) = (ArgMax.Of(first.Row(i, one)), ArgMax.Of(second.Row(i, other)));
            all += a == b && a == labels[i] ? 1 : 0;
            onlyFirst += a == labels[i] && a != b ? 1 : 0;
            onlySecond += b == labels[i] && a != b ? 1 : 0;
            without += a == b && a != labels[i] ? 1 : 0;
        }

        // Adds half a count to each way: a pair that never agrees here may still agree.
        var n = members.Length + 2.5;
        double Share(double agreeing) => (agreeing + 0.5) / n;
        var (p, q, r, t) = (Share(all), Share(onlyFirst), Share(onlySecond), Share(without));
        var (withFirst, withSecond, alike) = (p + q, p + r, p + t);
        var right = Math.Sqrt(withFirst * withSecond / alike);
        double[] slopes = [0.5 / withFirst + 0.5 / withSecond - 0.5 / alike, 0.5 / withFirst, 0.5 / withSecond, -0.5 / alike];
        double[] shares = [p, q, r, t];
        var mean = shares.Zip(slopes, (share, slope) => share * slope).Sum();
        var variance = shares.Zip(slopes, (share, slope) => share * slope * slope).Sum() - (mean * mean);
        var chance = Math.Sqrt(variance / n); // of the logarithm

        // If the two hardly agree, the share can come out below 0: it is then 0, and its error counts only what chance can lift above 0.
        var beyond = Math.Max(0, Math.Log(right)) / chance;
        return new Estimate(Math.Max(0, 1 - right), Math.Min(1, right) * chance * Math.Exp(-beyond * beyond / 2), members.Length);
    }
}
