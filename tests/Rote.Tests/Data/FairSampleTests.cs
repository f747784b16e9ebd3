using Rote.Audits;
using Rote.Data;
using Rote.Tests.Support;

namespace Rote.Tests.Data;

/// <summary>A part of someone's own examples holds every class, however the rows lie.</summary>
[NoTensorLeaks]
public sealed class FairSampleTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Recorder _told = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("sorted")]
    [InlineData("descending")]
    [InlineData("grouped")]
    public void Of_rows_that_lie_in_groups_a_part_is_drawn_from_all_of_them(string order)
    {
        int[] classes = order switch
        {
            "sorted" => [0, 1, 2],
            "descending" => [2, 1, 0],
            _ => [1, 2, 0],
        };
        using var data = Load([.. classes.SelectMany(c => Enumerable.Range(0, 100).Select(i => ((100 * c) + i, c)))]);
        Assert.Contains("lie in groups of one class", _told.Notes, StringComparison.Ordinal);
        var spec = data.Spec with { Examples = 60 };
        using var cut = spec.Cut(data.Data);
        using var again = spec.Cut(data.Data);
        Assert.Equal(cut.Train.ExampleNames, again.Train.ExampleNames);
        var counts = cut.Train.Labels.data<long>().ToArray().CountBy(c => c).ToDictionary();
        Assert.True(counts.Count == 3 && counts.Values.All(n => n >= 10), string.Join(", ", counts));

        // Each keeps the name of its row, and rows their order.
        var values = Vectors.Values(cut.Train.Pixels);
        var rows = cut
            .Train.ExampleNames!.Select(name => int.Parse(name["train.csv[".Length..^1], System.Globalization.CultureInfo.InvariantCulture))
            .ToArray();
        Assert.Equal(rows.Order(), rows);
        Assert.Equal(rows.Select(row => (100.0 * classes[row / 100]) + (row % 100)), values);
        using var audited = AuditData.Of(data.Data, 60);
        Assert.Equal(3, audited.Examples.Labels.data<long>().ToArray().Distinct().Count());
    }

    [Fact]
    public void Rows_without_an_order_are_taken_from_the_start()
    {
        using var data = Load([.. Enumerable.Range(0, 300).Select(i => (i, i % 3))]);
        Assert.DoesNotContain("lie in groups", _told.Notes, StringComparison.Ordinal);
        using var cut = (data.Spec with { Examples = 50 }).Cut(data.Data);
        Assert.Equal(Enumerable.Range(0, 50).Select(i => (double)i), Vectors.Values(cut.Train.Pixels));
    }

    [Fact]
    public void All_rows_keep_their_order_and_a_part_keeps_their_numbers()
    {
        using var data = Vectors.Table(90, 9);
        using var sorted = data.Train.Select([.. Enumerable.Range(0, 90).Select(i => (long)i).OrderBy(i => i % 3)]);
        using var all = FairSample.Of(sorted, 90);
        Assert.Equal(sorted.Rows.Names, all.Rows.Names);
        using var part = FairSample.Of(sorted, 30);
        Assert.Subset(sorted.Rows.Names.ToHashSet(), part.Rows.Names.ToHashSet());
    }

    private NamedData Load((int Value, int Class)[] rows)
    {
        File.WriteAllLines(_folder.File("train.csv"), ["a,label", .. rows.Select(r => $"{r.Value},c{r.Class}")]);
        File.WriteAllLines(_folder.File("test.csv"), ["a,label", "1,c0", "2,c1", "3,c2"]);
        return DatasetLoader.Load(_folder.Path, new DataFolder("/nowhere"), null, _told);
    }
}
