using Rote.Audits.Members;
using Rote.Tensors;

namespace Rote.Tests.Audits.Members;

public sealed class MembershipTests
{
    [Fact]
    public void Every_example_is_left_out_once_by_four_members_and_three_times_by_ten() =>
        Gen.Select(Gen.Long, Gen.Int[2, 5], Gen.Int[2, 30])
            .Sample(
                (seed, classes, ofEach) =>
                {
                    var labels = Labels(classes, ofEach);
                    var membership = new Membership(labels, classes, 0.3, new Seeds(seed));
                    var inBag = Enumerable.Range(0, 10).Select(membership.InBag).ToArray();
                    return Enumerable.Range(0, labels.Length).All(i => inBag.Take(4).Any(m => !m[i]) && inBag.Count(m => !m[i]) == 3);
                }
            );

    [Fact]
    public void A_class_keeps_its_share_in_every_member_and_never_vanishes() =>
        Gen.Select(Gen.Long, Gen.Int[2, 40])
            .Sample(
                (seed, ofEach) =>
                {
                    var labels = Labels(3, ofEach);
                    var membership = new Membership(labels, 3, 0.3, new Seeds(seed));
                    return Enumerable
                        .Range(0, 12)
                        .All(m =>
                            Enumerable
                                .Range(0, 3)
                                .All(k =>
                                {
                                    var inBag = membership.InBag(m).Where((isIn, i) => isIn && labels[i] == k).Count();
                                    return inBag >= 1 && Math.Abs(inBag - (0.7 * ofEach)) <= 1;
                                })
                        );
                }
            );

    [Fact]
    public void A_canary_has_its_turn_in_every_second_member_that_is_trained_on_it()
    {
        var labels = Labels(4, 20);
        var membership = new Membership(labels, 4, 0.3, new Seeds(3));
        for (var i = 0; i < labels.Length; i++)
        {
            var turns = Enumerable.Range(0, 12).Where(m => membership.InBag(m)[i]).Select(m => membership.Turn(m)[i]).ToArray();
            Assert.All(turns.Zip(turns.Skip(1)), pair => Assert.NotEqual(pair.First, pair.Second));
        }

        Assert.All(
            Enumerable.Range(0, 12),
            m => Assert.DoesNotContain(membership.Turn(m).Zip(membership.InBag(m)), pair => pair.First && !pair.Second)
        );
    }

    [Fact]
    public void The_seed_decides()
    {
        bool[] Of(long seed) => new Membership(Labels(3, 20), 3, 0.3, new Seeds(seed)).InBag(2);
        Assert.Equal(Of(1), Of(1));
        Assert.NotEqual(Of(1), Of(2));
    }

    private static int[] Labels(int classes, int ofEach) => [.. Enumerable.Range(0, classes * ofEach).Select(i => i % classes)];
}
