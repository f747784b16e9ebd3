using Rote.Features;

namespace Rote.Tests.Features;

public sealed class PredictionDepthTests
{
    [Fact]
    public void Depth_is_the_first_layer_from_which_on_all_agree()
    {
        // Four examples, three layers; the network says 1, 1, 1, 0.
        long[][] probes =
        [
            [1, 0, 1, 1],
            [1, 1, 0, 1],
            [1, 1, 1, 1],
        ];
        Assert.Equal([0, 1, 2, 3], PredictionDepth.Of(probes, [1, 1, 1, 0]));
    }

    [Fact]
    public void A_naive_loop_says_the_same() =>
        Gen.Select(Gen.Long[0, 2].Array[5].Array[4], Gen.Long[0, 2].Array[5])
            .Sample(
                (probes, final) =>
                {
                    var depths = PredictionDepth.Of(probes, final);
                    for (var i = 0; i < final.Length; i++)
                    {
                        var expected = Enumerable
                            .Range(0, 5)
                            .First(depth => Enumerable.Range(depth, 4 - depth).All(l => probes[l][i] == final[i]));
                        Assert.Equal(expected, depths[i]);
                    }
                },
                iter: 200
            );

    [Fact]
    public void Layers_of_another_number_of_examples_are_refused() =>
        Assert.Contains(
            "says 2 classes",
            Assert
                .Throws<ArgumentException>(() =>
                    PredictionDepth.Of(
                        [
                            [0, 1],
                        ],
                        [0]
                    )
                )
                .Message,
            StringComparison.Ordinal
        );
}
