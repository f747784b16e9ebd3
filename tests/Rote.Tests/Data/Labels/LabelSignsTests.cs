using Rote.Data;
using Rote.Data.Labels;
using Rote.Tests.Support;

namespace Rote.Tests.Data.Labels;

/// <summary>Labels that are no classes are told from those that look like it.</summary>
public sealed class LabelSignsTests : IDisposable
{
    private const int Few = LabelSigns.Few;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, string[], int> Quantities =>
        new()
        {
            { "ages", Numbers(18, 73), 3 },
            { "as few values as can be", Numbers(18, LabelSigns.FewestValues), 3 },
            { "as many examples as can be", Numbers(18, 73), Few - 1 },
            { "temperatures below zero", Numbers(-20, 50), 2 },
            { "ages with gaps", [.. Numbers(18, 80).Where((_, i) => i % 8 != 0)], 3 },
            { "from 0 with a gap", [.. Numbers(0, 40), "41"], 3 },
            { "and the last number that there is", [.. Numbers(18, 40), $"{long.MaxValue}"], 3 },
        };

    public static TheoryData<string, string[], int> Classes =>
        new()
        {
            { "digits", Numbers(0, 10), 3 },
            { "one value too few", Numbers(18, LabelSigns.FewestValues - 1), 3 },
            { "years with many examples each", Numbers(1990, 30), Few },
            { "numbers from 0", Numbers(0, 100), 5 },
            { "numbers from 1", Numbers(1, 102), 10 },
            { "codes that lie apart", [.. Enumerable.Range(0, 60).Select(i => $"{1000 + (i * 7)}")], 3 },
            { "codes with zeros in front", [.. Enumerable.Range(1, 60).Select(i => $"{i:00}")], 3 },
            { "numbers and a word", [.. Numbers(18, 73), "unknown"], 3 },
            { "numbers that do not fit", [.. Numbers(18, 73), "99999999999999999999"], 3 },
            {
                "numbers as far apart as can be",
                [$"{long.MinValue}", .. Numbers(18, 19).Where((_, i) => i % 2 == 0), .. Numbers(60, 9), $"{long.MaxValue}"],
                3
            },
            { "words", ["a", "b"], 1 },
            { "one class", ["5"], 1 },
        };

    public static TheoryData<string[], string> SeveralInACell =>
        new()
        {
            { ["a", "a;b", "b"], ";" },
            { ["a", "a; b", "b"], "; " },
            { ["a", "b", "a | b", "a | c", "b | c"], " | " }, // c never stands alone
            { ["Comedy", "Comedy|Drama", "Comedy|Drama|War", "Drama", "War"], "|" },
            { ["a", "a, b", "b"], ", " },
            { ["a", "a,b", "a, b", "b"], "," }, // both ways in one column
            { ["1", "1;5", "5"], ";" },
            { ["1", "1, 5", "5"], ", " },
            { ["é", "é;ß", "ß"], ";" },
        };

    public static TheoryData<string[]> OneInACell =>
        new()
        {
            { ["Smith; John", "Smith; Anna", "Miller; John"] },
            { ["tench, Tinca tinca", "maillot", "maillot, tank suit", "crane, bird", "goldfish, Carassius auratus"] },
            { ["maillot", "maillot, tank suit"] }, // half of two parts
            { ["(17.999, 32.0]", "(32.0, 46.0]"] }, // what pd.qcut makes
            { ["1", "1,5", "2", "2,5", "5"] }, // decimal commas
            { ["1,000", "1", "000"] },
            { ["a;", ";a", "a", ";", ";;"] },
            { ["a;a", "a"] }, // one label, twice
            { ["a/b", "a", "b"] },
            { ["", "a"] },
        };

    [Theory]
    [MemberData(nameof(Quantities))]
    public void A_quantity_is_suspected(string kind, string[] names, int each)
    {
        var said = Assert.Single(In(names, each));
        Assert.StartsWith($"t.csv: the labels are {names.Length} whole numbers from {names[0]} to {names[^1]}, most", said);
        Assert.Contains(ClassList.Quantity, said, StringComparison.Ordinal);
        Assert.NotEmpty(kind);
    }

    [Theory]
    [MemberData(nameof(Classes))]
    public void Numbers_that_are_classes_are_let_be(string kind, string[] names, int each) => Assert.True(!In(names, each).Any(), kind);

    [Fact]
    public void Most_values_have_to_be_rare_and_rare_ones_at_the_ends_are_not_most()
    {
        var names = Numbers(18, 40);
        Assert.Single(LabelSigns.In("t.csv", names, Counts(names, i => i < 21 ? 1 : 500)));
        Assert.Empty(LabelSigns.In("t.csv", names, Counts(names, i => i < 20 ? 1 : 500)));
    }

    [Theory]
    [InlineData("-1", "-1", "0", "1")]
    [InlineData("-1", "-1", "1", "2", "3")]
    [InlineData("unlabeled", "cat", "dog", "unlabeled")]
    [InlineData("No_Label", "No_Label", "cat", "dog")]
    public void A_class_that_may_stand_for_no_label_is_named(string which, params string[] names) =>
        Assert.StartsWith(
            $"t.csv: {which} is read as a class like the others. Some programs, such as scikit-learn, write it for an example without",
            Assert.Single(In(names, 9))
        );

    [Theory]
    [InlineData("-1", "1")]
    [InlineData("-2", "-1", "0")]
    [InlineData("-1", "0", "2")]
    [InlineData("-1", "3", "4")]
    [InlineData("unknown", "cat", "dog")]
    [InlineData("cat", "unlabeled")]
    public void Others_stand_for_themselves(params string[] names) => Assert.Empty(In(names, 9));

    [Theory]
    [MemberData(nameof(SeveralInACell))]
    public void Several_labels_in_a_cell_are_suspected(string[] names, string by)
    {
        var said = Assert.Single(In(names, 9));
        Assert.Contains($"y.str.partition('{by}')[0] keeps", said, StringComparison.Ordinal);
        Assert.Contains($"y.str.get_dummies('{by}') makes", said, StringComparison.Ordinal);
        var first = names.First(name => name.Contains(by.Trim(), StringComparison.Ordinal));
        Assert.Contains($"such as \"{first}\"", said, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(OneInACell))]
    public void Names_with_a_separator_are_let_be(string[] names) => Assert.Empty(In(names, 9));

    [Fact]
    public void A_long_label_is_shortened() =>
        Assert.Contains(
            $"\"{new string('a', 60)}…\"",
            Assert.Single(In([new string('a', 90), new string('a', 90) + ";b", "b"], 9)),
            StringComparison.Ordinal
        );

    /// <summary>Whatever reads the labels, the loader says it, once; and nothing of what is clean.</summary>
    [Theory]
    [InlineData("t.csv")]
    [InlineData("t.jsonl")]
    [InlineData("t.npy")]
    [InlineData("d")]
    public void It_is_said_of_every_kind_of_data(string path)
    {
        Write(path, i => $"{18 + (i % 30)}");
        Assert.Contains("are they a quantity, such as an age?", Assert.Single(Said(path)), StringComparison.Ordinal);
        Write(path, i => i % 3 == 2 ? "a;b" : "ab"[i % 3].ToString());
        Assert.Contains("such as \"a;b\"", Assert.Single(Said(path)), StringComparison.Ordinal);
        Write(path, i => $"{i % 10}");
        Assert.Empty(Said(path));
    }

    private static string[] Numbers(int first, int count) => [.. Enumerable.Range(first, count).Select(n => $"{n}")];

    private static IEnumerable<string> In(string[] names, int each) => LabelSigns.In("t.csv", names, Counts(names, _ => each));

    private static long[] Counts(string[] names, Func<int, int> count) =>
        [.. Enumerable.Range(0, names.Length).SelectMany(i => Enumerable.Repeat((long)i, count(i)))];

    /// <summary>Ninety examples with labels, in one of the ways in which data lies on a disk.</summary>
    private void Write(string path, Func<int, string> label)
    {
        var rows = Enumerable.Range(0, 90).ToArray();
        switch (path)
        {
            case "t.csv":
                File.WriteAllLines(_folder.File(path), rows.Select(i => $"{i}.5,\"{label(i)}\"").Prepend("a,label"));
                break;
            case "t.jsonl":
                File.WriteAllLines(_folder.File(path), rows.Select(i => $"{{\"a\": {i}.5, \"label\": \"{label(i)}\"}}"));
                break;
            case "t.npy":
                _folder.Put(path, NpyFiles.Floats([.. rows.Select(i => (float)i)], rows.Length, 1));
                File.WriteAllLines(_folder.File("y.txt"), rows.Select(label));
                break;
            default:
                if (Directory.Exists(_folder.File(path)))
                {
                    Directory.Delete(_folder.File(path), recursive: true);
                }

                foreach (var i in rows)
                {
                    PictureFiles.Write(_folder, $"{path}/{label(i)}/{i}.png", PictureFiles.Noise(8, 8, (uint)i));
                }

                break;
        }
    }

    private string[] Said(string path)
    {
        var told = new Recorder();
        var options = new UserDataOptions { Labels = path == "t.npy" ? _folder.File("y.txt") : null };
        using var data = DatasetLoader.Load(_folder.File(path), new DataFolder("/nowhere"), options, told);
        return
        [
            .. told
                .All.Select(note => note.Text)
                .Where(text =>
                    text.Contains("are they a quantity", StringComparison.Ordinal)
                    || text.Contains("to hold several", StringComparison.Ordinal)
                ),
        ];
    }
}
