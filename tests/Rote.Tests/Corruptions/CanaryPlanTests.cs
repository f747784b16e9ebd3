using Rote.Corruptions;
using Rote.Tensors;

namespace Rote.Tests.Corruptions;

public sealed class CanaryPlanTests
{
    private static readonly CanaryPlan Plan = new() { Steering = 30, HeldOut = 20 };
    private static readonly CanaryPlan Few = new() { Steering = 20, HeldOut = 20 };

    [Fact]
    public void Canaries_are_among_the_rows_allowed_and_never_have_the_label_given()
    {
        Gen.Select(Gen.Int[2, 12], Gen.Int[0, 1000])
            .Sample(
                (classes, seed) =>
                {
                    var labels = Labels(2000, classes, seed);
                    long[] rows = [.. Enumerable.Range(0, 2000).Where(row => row % 2 == 0).Select(row => (long)row)];
                    var planted = Plan.Plant(labels, rows, classes, new Seeds(seed));
                    var all = planted.All.ToArray();
                    Assert.Equal((30, 20), (planted.Steering.Count, planted.HeldOut.Count));
                    Assert.Equal(50, all.Select(c => c.Row).Distinct().Count());
                    Assert.All(all, c => Assert.True(c.Row % 2 == 0 && c.Label != labels[c.Row] && c.Label >= 0 && c.Label < classes));
                    Assert.Equal(planted.Steering.OrderBy(c => c.Row), planted.Steering);
                },
                iter: 50
            );
    }

    [Fact]
    public void Both_sets_take_from_every_class_and_give_every_other_alike()
    {
        var plan = new CanaryPlan { Steering = 90, HeldOut = 90 };
        long[] labels = [.. Enumerable.Range(0, 4000).Select(i => (long)(i % 10))];
        var planted = plan.Plant(labels, [.. Enumerable.Range(0, 4000).Select(i => (long)i)], 10, new Seeds(1));
        foreach (var part in new[] { planted.Steering, planted.HeldOut })
        {
            Assert.All(part.GroupBy(c => labels[c.Row]), own => Assert.Equal(9, own.Count()));
            Assert.All(part.GroupBy(c => (labels[c.Row], c.Label)), pair => Assert.Single(pair));
        }
    }

    // With an even number of other classes every second canary of a class had every second of them: the sets shared no label.
    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(7)]
    [InlineData(10)]
    [InlineData(11)]
    public void Both_sets_give_each_other_class_about_as_often(int classes)
    {
        var each = 20 * classes * (classes - 1);
        long[] labels = [.. Enumerable.Range(0, 20 * each).Select(i => (long)(i % classes))];
        (int Steering, int HeldOut)[] ratios = [(1, 1), (2, 1), (5, 1), (3, 1), (1, 3), (5, 3), (1, 2)];
        foreach (var (steering, heldOut) in ratios)
        {
            var plan = new CanaryPlan { Steering = each * steering / 5, HeldOut = each * heldOut / 5 };
            var planted = plan.Plant(labels, Rows(labels), classes, new Seeds(1));
            foreach (var set in new[] { planted.Steering, planted.HeldOut })
            {
                var counts = set.CountBy(canary => (labels[canary.Row], canary.Label)).ToDictionary();
                var expected = (double)set.Count / (classes * (classes - 1));
                Assert.Equal(classes * (classes - 1), counts.Count);
                Assert.All(counts.Values, count => Assert.InRange(count, expected - 2, expected + 2));
            }
        }
    }

    // An even number of classes is as it was: in turn, so that no result of such data changes.
    [Fact]
    public void Of_an_even_number_of_classes_the_labels_come_in_turn()
    {
        long[] labels = [.. Enumerable.Range(0, 2000).Select(i => (long)(i % 4))];
        var planted = new CanaryPlan { Steering = 30, HeldOut = 30 }.Plant(labels, Rows(labels), 4, new Seeds(1));
        Assert.All(
            planted.All.GroupBy(canary => labels[canary.Row]),
            own => Assert.Equal([5, 5, 5], own.CountBy(c => c.Label).Select(c => c.Value))
        );
    }

    [Fact]
    public void Many_canaries_of_large_classes_have_their_shares() =>
        Assert.Equal([76_000, 76_000, 48_000], CanaryPlan.Shares([380_000, 380_000, 240_000], 200_000)); // 380,000 × 200,000 > 2³¹

    // One held-out canary was left out of training or not, and the certificate divided by none: after the training.
    [Fact]
    public void Where_coins_leave_nothing_to_compare_it_is_said_before_training()
    {
        var labels = Labels(2000, 5, 1);
        var plan = new CanaryPlan { Steering = 1, HeldOut = 1 };
        Assert.Single(plan.Plant(labels, Rows(labels), 5, new Seeds(1)).HeldOut);
        for (var seed = 1; seed <= 8; seed++)
        {
            var error = Assert.Throws<InputException>(() =>
                (plan with { LeavesOut = true }).Plant(labels, Rows(labels), 5, new Seeds(seed))
            );
            Assert.Matches("of 1 it has left out (none|all), so that", error.Message);
        }

        var many = (Plan with { LeavesOut = true }).Plant(labels, Rows(labels), 5, new Seeds(1));
        Assert.Equal(20, many.HeldOut.Count + many.LeftOut.Count);
        Assert.InRange(many.LeftOut.Count, 3, 17);
    }

    [Fact]
    public void The_same_seed_plants_the_same()
    {
        var labels = Labels(2000, 5, 1);
        long[] rows = [.. Enumerable.Range(0, 2000).Select(row => (long)row)];
        Assert.Equal(Plan.Plant(labels, rows, 5, new Seeds(1)).All, Plan.Plant(labels, rows, 5, new Seeds(1)).All);
        Assert.NotEqual(Plan.Plant(labels, rows, 5, new Seeds(1)).All, Plan.Plant(labels, rows, 5, new Seeds(2)).All);
    }

    // Of 250 rows with forty classes of one, two lost the only example that taught them.
    [Fact]
    public void Every_class_keeps_an_example_with_its_own_label()
    {
        Gen.Select(Gen.Int[0, 60], Gen.Int[0, 60], Gen.Int[0, 1000])
            .Sample(
                (ones, twos, seed) =>
                {
                    long[] labels =
                    [
                        .. Enumerable.Range(0, ones).Select(i => (long)i),
                        .. Enumerable.Range(0, 2 * twos).Select(i => (long)(ones + (i / 2))),
                        .. Enumerable.Range(0, 200).Select(i => (long)(ones + twos + (i % 3))),
                    ];
                    long[] rows = [.. Enumerable.Range(0, labels.Length).Select(row => (long)row)];
                    var canaries = Few.Plant(labels, rows, ones + twos + 3, new Seeds(seed)).All.Select(c => c.Row).ToHashSet();
                    Assert.Equal(40, canaries.Count);
                    Assert.Equal(ones + twos + 3, rows.Where(row => !canaries.Contains(row)).Select(row => labels[row]).Distinct().Count());
                },
                iter: 100
            );
    }

    [Fact]
    public void Too_many_classes_of_one_are_refused()
    {
        long[] labels = [.. Enumerable.Range(0, 200).Select(i => (long)Math.Max(0, i - 78))];
        var error = Assert.Throws<InputException>(() =>
            Few.Plant(labels, [.. Enumerable.Range(0, 200).Select(i => (long)i)], 122, new Seeds(1))
        );
        Assert.Contains("79 training examples are of a class with two or more, and 80 are needed", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_planted_is_refused()
    {
        long[] rows = [.. Enumerable.Range(0, 249).Select(row => (long)row)];
        Assert.Equal(
            $"50 canaries are more than {0.2:P0} of the 249 examples that are trained on, without those held out; 250 are needed for as "
                + "many.",
            Assert.Throws<InputException>(() => Plan.Plant(new long[249], rows, 2, new Seeds(1))).Message
        );
        Assert.Contains(
            "only one class",
            Assert
                .Throws<InputException>(() =>
                    Plan.Plant(new long[2000], [.. Enumerable.Range(0, 2000).Select(row => (long)row)], 1, new Seeds(1))
                )
                .Message,
            StringComparison.Ordinal
        );
        Assert.Throws<InputException>(() => new CanaryPlan { Steering = 0, HeldOut = 1 });
    }

    // Hamilton's own example of apportionment is not at hand; these are counted by hand: quotas 4.5, 3, 2.5 for ten of 45, 30, 25.
    [Fact]
    public void Shares_add_up_and_the_largest_remainders_are_rounded_up() => Assert.Equal([5, 3, 2], CanaryPlan.Shares([45, 30, 25], 10));

    private static long[] Rows(long[] labels) => [.. Enumerable.Range(0, labels.Length).Select(row => (long)row)];

    private static long[] Labels(int count, int classes, int seed)
    {
        var stream = new Seeds(seed).Stream("test");
        return [.. Enumerable.Range(0, count).Select(_ => (long)stream.NextInt(classes))];
    }
}
