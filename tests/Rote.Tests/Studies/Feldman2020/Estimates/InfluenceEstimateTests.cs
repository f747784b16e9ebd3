using Rote.Studies.Feldman2020.Estimates;
using Rote.Tests.Support;
using static TorchSharp.torch;

namespace Rote.Tests.Studies.Feldman2020.Estimates;

[NoTensorLeaks]
public sealed class InfluenceEstimateTests
{
    [Fact]
    public void Influences_are_those_of_a_loop_over_networks() =>
        Gen.Select(Gen.Bool.Array[4].Array[9], Gen.Bool.Array[6].Array[9])
            .Sample(
                (member, hits) =>
                {
                    using var scope = NewDisposeScope();
                    var found = InfluenceEstimate.Of(InfluenceEstimate.Matrix(member), InfluenceEstimate.Matrix(hits));
                    var values = found.data<float>().ToArray();
                    for (var at = 0; at < values.Length; at++)
                    {
                        Assert.Equal(Naive(member, hits, at / 6, at % 6), values[at], 1e-5);
                    }
                }
            );

    [Fact]
    public void Some_columns_can_be_taken()
    {
        using var scope = NewDisposeScope();
        var some = InfluenceEstimate.Matrix(
            [
                [true, false, true],
                [false, false, true],
            ],
            [2, 0]
        );
        Assert.Equal([1, 1, 1, 0], some.data<float>().ToArray());
    }

    [Fact]
    public void A_planted_influence_is_found_and_by_both_halves()
    {
        var (member, train, test) = Planted();
        var values = EnsembleValues.Of(member, train, test, 4, withPairs: true);
        var pair = Assert.Single(values.Pairs!, pair => pair.Influence >= 0.9f);
        Assert.Equal(new InfluencePair(3, 2, 1, 1, 1), pair);
        Assert.Equal(1, values.Counts.Values(values.Counts.All)[3], 1e-12);
        Assert.All(values.Pairs!, other => Assert.Equal(3, other.Train)); // no other example is memorized
    }

    [Fact]
    public void With_shuffled_membership_it_is_gone()
    {
        var (member, train, test) = Planted();
        var values = EnsembleValues.Of(member, train, test, 4, withPairs: true);
        Assert.InRange(values.Shuffled.Values(values.Shuffled.All)[3], -0.24, 0.24);
        Assert.Equal(0, values.ShuffledPairs);
    }

    [Fact]
    public void Where_nothing_is_memorized_there_are_no_pairs()
    {
        bool[][] member = [.. Enumerable.Range(0, 8).Select(k => new[] { k % 2 == 0 })];
        bool[][] always = [.. Enumerable.Range(0, 8).Select(_ => new[] { true })];
        var values = EnsembleValues.Of(member, always, member, 2, withPairs: true);
        Assert.Empty(values.Pairs!);
        Assert.Equal(0, values.ShuffledPairs);
        Assert.Null(EnsembleValues.Of(member, always, member, 2, withPairs: false).Pairs);
    }

    /// <summary>A network predicts example 3, and test example 2, only if it was trained on example 3; all others always.</summary>
    private static (bool[][] Member, bool[][] Train, bool[][] Test) Planted()
    {
        const int Networks = 400;
        var coins = new Rote.Tensors.Seeds(1).Stream("test");
        bool[][] member =
        [
            .. Enumerable.Range(0, Networks).Select(_ => Enumerable.Range(0, 5).Select(_ => coins.NextInt(2) == 1).ToArray()),
        ];
        return (
            member,
            [.. member.Select(own => Enumerable.Range(0, 5).Select(i => i != 3 || own[3]).ToArray())],
            [.. member.Select(own => Enumerable.Range(0, 4).Select(z => z != 2 || own[3]).ToArray())]
        );
    }

    private static double Naive(bool[][] member, bool[][] hits, int i, int z)
    {
        double inside = 0,
            right = 0,
            outside = 0,
            guessed = 0;
        for (var k = 0; k < member.Length; k++)
        {
            inside += member[k][i] ? 1 : 0;
            right += member[k][i] && hits[k][z] ? 1 : 0;
            outside += member[k][i] ? 0 : 1;
            guessed += !member[k][i] && hits[k][z] ? 1 : 0;
        }

        return (right / inside) - (guessed / outside);
    }
}
