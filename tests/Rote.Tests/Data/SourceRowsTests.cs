using Rote.Data;

namespace Rote.Tests.Data;

public sealed class SourceRowsTests
{
    [Fact]
    public void A_row_is_called_by_its_file_and_a_file_by_its_path()
    {
        Assert.Equal(["t.csv[0]", "t.csv[1]", "u.csv[0]"], SourceRows.OfFiles([("t.csv", 2), ("u.csv", 1)]).Names);
        Assert.Equal(["cat/tom.png", "dog/rex.png"], SourceRows.OfFiles(["cat/tom.png", "dog/rex.png"]).Names);
        Assert.Equal(["row 0", "row 1"], SourceRows.Of("", 2).Names);
        Assert.Equal(("t.csv[17]", "t.csv[17]"), (new RowIdentity("t.csv", 17).Name, new RowIdentity("t.csv", 17).ToString()));
    }

    [Fact]
    public void Parts_and_their_sum_know_the_order_of_the_source()
    {
        var all = SourceRows.OfFiles([("a.csv", 2), ("b.csv", 3)]);
        var (first, second) = (all.Select([4, 0, 2]), all.Select([3, 1]));
        var joined = first.Concat(second);
        Assert.Equal(["b.csv[2]", "a.csv[0]", "b.csv[0]", "b.csv[1]", "a.csv[1]"], joined.Names);
        Assert.Equal([1, 4, 2, 3, 0], joined.InOrder());
        Assert.Equal(["a.csv", "b.csv"], joined.Files);
        Assert.Equal(["b.csv"], second.Take(1).Files);
        Assert.True(joined.HaveRows);

        // Of another source: after the first.
        var others = joined.Concat(SourceRows.OfFiles(["x.png", "w.png"]).Select([1]));
        Assert.Equal([1, 4, 2, 3, 0, 5], others.InOrder());
        Assert.Equal(("w.png", null), (others[5].File, others[5].Row));
        Assert.False(others.HaveRows);
    }

    [Fact]
    public void Files_without_rows_are_passed_over_and_nothing_has_no_order()
    {
        var rows = SourceRows.OfFiles([("empty.csv", 0), ("t.csv", 1)]);
        Assert.Equal(["t.csv"], rows.Files);
        Assert.Single(rows);
        Assert.Empty(rows.Select([]).InOrder());
        Assert.Empty(SourceRows.Of("t.csv", 0).Names);
    }
}
