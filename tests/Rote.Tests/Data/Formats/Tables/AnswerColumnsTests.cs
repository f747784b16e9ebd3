using System.Globalization;
using Rote.Data;
using Rote.Data.Formats.Tables;
using Rote.Tests.Support;

namespace Rote.Tests.Data.Formats.Tables;

/// <summary>Columns that hold another network's answers are named.</summary>
[NoTensorLeaks]
public sealed class AnswerColumnsTests : IDisposable
{
    private static readonly string[] Kinds = ["ant", "bee", "cat"];

    private readonly TempFolder _folder = new();
    private readonly Recorder _told = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("ant", "bee", "cat")]
    [InlineData("cat", "ant", "bee")] // the order of columns does not matter
    [InlineData("prob_ant", "prob_bee", "prob_cat")]
    [InlineData("Ant (p)", "Bee (p)", "Cat (p)")]
    public void Columns_named_after_the_classes_are_answers_on_any_scale(params string[] names)
    {
        var found = AnswerColumns.Find(
            [Column("size", i => i), .. names.Select(name => Column(name, i => 10 * Answer(i, KindOf(name))))],
            Labels()
        );
        Assert.Equal(names.Order(StringComparer.OrdinalIgnoreCase), found!.Names);
        Assert.Equal(0.9, found.Share, 6);
    }

    [Fact]
    public void Columns_that_add_up_to_1_are_answers_under_any_name()
    {
        var found = AnswerColumns.Find(
            [
                Column("size", i => i / 60.0),
                Column("p0", i => Answer(i, 2)),
                Column("p1", i => Answer(i, 0)),
                Column("p2", i => Answer(i, 1)),
            ],
            Labels()
        );
        Assert.Equal(["p0", "p1", "p2"], found!.Names);
    }

    [Fact]
    public void Numbers_of_classes_in_the_names_count_too()
    {
        var labels = Labels().Select(kind => Array.IndexOf(Kinds, kind).ToString(CultureInfo.InvariantCulture)).ToArray();
        var found = AnswerColumns.Find(
            [Column("logit0", i => Answer(i, 0) - 3), Column("logit1", i => Answer(i, 1) - 3), Column("logit2", i => Answer(i, 2) - 3)],
            labels
        );
        Assert.Equal(["logit0", "logit1", "logit2"], found!.Names);
    }

    [Fact]
    public void Parts_of_a_whole_that_do_not_tell_the_label_are_features()
    {
        var labels = Labels();
        Assert.Null(
            AnswerColumns.Find(
                [Column("sand", i => Answer(i / 3, 0)), Column("silt", i => Answer(i / 3, 1)), Column("clay", i => Answer(i / 3, 2))],
                labels
            )
        );
        Assert.Null(AnswerColumns.Find([Column("ant", i => Answer(i, 0)), Column("bee", i => Answer(i, 1))], labels)); // one is not there
        Assert.Null(
            AnswerColumns.Find(
                [Column("ant", i => Answer(i / 3, 0)), Column("bee", i => Answer(i / 3, 1)), Column("cat", i => Answer(i / 3, 2))],
                labels
            )
        );
    }

    [Theory]
    [InlineData("t.csv", true)]
    [InlineData("t.npy", false)]
    public void It_is_said_of_tables_and_of_arrays(string file, bool hasNames)
    {
        var values = Enumerable.Range(0, 60).Select(i => (float[])[i * 7 % 5, .. Enumerable.Range(0, 3).Select(k => (float)Answer(i, k))]);
        if (hasNames)
        {
            var lines = values.Select(
                (row, i) => string.Join(',', row.Select(v => v.ToString(CultureInfo.InvariantCulture))) + "," + Kinds[i % 3]
            );
            File.WriteAllLines(_folder.File(file), lines.Prepend("a,x,y,z,label"));
        }
        else
        {
            File.WriteAllBytes(_folder.File(file), NpyFiles.Floats([.. values.SelectMany(row => row)], 60, 4));
            File.WriteAllLines(_folder.File("y.txt"), Labels());
        }

        var options = new UserDataOptions { Labels = hasNames ? null : _folder.File("y.txt") };
        using var data = DatasetLoader.Load(_folder.File(file), new DataFolder("/nowhere"), options, _told);
        Assert.Contains("look like another network's answers: ", _told.Notes, StringComparison.Ordinal);
        Assert.Contains(
            hasNames ? "x, y, z look like" : "np.delete(t, [1, 2, 3], axis=1) leaves them out.",
            _told.Notes,
            StringComparison.Ordinal
        );
        Assert.Equal(4, data.Data.Train.Width); // they are used: only the owner knows
    }

    private static (string Name, IReadOnlyList<double> Values) Column(string name, Func<int, double> value) =>
        (name, [.. Enumerable.Range(0, 60).Select(value)]);

    private static string[] Labels() => [.. Enumerable.Range(0, 60).Select(i => Kinds[i % 3])];

    private static int KindOf(string name) => Array.FindIndex(Kinds, kind => name.Contains(kind, StringComparison.OrdinalIgnoreCase));

    /// <summary>Three answers of a row, which add up to 1; every tenth is wrong.</summary>
    private static double Answer(int row, int kind) => (row % 10 == 3 ? row + 1 : row) % 3 == kind ? 0.5 : 0.25;
}
