using Rote.Studies.Feldman2020.Estimates;

namespace Rote.Tests.Studies.Feldman2020.Estimates;

public sealed class GroupCountsTests
{
    [Fact]
    public void Values_are_those_of_a_loop_over_networks() =>
        Gen.Select(Gen.Bool.Array[7].Array[12], Gen.Bool.Array[7].Array[12])
            .Sample(
                (member, hits) =>
                {
                    var counts = GroupCounts.Of(member, hits, 5); // groups of 5, 5 and 2
                    Assert.Equal([5, 5, 2], counts.Sizes);
                    foreach (int[] groups in new int[][] { [0, 1, 2], [1], [0, 2] })
                    {
                        var values = counts.Values(groups);
                        for (var i = 0; i < 7; i++)
                        {
                            var expected = Naive(member, hits, i, [.. Enumerable.Range(0, 12).Where(k => groups.Contains(k / 5))]);
                            Assert.Equal(expected, values[i], 1e-12);
                        }
                    }
                }
            );

    [Fact]
    public void A_value_has_the_error_of_two_shares()
    {
        // Three of four with it and one of four without it: 3/4 − 1/4, and √(2 · (3/16)/4).
        bool[][] member =
        [
            [true],
            [true],
            [true],
            [true],
            [false],
            [false],
            [false],
            [false],
        ];
        bool[][] hits =
        [
            [true],
            [true],
            [true],
            [false],
            [true],
            [false],
            [false],
            [false],
        ];
        var value = GroupCounts.Of(member, hits, 8).Value(0, [0]);
        Assert.Equal(0.5, value.Value, 1e-12);
        Assert.Equal(Math.Sqrt(0.09375), value.StandardError, 1e-12);
        Assert.Equal(8, value.Samples);
    }

    [Fact]
    public void An_example_that_all_networks_have_has_no_value() =>
        Assert.True(
            double.IsNaN(
                GroupCounts
                    .Of(
                        [
                            [true],
                            [true],
                        ],
                        [
                            [true],
                            [false],
                        ],
                        1
                    )
                    .Values([0, 1])[0]
            )
        );

    [Fact]
    public void Halves_share_no_group_and_one_can_be_left_out()
    {
        var counts = GroupCounts.Of(
            [
                [true],
                [true],
                [false],
                [true],
                [true],
            ],
            [
                [true],
                [false],
                [true],
                [true],
                [true],
            ],
            1
        );
        Assert.Equal([0, 2, 4], counts.Half(even: true));
        Assert.Equal([1, 3], counts.Half(even: false));
        Assert.Equal([0, 4], counts.Half(even: true, without: 2));
        Assert.Equal([0, 1, 3, 4], counts.Except(2));
        Assert.Equal(0.75, counts.InAccuracy(counts.All)); // three of the four that were trained on it
    }

    private static double Naive(bool[][] member, bool[][] hits, int i, int[] networks)
    {
        double inside = 0,
            right = 0,
            outside = 0,
            guessed = 0;
        foreach (var k in networks)
        {
            inside += member[k][i] ? 1 : 0;
            right += member[k][i] && hits[k][i] ? 1 : 0;
            outside += member[k][i] ? 0 : 1;
            guessed += !member[k][i] && hits[k][i] ? 1 : 0;
        }

        return (right / inside) - (guessed / outside);
    }
}
