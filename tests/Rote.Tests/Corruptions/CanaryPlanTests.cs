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
            "50 canaries are more than 20% of 249 training examples; 250 are needed for as many.".Replace(
                "20%",
                $"{0.2:P0}",
                StringComparison.Ordinal
            ),
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

    private static long[] Labels(int count, int classes, int seed)
    {
        var stream = new Seeds(seed).Stream("test");
        return [.. Enumerable.Range(0, count).Select(_ => (long)stream.NextInt(classes))];
    }
}
