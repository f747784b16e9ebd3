using System.Text;
using Rote.Tests.Support;
using static Rote.Tests.Data.Advising.Advice;

namespace Rote.Tests.Data.Advising;

/// <summary>Advice on folders of texts and of pictures: names, tables of labels, parts.</summary>
internal static class AdviceOnFolders
{
    private static readonly Dictionary<string, byte[]> Classes = Files("d", row => $"{Label(row)}/{row:D2}.png", Grey);

    private static readonly Dictionary<string, byte[]> Twins = Files("d", row => $"{(row < 4 ? "X" : Label(row))}/{row:D2}.png", Grey);

    private static readonly Dictionary<string, byte[]> TextTwins = Files("d", row => $"{(row < 4 ? "X" : Label(row))}/{row:D2}.txt", Said);

    private static Dictionary<string, byte[]> TextFolder => Files("d", row => $"{Label(row)}/{row:D2}.txt", Said);

    private static string[] RightClasses => Of(row => $"{Label(row)}/{row:D2}.png", row => ["8x8", 20 * row], Label);

    private static string[] RightTexts => Of(row => $"{Label(row)}/{row:D2}.txt", row => [$"it says {row} in words"], Label);

    public static Advice[] All { get; } =
    [
        new(
            "a folder of texts without labels",
            "d",
            $", which is neither an array nor a table; give it without {Setting.Labels} and {Setting.LabelColumn}."
        )
        {
            Files = With(TextFolder, ("l.txt", LabelLines())),
            Asked = new() { Labels = "l.txt" },
            Followed = new(),
            Right = RightTexts,
        },
        new(
            "a folder of texts without a size of pictures",
            "d",
            $"{Setting.ImageSize}, {Setting.Fit}, {Setting.SkipBad} and {Setting.FollowLinks} are for folders of pictures, and "
        )
        {
            Files = TextFolder,
            Asked = new() { ImageSize = 8 },
            Followed = new(),
            Right = RightTexts,
        },
        new("a folder of texts renamed", "d", $"; rename one, or put their texts together.")
        {
            Files = TextTwins,
            Then = Moved(TextTwins, "d/X/", "d/third/"),
            Right = Of(
                row => $"{(row < 4 ? "third" : Label(row))}/{row:D2}.txt",
                row => [$"it says {row} in words"],
                row => row < 4 ? "third" : Label(row)
            ),
        },
        new("two folders of texts put together", "d", $", or put their texts together.")
        {
            Files = TextTwins,
            Then = Moved(TextTwins, "d/X/", "d/x/"),
            Right = Of(
                row => $"{(row < 4 ? "x" : Label(row))}/{row:D2}.txt",
                row => [$"it says {row} in words"],
                row => row < 4 ? "x" : Label(row)
            ),
        },
        new("a text in UTF-8", "d", $" is not UTF-8; save it as UTF-8")
        {
            Files = With(TextFolder, ("d/x/00.txt", Encoding.Latin1.GetBytes("é at the start"))),
            Then = new() { ["d/x/00.txt"] = Encoding.UTF8.GetBytes("it says 0 in words") },
            Right = RightTexts,
        },
        new("a text that is not UTF-8 removed", "d", $", or remove it.")
        {
            Files = With(TextFolder, ("d/x/99.txt", Encoding.Latin1.GetBytes("é at the end"))),
            Then = new() { ["d/x/99.txt"] = null },
            Right = RightTexts,
        },
        new("a folder of pictures renamed", "d", $"; rename one, or put their pictures into one and remove the others.")
        {
            Files = Twins,
            Then = Moved(Twins, "d/X/", "d/third/"),
            Right = Of(
                row => $"{(row < 4 ? "third" : Label(row))}/{row:D2}.png",
                row => ["8x8", 20 * row],
                row => row < 4 ? "third" : Label(row)
            ),
        },
        new("two folders of pictures put together", "d", $", or put their pictures into one and remove the others.")
        {
            Files = Twins,
            Then = Moved(Twins, "d/X/", "d/x/"),
            Right = Of(row => $"{(row < 4 ? "x" : Label(row))}/{row:D2}.png", row => ["8x8", 20 * row], row => row < 4 ? "x" : Label(row)),
        },
        new("pictures in a format that is read", "d", $"; save them as PNG or JPEG")
        {
            Files = With(Files("d", row => $"x/{row:D2}.png", Grey), ("d/y/20.heic", [1])),
            Then = new()
            {
                ["d/y/20.heic"] = null,
                ["d/y/20.png"] = Grey(2),
                ["d/y/21.png"] = Grey(3),
            },
            Right =
            [
                .. Of(row => $"x/{row:D2}.png", row => ["8x8", 20 * row], _ => "x"),
                Line("y/20.png", ["8x8", 40], "y"),
                Line("y/21.png", ["8x8", 60], "y"),
            ],
        },
        new("a folder of unread pictures removed", "d", $", or remove the folder.")
        {
            Files = With(Classes, ("d/z/20.heic", [1])),
            Then = new() { ["d/z/20.heic"] = null },
            Right = RightClasses,
        },
        new("the path of one pair of parts", "d", $", expected one; give the path of a folder with one pair.")
        {
            Files = With(Parts("d/first_", Grey), [.. Parts("d/second_", Grey).Select(f => (f.Key, f.Value))]),
            Then = Moved(Parts("d/second_", Grey), "d/second_", "second/"),
            ThenPath = "second",
            Right = [.. Parted("test"), .. Parted("train").Skip(1)],
        },
        new(
            "class folders without a column",
            "d",
            $" has no table that names its pictures, and so nothing for {Setting.LabelColumn}; leave that out"
        )
        {
            Files = Classes,
            Asked = new() { LabelColumn = "kind" },
            Followed = new(),
            Right = RightClasses,
        },
        new("class folders with a table", "d", $"; leave that out, or give the table with {Setting.Labels}.")
        {
            Files = Classes,
            Asked = new() { LabelColumn = "kind" },
            Then = new() { ["l.csv"] = Lines("file,kind,other", row => $"{Label(row)}/{row:D2}.png,{Third(row)},z") },
            Followed = new() { LabelColumn = "kind", Labels = "l.csv" },
            Right = Of(row => $"{Label(row)}/{row:D2}.png", row => ["8x8", 20 * row], Third),
        },
        new(
            "the table and not the folders",
            "d",
            $" pictures another label than their folder; folders are taken, and {Setting.Labels} takes the table."
        )
        {
            Files = With(
                Classes,
                ("d/labels.csv", Lines("file,label", row => $"{Label(row)}/{row:D2}.png,{(row == 4 ? "y" : Label(row))}"))
            ),
            Followed = new() { Labels = "d/labels.csv" },
            Right = Of(row => $"{Label(row)}/{row:D2}.png", row => ["8x8", 20 * row], row => row == 4 ? "y" : Label(row)),
        },
        new("another column of a table of pictures", "d", $"; other labels are chosen with {Setting.LabelColumn}.")
        {
            Files = With(
                Files("d", row => $"{row:D2}.png", Grey),
                ("d/labels.csv", Lines("file,label,kind", row => $"{row:D2}.png,{Label(row)},{Third(row)}"))
            ),
            Followed = new() { LabelColumn = "kind" },
            Right = Of(row => $"{row:D2}.png", row => ["8x8", 20 * row], Third),
        },
        new(
            "which column of a table of pictures",
            "d",
            $", and which column holds their labels cannot be told; say it with {Setting.LabelColumn} ("
        )
        {
            Files = With(
                Files("d", row => $"{row:D2}.png", Grey),
                ("d/labels.csv", Lines("file,first,second", row => $"{row:D2}.png,{Label(row)},{Third(row)}"))
            ),
            Followed = new() { LabelColumn = "second" },
            Right = Of(row => $"{row:D2}.png", row => ["8x8", 20 * row], Third),
        },
        new("a table of pictures that is there", "d", $", which is named as {Setting.Labels}.")
        {
            Files = Files("d", row => $"{row:D2}.png", Grey),
            Asked = new() { Labels = "l.csv" },
            Then = new() { ["l.csv"] = Lines("file,label", row => $"{row:D2}.png,{Label(row)}") },
            Right = Of(row => $"{row:D2}.png", row => ["8x8", 20 * row], Label),
        },
    ];

    /// <summary>A picture of one grey for each row.</summary>
    public static byte[] Grey(int row) => PictureFiles.Plain(8, 8, new((byte)(20 * row), (byte)(20 * row), (byte)(20 * row)));

    /// <summary>A file a row.</summary>
    public static Dictionary<string, byte[]> Files(string folder, Func<int, FormattableString> name, Func<int, byte[]> content) =>
        Enumerable.Range(0, Count).ToDictionary(row => $"{folder}/{FormattableString.Invariant(name(row))}", content);

    /// <summary>The same files and others.</summary>
    public static Dictionary<string, byte[]> With(Dictionary<string, byte[]> files, params (string Path, byte[] Content)[] others)
    {
        var all = new Dictionary<string, byte[]>(files);
        foreach (var (path, content) in others)
        {
            all[path] = content;
        }

        return all;
    }

    /// <summary>The lines of examples that are files, in the order of their names.</summary>
    public static string[] Of(Func<int, FormattableString> name, Func<int, object[]> values, Func<int, string> label) =>
        [
            "",
            .. Enumerable
                .Range(0, Count)
                .Select(row => (Name: FormattableString.Invariant(name(row)), Row: row))
                .OrderBy(file => file.Name, StringComparer.Ordinal)
                .Select(file => Line(file.Name, values(file.Row), label(file.Row))),
        ];

    private static Dictionary<string, byte[]?> Moved(Dictionary<string, byte[]> files, string from, string to) =>
        files
            .Where(f => f.Key.StartsWith(from, StringComparison.Ordinal))
            .SelectMany(f => new[] { (f.Key, (byte[]?)null), (to + f.Key[from.Length..], f.Value) })
            .ToDictionary();

    private static Dictionary<string, byte[]> Parts(string folder, Func<int, byte[]> content) =>
        With(
            Files($"{folder}train", row => $"{Label(row)}/{row:D2}.png", content),
            [.. Files($"{folder}test", row => $"{Label(row)}/{row:D2}.png", content).Select(f => (f.Key, f.Value))]
        );

    private static string[] Parted(string part) => Of(row => $"{part}/{Label(row)}/{row:D2}.png", row => ["8x8", 20 * row], Label);

    private static byte[] Said(int row) => Encoding.UTF8.GetBytes(FormattableString.Invariant($"it says {row} in words"));

    private static string Third(int row) => row % 3 == 0 ? "fox" : "owl";
}
