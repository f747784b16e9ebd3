using static Rote.Tests.Data.Advising.Advice;

namespace Rote.Tests.Data.Advising;

/// <summary>Advice on which columns are read, and where the labels are.</summary>
internal static class AdviceOnTables
{
    private static readonly Dictionary<string, byte[]> Lists = new() { ["t.jsonl"] = Lines("", row => $"{{\"v\": [{A(row)}, {B(row)}]}}") };

    private static readonly Dictionary<string, byte[]> Texts = new()
    {
        ["t.csv"] = Lines("title,body,label", row => $"the title number {row},it says {row} in words,{Label(row)}"),
    };

    private static readonly Dictionary<string, byte[]> TextAndNumber = new()
    {
        ["t.csv"] = Lines("body,b,label", row => $"it says {row} in words,{B(row)},{Label(row)}"),
    };

    private static readonly Dictionary<string, byte[]> Commas = new()
    {
        ["t.csv"] = Lines("a,b,label", row => $"\"{row / 2 % 3},5\",{B(row)},{Label(row)}"),
    };

    private static readonly Dictionary<string, byte[]> OneHot = new()
    {
        ["t.csv"] = Lines("a,b,red,green,blue", row => $"{A(row)},{B(row)},{One(row, 0)},{One(row, 1)},{One(row, 2)}"),
    };

    private const string NotNumbers = "write numbers with a decimal point and nothing around them, read them as categories (";

    private static Dictionary<string, byte[]> Usually => new() { ["t.csv"] = Table() };

    public static Advice[] All { get; } =
    [
        new("an ignored column by its right name", "t.csv", $" to leave out ({Setting.Ignore}); did you mean id_number?")
        {
            Files = new() { ["t.csv"] = Lines("a,b,id_number,label", row => $"{A(row)},{B(row)},{A(-row)},{Label(row)}") },
            Asked = new() { Ignore = ["id_numbr"] },
            Followed = new() { Ignore = ["id_number"] },
            Right = Usual(),
        },
        new(
            "labels and one feature left",
            "t.csv",
            $" has no column left without {Setting.Ignore}; leave the labels and at least one feature."
        )
        {
            Files = Usually,
            Asked = new() { Ignore = ["a", "b", "label"] },
            Followed = new() { Ignore = ["b"] },
            Right = Rows("t.csv", "a", row => [A(row)], Label),
        },
        new("a column named once", "t.csv", $" is named by {Setting.LabelColumn} and by {Setting.Ignore}; name it once.")
        {
            Files = Usually,
            Asked = new() { LabelColumn = "label", Ignore = ["label"] },
            Followed = new() { LabelColumn = "label" },
            Right = Usual(),
        },
        new("another column of labels", "t.csv", $"; another is chosen with {Setting.LabelColumn}.")
        {
            Files = Usually,
            Followed = new() { LabelColumn = "b" },
            Right = Rows("t.csv", "a", row => [A(row)], row => $"{B(row)}"),
        },
        new("labels added to lists", "t.jsonl", $"could hold labels; add one")
        {
            Files = Lists,
            Then = new() { ["t.jsonl"] = Lines("", row => $"{{\"v\": [{A(row)}, {B(row)}], \"kind\": \"{Label(row)}\"}}") },
            Right = Rows("t.jsonl", "", row => [A(row), B(row)], Label),
        },
        new("labels of lists in a file", "t.jsonl", $" that could hold labels; add one, or give the labels with {Setting.Labels}.")
        {
            Files = Lists,
            Then = new() { ["l.txt"] = LabelLines() },
            Followed = new() { Labels = "l.txt" },
            Right = Rows("t.jsonl", "", row => [A(row), B(row)], Label),
        },
        new(
            "labels of one column in a file",
            "t.csv",
            $"; expected features beside the labels, or the labels in a file of their own with {Setting.Labels}."
        )
        {
            Files = new() { ["t.csv"] = Lines("a", row => $"{A(row)}") },
            Then = new() { ["l.txt"] = LabelLines() },
            Followed = new() { Labels = "l.txt" },
            Right = Rows("t.csv", "a", row => [A(row)], Label),
        },
        new("labels in both of two tables", "d", $"{Setting.Labels} gives the labels of one table, and ")
        {
            Files = new()
            {
                ["d/train.csv"] = Lines("a,b", row => $"{A(row)},{B(row)}"),
                ["d/test.csv"] = Lines("a,b", row => $"{A(row)},{B(row)}"),
                ["l.txt"] = LabelLines(),
            },
            Asked = new() { Labels = "l.txt" },
            Then = new() { ["d/train.csv"] = Table(), ["d/test.csv"] = Table() },
            Followed = new(),
            Right = [.. Usual("train.csv"), .. Usual("test.csv").Skip(1)],
        },
        new("the text that is read", "t.csv", $" and nothing else that can be a feature; say with {Setting.Text} which one is read.")
        {
            Files = Texts,
            Followed = new() { Text = "body" },
            Right = Rows("t.csv", "", row => [$"it says {row} in words"], Label),
        },
        new("numbers without a text", "t.csv", $" holds numbers, expected texts; leave {Setting.Text} out to read them as such.")
        {
            Files = Usually,
            Asked = new() { Text = "a" },
            Followed = new(),
            Right = Usual(),
        },
        new(
            "a text without categories",
            "t.csv",
            $"{Setting.Text} reads a text alone, and {Setting.Categorical} names other columns; leave one out."
        )
        {
            Files = TextAndNumber,
            Asked = new() { Text = "body", Categorical = ["b"] },
            Followed = new() { Text = "body" },
            Right = Rows("t.csv", "", row => [$"it says {row} in words"], Label),
        },
        new("categories without a text", "t.csv", $"names other columns; leave one out.")
        {
            Files = TextAndNumber,
            Asked = new() { Text = "body", Categorical = ["b"] },
            Followed = new() { Categorical = ["b"] },
            Right = Rows(
                "t.csv",
                "b=0, b=1, b=2, b=3, b=4",
                row => [.. Enumerable.Range(0, 5).Select(v => (object)(v == B(row) ? 1 : 0))],
                Label
            ),
        },
        new("decimal points", "t.csv", $"{NotNumbers}")
        {
            Files = Commas,
            Then = new() { ["t.csv"] = Lines("a,b,label", row => $"{row / 2 % 3}.5,{B(row)},{Label(row)}") },
            Right = Rows("t.csv", "a, b", row => [(row / 2 % 3) + 0.5, B(row)], Label),
        },
        new("commas as categories", "t.csv", $"{NotNumbers}{Setting.Categorical} a)")
        {
            Files = Commas,
            Followed = new() { Categorical = ["a"] },
            Right = Rows("t.csv", "a=0,5, a=1,5, a=2,5, b", row => [Is(row, 0), Is(row, 1), Is(row, 2), B(row)], Label),
        },
        new("commas left out", "t.csv", $"), leave them out ({Setting.Ignore} a)")
        {
            Files = Commas,
            Followed = new() { Ignore = ["a"] },
            Right = Rows("t.csv", "b", row => [B(row)], Label),
        },
        new("commas as labels", "t.csv", $" a), or say with {Setting.LabelColumn} which one holds the labels.")
        {
            Files = Commas,
            Followed = new() { LabelColumn = "a" },
            Right = Rows("t.csv", "b", row => [B(row)], row => $"{row / 2 % 3},5"),
        },
        new("one class against the rest", "t.csv", $", or leave the others out with {Setting.Ignore} to tell ")
        {
            Files = OneHot,
            Followed = new() { Ignore = ["red", "green"] },
            Right = Rows("t.csv", "a, b", row => [A(row), B(row)], row => $"{One(row, 2)}"),
        },
        new("one column of several", "t.csv", $"make one column of them (pandas: t[names].idxmax(axis=1))")
        {
            Files = OneHot,
            Then = new() { ["t.csv"] = Lines("a,b,colour", row => $"{A(row)},{B(row)},{Colour(row)}") },
            Right = Rows("t.csv", "a, b", row => [A(row), B(row)], Colour),
        },
    ];

    /// <summary>The usual table.</summary>
    public static byte[] Table() => Lines("a,b,label", row => $"{A(row)},{B(row)},{Label(row)}");

    private static int One(int row, int place) => row % 3 == place ? 1 : 0;

    private static int Is(int row, int value) => row / 2 % 3 == value ? 1 : 0;

    private static string Colour(int row) =>
        (row % 3) switch
        {
            0 => "red",
            1 => "green",
            _ => "blue",
        };
}
