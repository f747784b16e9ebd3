using Rote.Measurement;
using Rote.Tensors;

namespace Rote.Tests.Measurement;

public sealed class LogLinearPoolTests
{
    private const int Count = 3000;
    private const int Classes = 4;

    [Fact]
    public void An_opinion_that_is_twice_too_sure_is_halved()
    {
        var (right, labels) = Draw();
        var sure = Powered(right, 2);
        var pool = LogLinearPool.Of([Of(sure)], labels);
        Assert.InRange(pool.Weights[0], 0.45, 0.55);
        Close(right, pool.Apply([Of(sure)]).Values, 0.05);
    }

    [Fact]
    public void No_other_weights_make_the_labels_likelier()
    {
        var (right, labels) = Draw();
        ClassProbabilities[] opinions = [Of(Powered(right, 0.5)), Of(Draw(seed: 2).Right)];
        var pool = LogLinearPool.Of(opinions, labels);
        var best = Likelihood(pool.Apply(opinions).Values, labels);
        foreach (var (a, b) in new[] { (0.05, 0.0), (-0.05, 0.0), (0.0, 0.05), (0.0, -0.05) })
        {
            var other = new LogLinearPool([pool.Weights[0] + a, Math.Max(0, pool.Weights[1] + b)]);
            Assert.True(Likelihood(other.Apply(opinions).Values, labels) <= best + 1e-7);
        }
    }

    [Fact]
    public void An_opinion_that_speaks_against_the_labels_counts_nothing()
    {
        var (right, labels) = Draw();
        var pool = LogLinearPool.Of([Of(right), Of(Powered(right, -1))], labels);
        Assert.InRange(pool.Weights[0], 0.9, 1.1);
        Assert.Equal(0, pool.Weights[1]);
    }

    /// <summary>An encoder that sees nothing of the classes is often worse than none; what it then said was no number.</summary>
    [Fact]
    public void Where_all_speak_against_the_labels_every_class_is_as_probable()
    {
        var (right, labels) = Draw();
        float[] against = Powered(right, -1);
        against[4] = against[5] = against[6] = against[7] = float.NaN;
        ClassProbabilities[] opinions = [Of(against), Of(Powered(right, -0.5))];
        var pool = LogLinearPool.Of(opinions, labels);
        Assert.Equal([0, 0], pool.Weights);
        Assert.All(pool.Apply(opinions).Values, value => Assert.Equal(1f / Classes, value, 1e-6f));
        var alone = LogLinearPool.Of(opinions[..1], labels).Apply(opinions[..1]).Values;
        Assert.All(alone[4..8], value => Assert.Equal(float.NaN, value)); // nobody said anything of it
        Assert.All(alone[8..], value => Assert.Equal(1f / Classes, value, 1e-6f));
    }

    [Fact]
    public void Where_one_says_nothing_the_others_speak_alone()
    {
        float[] first = [0.5f, 0.5f, float.NaN, float.NaN, float.NaN, float.NaN];
        float[] second = [0.8f, 0.2f, 0.3f, 0.7f, float.NaN, float.NaN];
        var found = new LogLinearPool([1, 1]).Apply([ClassProbabilities.Whole(first, 2), ClassProbabilities.Whole(second, 2)]).Values;
        Close([0.8f, 0.2f, 0.3f, 0.7f], found[..4], 1e-6);
        Assert.All(found[4..], value => Assert.Equal(float.NaN, value));
    }

    private static ClassProbabilities Of(float[] values) => ClassProbabilities.Whole(values, Classes);

    /// <summary>Probabilities, and labels drawn by them.</summary>
    private static (float[] Right, int[] Labels) Draw(long seed = 1)
    {
        var stream = new Seeds(seed).Stream("test/pool");
        var (right, labels) = (new float[Count * Classes], new int[Count]);
        for (var i = 0; i < Count; i++)
        {
            var raw = Enumerable.Range(0, Classes).Select(_ => 0.05 + Math.Pow(stream.NextDouble(), 3)).ToArray();
            var at = stream.NextDouble() * raw.Sum();
            for (var k = 0; k < Classes; k++)
            {
                right[(i * Classes) + k] = (float)(raw[k] / raw.Sum());
                labels[i] += k > 0 && at >= raw[..k].Sum() ? 1 : 0;
            }
        }

        return (right, labels);
    }

    private static float[] Powered(float[] probabilities, double power) =>
        [
            .. probabilities
                .Chunk(Classes)
                .SelectMany(row =>
                {
                    var raw = row.Select(p => Math.Pow(p, power)).ToArray();
                    return raw.Select(p => (float)(p / raw.Sum()));
                }),
        ];

    private static double Likelihood(float[] probabilities, int[] labels) =>
        labels.Select((label, i) => Math.Log(probabilities[(i * Classes) + label])).Average();

    private static void Close(float[] expected, float[] found, double tolerance) =>
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, tolerance));
}
