using Rote.Data;
using Rote.Tests.Support;

namespace Rote.Tests.Data;

[NoTensorLeaks]
public sealed class VectorFeaturesTests
{
    [Fact]
    public void Moments_and_standardized_values_equal_a_naive_loop() =>
        Gen.Select(Gen.Int[1, 40], Gen.Int[1, 5])
            .SelectMany(s => Gen.Float[-1000, 1000].Array[s.Item2].Array[s.Item1])
            .Sample(
                rows =>
                {
                    using var vectors = Vectors.Of(rows);
                    var features = VectorFeatures.Of(vectors);
                    using var standardized = features.Standardize(vectors);
                    var found = standardized.Pixels.data<float>().ToArray();
                    return Enumerable
                        .Range(0, rows[0].Length)
                        .All(d =>
                        {
                            var column = rows.Select(r => (double)r[d]).ToArray();
                            var mean = column.Average();
                            var deviation = column.All(v => v == column[0]) ? 0 : Math.Sqrt(column.Average(v => (v - mean) * (v - mean)));
                            return Math.Abs(features.Means[d] - mean) < 1e-9
                                && Math.Abs(features.Deviations[d] - deviation) < 1e-9
                                && rows.Select((r, i) => (r, i))
                                    .All(p =>
                                        Math.Abs((deviation == 0 ? 0 : (p.r[d] - mean) / deviation) - found[(p.i * rows[0].Length) + d])
                                        < 1e-4
                                    );
                        });
                },
                iter: 50,
                threads: 1
            );

    // 0.1f is not a sum's best friend: a mean of many would differ from it, and the quotient would be noise.
    [Fact]
    public void A_constant_feature_becomes_zero_in_every_set()
    {
        using var train = Vectors.Of([.. Enumerable.Repeat(new[] { 0.1f, 1f }, 2999), [0.1f, 2f]]);
        using var test = Vectors.Of([
            [5f, 1f],
        ]);
        var features = VectorFeatures.Of(train);
        Assert.Equal(0, features.Deviations[0]);
        using var a = features.Standardize(train);
        using var b = features.Standardize(test);
        Assert.All(a.Pixels.data<float>().ToArray().Where((_, i) => i % 2 == 0), v => Assert.Equal(0, v));
        Assert.Equal(0, b.Pixels.data<float>()[0]);
    }

    [Fact]
    public void Other_examples_are_brought_to_the_scale_of_those_measured()
    {
        using var train = Vectors.Of([
            [0f],
            [2f],
        ]);
        using var test = Vectors.Of([
            [5f],
        ]);
        using var standardized = VectorFeatures.Of(train).Standardize(test);
        Assert.Equal(4, standardized.Pixels.data<float>()[0]);
    }

    [Fact]
    public void Values_that_cannot_be_are_refused()
    {
        Assert.Contains(
            "not finite",
            Assert.Throws<InputException>(() => new VectorFeatures { Means = [double.NaN], Deviations = [1] }).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "negative",
            Assert.Throws<InputException>(() => new VectorFeatures { Means = [0], Deviations = [-1] }).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "1 means, 2 deviations",
            Assert.Throws<InputException>(() => new VectorFeatures { Means = [0], Deviations = [1, 1] }.RequireCount(1)).Message,
            StringComparison.Ordinal
        );
    }
}
