using System.Buffers.Binary;
using System.Text;
using Rote.Data;
using Rote.Tests.Support;
using static Rote.Tests.Data.Advising.Advice;

namespace Rote.Tests.Data.Advising;

/// <summary>Advice on arrays of NumPy, and on files of labels.</summary>
internal static class AdviceOnArrays
{
    private const string Give = "is no table, and has no columns to choose from; give it without ";

    private static readonly Dictionary<string, byte[]> Pair = new() { ["a.npz"] = NpyFiles.Npz(false, ("x.npy", X), ("y.npy", Y)) };

    private static byte[] X =>
        NpyFiles.Array(
            "<f8",
            NpyFiles.Raw(
                [.. Enumerable.Range(0, Count).SelectMany(row => new[] { A(row), B(row) })],
                8,
                BinaryPrimitives.WriteDoubleLittleEndian
            ),
            Count,
            2
        );

    private static byte[] Y => Texts([.. Enumerable.Range(0, Count).Select(Label)]);

    public static Advice[] All { get; } =
    [
        .. new (Setting Setting, UserDataOptions Options)[]
        {
            (Setting.Ignore, new() { Ignore = ["a"] }),
            (Setting.Text, new() { Text = "a" }),
            (Setting.Categorical, new() { Categorical = ["a"] }),
        }.Select(choice => new Advice($"an array without {choice.Setting}", "a.npz", $"{Give}{choice.Setting}.")
        {
            Files = Pair,
            Asked = choice.Options,
            Followed = new(),
            Right = Vectors("a.npz"),
        }),
        new("an array without a column", "a.npz", $" holds arrays, and columns are of tables; give it without {Setting.LabelColumn}")
        {
            Files = Pair,
            Asked = new() { LabelColumn = "kind" },
            Followed = new(),
            Right = Vectors("a.npz"),
        },
        new("an array with a table of labels", "x.npy", $"; give it without {Setting.LabelColumn}, or a table with {Setting.Labels}.")
        {
            Files = new() { ["x.npy"] = X },
            Asked = new() { LabelColumn = "kind" },
            Then = new() { ["l.csv"] = Lines("id,kind,other", row => $"{row},{Label(row)},z") },
            Followed = new() { LabelColumn = "kind", Labels = "l.csv" },
            Right = Vectors("x.npy"),
        },
        new("a lone array with labels", "a.npz", $"; or give its labels with {Setting.Labels}.")
        {
            Files = new() { ["a.npz"] = NpyFiles.Npz(false, ("numbers.npy", X)), ["l.txt"] = LabelLines() },
            Followed = new() { Labels = "l.txt" },
            Right = Vectors("a.npz"),
        },
        new(
            "arrays with the usual names",
            "a.npz",
            $" expected images and labels; x and y; or x_train, y_train, x_test and y_test, to name only some"
        )
        {
            Files = new() { ["a.npz"] = NpyFiles.Npz(false, ("numbers.npy", X), ("kinds.npy", Y)) },
            Then = new() { ["a.npz"] = Pair["a.npz"] },
            Right = Vectors("a.npz"),
        },
        new("a file of an array with labels", "d/numbers.npy", $" holds no labels; give them with {Setting.Labels}")
        {
            Files = new() { ["d/numbers.npy"] = X, ["l.txt"] = LabelLines() },
            Followed = new() { Labels = "l.txt" },
            Right = Vectors("numbers.npy"),
        },
        new("labels beside an array", "d/numbers.npy", $"labels.npy if those beside it belong to it")
        {
            Files = new()
            {
                ["d/numbers.npy"] = X,
                ["d/labels.npy"] = Y,
                ["d/y.npy"] = Texts([.. Enumerable.Range(0, Count).Select(_ => "z")]),
            },
            Followed = new() { Labels = "d/labels.npy" },
            Right = Vectors("numbers.npy"),
        },
        new("one array for given labels", "a.npz", $" arrays, expected one, whose labels are given with {Setting.Labels}.")
        {
            Files = new() { ["a.npz"] = NpyFiles.Npz(false, ("x.npy", X), ("more.npy", X)), ["l.txt"] = LabelLines() },
            Asked = new() { Labels = "l.txt" },
            Then = new() { ["a.npz"] = NpyFiles.Npz(false, ("x.npy", X)) },
            Right = Vectors("a.npz"),
        },
        new("a file of labels that is there", "x.npy", $", which is named as {Setting.Labels}.")
        {
            Files = new() { ["x.npy"] = X },
            Asked = new() { Labels = "l.txt" },
            Then = new() { ["l.txt"] = LabelLines() },
            Right = Vectors("x.npy"),
        },
        new("labels as an array of their own", "x.npy", $"{Setting.Labels} is ")
        {
            Files = new() { ["x.npy"] = X, ["l.npz"] = NpyFiles.Npz(false, ("y.npy", Y), ("z.npy", Y)) },
            Asked = new() { Labels = "l.npz" },
            Then = new() { ["l.npy"] = Y },
            Followed = new() { Labels = "l.npy" },
            Right = Vectors("x.npy"),
        },
        new("labels as a column with a name", "x.npy", $", or a text with one label a line or columns with names.")
        {
            Files = new() { ["x.npy"] = X, ["l.npz"] = NpyFiles.Npz(false, ("y.npy", Y), ("z.npy", Y)) },
            Asked = new() { Labels = "l.npz" },
            Then = new() { ["l.csv"] = Lines("id,label", row => $"{row},{Label(row)}") },
            Followed = new() { Labels = "l.csv" },
            Right = Vectors("x.npy"),
        },
        new("an example without a class left out", "a.npz", $"; leave out examples without a class.")
        {
            Files = new()
            {
                ["a.npz"] = NpyFiles.Npz(
                    false,
                    ("x.npy", X),
                    ("y.npy", Texts([.. Enumerable.Range(0, Count).Select(row => row == 11 ? "" : Label(row))]))
                ),
            },
            Then = new()
            {
                ["a.npz"] = NpyFiles.Npz(
                    false,
                    (
                        "x.npy",
                        NpyFiles.Floats([.. Enumerable.Range(0, 11).SelectMany(row => new[] { (float)A(row), (float)B(row) })], 11, 2)
                    ),
                    ("y.npy", Texts([.. Enumerable.Range(0, 11).Select(Label)]))
                ),
            },
            Right = Vectors("a.npz", 11),
        },
        new("one column of several labels", "a.npz", $"; choose one column as the label.")
        {
            Files = new()
            {
                ["a.npz"] = NpyFiles.Npz(
                    false,
                    ("x.npy", X),
                    (
                        "y.npy",
                        NpyFiles.Bytes([.. Enumerable.Range(0, Count).SelectMany(row => new[] { (byte)(row % 2), (byte)1 })], Count, 2)
                    )
                ),
            },
            Then = new()
            {
                ["a.npz"] = NpyFiles.Npz(
                    false,
                    ("x.npy", X),
                    ("y.npy", NpyFiles.Labels([.. Enumerable.Range(0, Count).Select(row => (long)row % 2)]))
                ),
            },
            Right = Rows("a.npz", "", row => [A(row), B(row)], row => $"{row % 2}"),
        },
        new("one of two arrays of a name removed", "a.npz", $" twice (upper and lower case are the same); remove one.")
        {
            Files = new() { ["a.npz"] = NpyFiles.Npz(false, ("x.npy", X), ("X.npy", X), ("y.npy", Y)) },
            Then = new() { ["a.npz"] = Pair["a.npz"] },
            Right = Vectors("a.npz"),
        },
        new("pictures as they were", "a.npz", $"; save pictures as they were before they were standardized.")
        {
            Files = new() { ["a.npz"] = Pictures(row => (short)(row - 5), "<i2") },
            Then = new() { ["a.npz"] = Pictures(row => (short)(20 * row), "<i2") },
            Right = Rows("a.npz", "", row => ["2x2", 20 * row], Label),
        },
    ];

    private static string[] Vectors(string file, int count = Count) =>
        Rows(file, "", row => [A(row), B(row)], Label, Enumerable.Range(0, count));

    private static byte[] Texts(string[] texts) =>
        NpyFiles.Array("<U1", [.. texts.SelectMany(text => Encoding.UTF32.GetBytes(text.PadRight(1, '\0')))], texts.Length);

    private static byte[] Pictures(Func<int, short> value, string type) =>
        NpyFiles.Npz(
            false,
            (
                "x.npy",
                NpyFiles.Array(
                    type,
                    NpyFiles.Raw([.. Enumerable.Range(0, 4 * Count).Select(i => value(i / 4))], 2, BinaryPrimitives.WriteInt16LittleEndian),
                    Count,
                    2,
                    2
                )
            ),
            ("y.npy", Y)
        );
}
