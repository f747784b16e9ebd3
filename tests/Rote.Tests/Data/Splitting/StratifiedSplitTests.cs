using Rote.Data;
using Rote.Data.Splitting;

namespace Rote.Tests.Data.Splitting;

public sealed class StratifiedSplitTests
{
    private static readonly Gen<(long[] Labels, int Classes)> Data =
        from classes in Gen.Int[2, 5]
        from extra in Gen.Long[0, classes - 1].Array[0, 60]
        select (Labels: Enumerable.Range(0, classes).SelectMany(c => new[] { (long)c, c }).Concat(extra).ToArray(), classes);

    [Fact]
    public void Every_example_is_in_one_part_and_every_class_in_both() =>
        Data.Sample(data =>
        {
            var (train, test) = StratifiedSplit.Draw(data.Labels, data.Classes);
            return train.Concat(test).Order().SequenceEqual(Enumerable.Range(0, data.Labels.Length).Select(i => (long)i))
                && train.Select(i => data.Labels[i]).Distinct().Count() == data.Classes
                && test.Select(i => data.Labels[i]).Distinct().Count() == data.Classes;
        });

    [Theory]
    [InlineData(2, 1)]
    [InlineData(4, 1)]
    [InlineData(10, 2)]
    [InlineData(12, 2)]
    [InlineData(13, 3)]
    [InlineData(1000, 200)]
    public void A_fifth_of_each_class_is_set_apart(int count, int expected)
    {
        var labels = Enumerable.Range(0, 2 * count).Select(i => (long)(i % 2)).ToArray();
        var (_, test) = StratifiedSplit.Draw(labels, 2);
        Assert.Equal([expected, expected], test.GroupBy(i => labels[i]).Select(g => g.Count()));
    }

    // Part of the definition: another draw would change every result on own data. Values of this program, first written here.
    [Fact]
    public void The_draw_is_pinned()
    {
        var (train, test) = StratifiedSplit.Draw([0, 0, 0, 0, 0, 1, 1, 1, 1, 1], 2);
        Assert.Equal("9 8 3 1 0 5 6 2 | 4 7", $"{string.Join(' ', train)} | {string.Join(' ', test)}");
    }

    [Fact]
    public void The_first_rows_of_a_sorted_source_are_a_fair_sample()
    {
        var labels = Enumerable.Range(0, 1000).Select(i => (long)(i / 100)).ToArray();
        var (train, _) = StratifiedSplit.Draw(labels, 10);
        Assert.Equal(10, train.Take(100).Select(i => labels[i]).Distinct().Count());
    }

    [Fact]
    public void The_two_parts_are_put_in_different_orders() =>
        Assert.NotEqual(
            StratifiedSplit.Shuffle([.. Enumerable.Range(0, 20).Select(i => (long)i)], Split.Train),
            StratifiedSplit.Shuffle([.. Enumerable.Range(0, 20).Select(i => (long)i)], Split.Test)
        );
}
