using Rote.Measurement;
using Rote.Tensors;

namespace Rote.Tests.Measurement;

public sealed class ClassProbabilitiesTests
{
    private const int Count = 40;
    private const int Classes = 100;

    [Fact]
    public void Few_numbers_are_all_kept()
    {
        Assert.True(KeptClasses.For(Labels(), Classes, [], Count * Classes).AreAll);
        Assert.Equal(Count * Classes, KeptClasses.For(Labels(), Classes, [], Count * Classes).Total);
        Assert.False(KeptClasses.For(Labels(), Classes, [], (Count * Classes) - 1).AreAll);
        Assert.True(KeptClasses.For(Labels(), 8, [], 10).AreAll); // no fewer than eight of an example
    }

    // 40·100 numbers, of which 1,000 may be kept: half of that is 12 an example; examples 3 and 7 are whole.
    [Fact]
    public void Of_an_example_the_largest_are_kept_and_that_of_the_label_and_the_others_share_the_rest()
    {
        var (kept, rows, labels) = (Kept(), Rows(), Labels());
        var some = new ClassProbabilities(kept);
        for (var i = 0; i < Count; i++)
        {
            some.Set(i, rows[i]);
        }

        Assert.Equal((38 * 12) + (2 * Classes), kept.Total);
        var buffer = some.NewBuffer();
        for (var i = 0; i < Count; i++)
        {
            var found = some.Row(i, buffer).ToArray();
            Assert.Equal(found, Enumerable.Range(0, Classes).Select(k => some[i, k]));
            Assert.Equal(1, found.Sum(), 5);
            int[] expected =
            [
                labels[i],
                .. Enumerable.Range(0, Classes).Where(k => k != labels[i]).OrderByDescending(k => rows[i][k]).Take(11),
            ];
            var isWhole = i is 3 or 7;
            var rest = rows[i].Where((_, k) => !expected.Contains(k)).Sum() / (Classes - 12);
            for (var k = 0; k < Classes; k++)
            {
                Assert.Equal(isWhole || expected.Contains(k) ? rows[i][k] : rest, found[k], 1e-6f);
            }
        }
    }

    [Fact]
    public void Of_equal_numbers_the_earlier_is_kept()
    {
        var some = new ClassProbabilities(Kept());
        var row = new float[Classes];
        Array.Fill(row, 0.01f);
        some.Set(0, row);
        Assert.Equal(Enumerable.Range(0, 12), some.Sparse!.Value.Classes[..12]); // the label of example 0 is 0
    }

    [Fact]
    public void What_is_not_known_stays_so()
    {
        var some = new ClassProbabilities(Kept());
        Assert.True(some.IsKnown(0)); // zero
        var row = new float[Classes];
        Array.Fill(row, float.NaN);
        some.Set(0, row);
        some.Set(3, row);
        Assert.False(some.IsKnown(0) || some.IsKnown(3));
        Assert.All(some.Row(0, some.NewBuffer()).ToArray(), value => Assert.Equal(float.NaN, value));
        some.Set(0, Rows()[0]);
        Assert.True(some.IsKnown(0));
        Assert.Equal(1, some.Row(0, some.NewBuffer()).ToArray().Sum(), 5);
    }

    [Fact]
    public void Some_of_the_examples_keep_what_they_did()
    {
        var kept = Kept().Of([7, 2, 3]);
        Assert.Equal((3, Classes + 12 + Classes), (kept.Count, kept.Total));
        Assert.True(Kept().Of([]).Total == 0);
    }

    [Fact]
    public void Numbers_that_are_no_rows_are_refused() => Assert.Throws<ArgumentException>(() => ClassProbabilities.Whole(new float[7], 2));

    [Theory]
    [InlineData("values")]
    [InlineData("classes")]
    [InlineData("descending")]
    [InlineData("out of range")]
    [InlineData("others")]
    [InlineData("none")]
    public void Parts_that_do_not_fit_give_nothing(string damage)
    {
        var kept = Kept();
        var some = new ClassProbabilities(kept);
        var (classes, others) = some.Sparse!.Value;
        int[] changed = [.. classes];
        changed[1] =
            damage == "descending" ? 0
            : damage == "out of range" ? Classes
            : changed[1];
        var found = ClassProbabilities.Of(
            kept,
            damage == "values" ? some.Values[..^1] : some.Values,
            damage == "classes" ? null : changed,
            damage == "others" ? others[..^1] : others
        );
        Assert.Equal(damage == "none", found is not null);
    }

    internal static KeptClasses Kept() => KeptClasses.For(Labels(), Classes, [3, 7], 1000);

    internal static int[] Labels() => [.. Enumerable.Range(0, Count).Select(i => i * 7 % Classes)];

    private static float[][] Rows()
    {
        var stream = new Seeds(1).Stream("rows");
        return
        [
            .. Enumerable
                .Range(0, Count)
                .Select(_ =>
                {
                    double[] weights = [.. Enumerable.Range(0, Classes).Select(_ => Math.Pow(stream.NextDouble(), 20))];
                    return Array.ConvertAll(weights, weight => (float)(weight / weights.Sum()));
                }),
        ];
    }
}
