using Rote.Measurement;
using Rote.Tensors;

namespace Rote.Tests.Measurement;

/// <summary>Confident learning against a loop that follows Northcutt, Jiang and Chuang 2021 (arXiv:1911.00068), section 3, word by
/// word.</summary>
public sealed class ConfidentPruningTests
{
    private const int Examples = 400;
    private const int Classes = 4;

    private readonly float[] _probabilities = new float[Examples * Classes];
    private readonly int[] _labels;

    public ConfidentPruningTests()
    {
        var stream = new Seeds(3).Stream("sample");
        var logits = new float[Examples * Classes];
        stream.FillGaussian(logits);
        _labels = [.. Enumerable.Range(0, Examples).Select(i => i % 7 == 0 ? stream.NextInt(Classes) : i % Classes)];
        for (var i = 0; i < Examples; i++)
        {
            var row = Enumerable.Range(0, Classes).Select(k => Math.Exp(logits[(i * Classes) + k] + (k == i % Classes ? 2 : 0))).ToArray();
            for (var k = 0; k < Classes; k++)
            {
                _probabilities[(i * Classes) + k] = (float)(row[k] / row.Sum());
            }
        }
    }

    [Fact]
    public void The_joint_and_the_rates_of_classes_are_those_of_a_naive_loop()
    {
        var (joint, naive) = (ConfidentJoint.Of(_probabilities, _labels, Classes), NaiveJoint());
        for (var j = 0; j < Classes; j++)
        {
            for (var k = 0; k < Classes; k++)
            {
                Assert.Equal(naive[j, k], joint.Joint[j][k], 1e-6);
            }

            var given = Enumerable.Range(0, Classes).Sum(k => naive[j, k]);
            var true_ = Enumerable.Range(0, Classes).Sum(i => naive[i, j]);
            Assert.Equal((given - naive[j, j]) / given, joint.WrongOfGiven[j], 1e-6);
            Assert.Equal((true_ - naive[j, j]) / true_, joint.MislabelledOfTrue[j], 1e-6);
        }

        var off = Enumerable.Range(0, Classes).Sum(j => Enumerable.Range(0, Classes).Where(k => k != j).Sum(k => naive[j, k]));
        Assert.Equal(off, joint.WrongShare, 1e-6);
    }

    [Fact]
    public void What_is_pruned_is_what_a_naive_loop_prunes()
    {
        var joint = ConfidentJoint.Of(_probabilities, _labels, Classes);
        var (byClass, byRate) = (new bool[Examples], new bool[Examples]);
        var naive = NaiveJoint();
        for (var j = 0; j < Classes; j++)
        {
            var own = Enumerable.Range(0, Examples).Where(i => _labels[i] == j).ToList();
            var count = Math.Round(Examples * Enumerable.Range(0, Classes).Where(k => k != j).Sum(k => naive[j, k]));
            foreach (var i in own.OrderBy(i => P(i, j)).Take((int)count))
            {
                byClass[i] = true;
            }

            for (var k = 0; k < Classes; k++)
            {
                foreach (var i in own.OrderByDescending(i => P(i, k) - P(i, j)).Take(j == k ? 0 : (int)Math.Round(Examples * naive[j, k])))
                {
                    byRate[i] = true;
                }
            }
        }

        Assert.Equal(byClass, ConfidentPruning.ByClass(_probabilities, _labels, joint));
        Assert.Equal(byRate, ConfidentPruning.ByNoiseRate(_probabilities, _labels, joint));
        Assert.InRange(byClass.Count(pruned => pruned), 20, 150);
    }

    [Fact]
    public void Examples_without_a_prediction_are_neither_counted_nor_pruned()
    {
        float[] more = [.. _probabilities, float.NaN, float.NaN, float.NaN, float.NaN];
        int[] labels = [.. _labels, 1];
        var joint = ConfidentJoint.Of(more, labels, Classes);
        Assert.Equal([.. ConfidentPruning.ByClass(_probabilities, _labels, joint), false], ConfidentPruning.ByClass(more, labels, joint));
        Assert.Equal(
            [.. ConfidentPruning.ByNoiseRate(_probabilities, _labels, joint), false],
            ConfidentPruning.ByNoiseRate(more, labels, joint)
        );
    }

    [Fact]
    public void Confidence_weighted_entropy_is_that_of_a_naive_loop()
    {
        var found = ConfidenceWeightedEntropy.Of(_probabilities, _labels);
        for (var i = 0; i < Examples; i++)
        {
            var entropy = -Enumerable.Range(0, Classes).Sum(k => P(i, k) * Math.Log(P(i, k))) / Math.Log(Classes);
            Assert.Equal(entropy / P(i, _labels[i]), found[i], 1e-6 * Math.Max(1, found[i]));
        }
    }

    // (½, ½): entropy 1 in base 2, divided by ½. A sure prediction of another class has entropy 0 and probability 0: the limit is infinite.
    [Fact]
    public void Confidence_weighted_entropy_at_the_ends_is_as_by_hand() =>
        Assert.Equal(
            [2, 0, double.PositiveInfinity, double.NaN],
            ConfidenceWeightedEntropy.Of([0.5f, 0.5f, 1, 0, 0, 1, float.NaN, float.NaN], [0, 0, 0, 0])
        );

    private double P(int example, int k) => _probabilities[(example * Classes) + k];

    private double[,] NaiveJoint()
    {
        var thresholds = Enumerable
            .Range(0, Classes)
            .Select(k => Enumerable.Range(0, Examples).Where(i => _labels[i] == k).Average(i => P(i, k)))
            .ToArray();
        var counts = new double[Classes, Classes];
        for (var i = 0; i < Examples; i++)
        {
            var above = Enumerable.Range(0, Classes).Where(k => P(i, k) >= thresholds[k]).ToList();
            if (above.Count > 0)
            {
                counts[_labels[i], above.MaxBy(k => P(i, k))]++;
            }
        }

        var joint = new double[Classes, Classes];
        for (var j = 0; j < Classes; j++)
        {
            var sum = Enumerable.Range(0, Classes).Sum(k => counts[j, k]);
            for (var k = 0; k < Classes; k++)
            {
                joint[j, k] = counts[j, k] / sum * _labels.Count(label => label == j) / Examples;
            }
        }

        return joint;
    }
}
