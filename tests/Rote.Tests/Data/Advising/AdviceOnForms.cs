using System.Buffers.Binary;
using Rote.Tests.Support;
using static Rote.Tests.Data.Advising.Advice;

namespace Rote.Tests.Data.Advising;

/// <summary>Advice on arrays and tables whose form leaves open what is meant.</summary>
internal static class AdviceOnForms
{
    private static readonly string[] Files = ["d/train.csv", "d/test.csv"];

    private static readonly Dictionary<string, byte[]> Both = Files.ToDictionary(
        file => file,
        _ => Lines("a,b", row => $"{A(row)},{B(row)}")
    );

    private static string[] UsualOfBoth => [.. Usual("train.csv"), .. Usual("test.csv").Skip(1)];

    public static Advice[] All { get; } =
    [
        new("labels in both files", "d", $" has files to train and to test; put the labels into a column of both.")
        {
            Files = new(Both) { ["l.txt"] = LabelLines() },
            Asked = new() { Labels = "l.txt" },
            Then = Files.ToDictionary(file => file, _ => (byte[]?)AdviceOnTables.Table()),
            Followed = new(),
            Right = UsualOfBoth,
        },
        new("the same columns in both files", "d", $" that other files of the data set lack; give them the same columns.")
        {
            Files = new()
            {
                ["d/train.csv"] = AdviceOnTables.Table(),
                ["d/test.csv"] = Lines("a,b,more,label", row => $"{A(row)},{B(row)},{row},{Label(row)}"),
            },
            Then = new() { ["d/test.csv"] = AdviceOnTables.Table() },
            Right = UsualOfBoth,
        },
        new("one of two kinds of tables", "d", $"), expected one kind; give the path of one.")
        {
            Files = new()
            {
                ["d/t.csv"] = AdviceOnTables.Table(),
                ["d/t.jsonl"] = Lines("", row => $"{{\"a\": {A(row)}, \"label\": \"{Label(row)}\"}}"),
            },
            ThenPath = "d/t.csv",
            Right = Usual(),
        },
        new("arrays with names", "a.npz", $"and their shapes do not say which are labels; name them: np.savez(file, x=x, y=y).")
        {
            Files = new() { ["a.npz"] = NpyFiles.Npz(false, ("arr_0.npy", X), ("arr_1.npy", X)) },
            Then = new() { ["a.npz"] = Npz(X, Y) },
            Right = Numbers(),
        },
        new("a value that is finite", "a.npz", $" in column 1 (both from 0); fill or remove such rows.")
        {
            Files = new() { ["a.npz"] = Npz(Floats(row => row == 3 ? double.NaN : B(row)), Y) },
            Then = new() { ["a.npz"] = Npz(X, Y) },
            Right = Numbers(),
        },
        new("one column of numbers as the label", "a.npz", $", expected one label an example, [N] or [N, 1]; keep one column, as y[:, 0].")
        {
            Files = new() { ["a.npz"] = Npz(X, Bytes(row => [(byte)(row % 2), (byte)(row % 5)])) },
            Then = new() { ["a.npz"] = Npz(X, Y) },
            Right = Numbers(),
        },
        new("examples with a label", "a.npz", $" has a label that is NaN, which is none; leave out examples without a label.")
        {
            Files = new() { ["a.npz"] = Npz(X, NpyFiles.Floats([.. Enumerable.Range(0, Count).Select(Gap)], Count, 1)) },
            Then = new()
            {
                ["a.npz"] = Npz(
                    NpyFiles.Floats([.. Labelled.SelectMany(row => new[] { (float)A(row), (float)B(row) })], Count - 1, 2),
                    NpyFiles.Labels([.. Labelled.Select(row => (long)row % 2)])
                ),
            },
            Right = ["", .. Labelled.Select((row, i) => Line($"a.npz[{i}]", [A(row), B(row)], $"{row % 2}"))],
        },
        new("arrays of one type", "a.npz", $", expected one scale; save all with the same type and scale.")
        {
            Files = new() { ["a.npz"] = Split(Wide(row => 100 * row), Pictures(row => (byte)(20 * row))) },
            Then = new() { ["a.npz"] = Split(Pictures(row => (byte)(20 * row)), Pictures(row => (byte)(20 * row))) },
            Right = PicturesOfBoth(),
        },
        new("values in the range", "a.npz", $"; undo the standardization, or remove the values that are out of range.")
        {
            Files = new() { ["a.npz"] = Npz(Shades(row => row == 5 ? 9000 : 20 * row), Y) },
            Then = new() { ["a.npz"] = Npz(Shades(row => 20 * row), Y) },
            Right = Rows("a.npz", "", row => ["2x2", 20 * row], row => $"{row % 2}"),
        },
        .. Lists("t.jsonl", Lines("", row => $"{{{V(row)}, \"w\": [{row}, 1], {L(row)}}}"), Lines("", row => $"{{{V(row)}, {L(row)}}}")),
        .. Lists("t.parquet", Parquet(both: true), Parquet(both: false)),
        new("the same kinds in both files", "d", $" holds another kind of values than in the first file; give all files the same columns.")
        {
            Files = new() { ["d/train.parquet"] = Parquet(both: false), ["d/test.parquet"] = Parquet(both: false, isText: true) },
            Then = new() { ["d/test.parquet"] = Parquet(both: false) },
            Right =
            [
                .. Rows("train.parquet", "", row => [A(row), B(row)], Label),
                .. Rows("test.parquet", "", row => [A(row), B(row)], Label).Skip(1),
            ],
        },
    ];

    private static byte[] X => Floats(B);

    private static byte[] Y => NpyFiles.Labels([.. Enumerable.Range(0, Count).Select(row => (long)row % 2)]);

    private static IEnumerable<int> Labelled => Enumerable.Range(0, Count).Where(row => !float.IsNaN(Gap(row)));

    /// <summary>A label, which one example lacks.</summary>
    private static float Gap(int row) => row == 3 ? float.NaN : row % 2;

    private static string[] Numbers() => Rows("a.npz", "", row => [A(row), B(row)], row => $"{row % 2}");

    /// <summary>One of two columns of lists is removed.</summary>
    private static Advice[] Lists(string file, byte[] both, byte[] one) =>
        [
            new($"one column of lists in {file}", file, $" has 2 columns of lists of numbers, v, w; leave one.")
            {
                Files = new() { [file] = both },
                Then = new() { [file] = one },
                Right = Rows(file, "", row => [A(row), B(row)], Label),
            },
        ];

    private static FormattableString V(int row) => $"\"v\": [{A(row)}, {B(row)}]";

    private static FormattableString L(int row) => $"\"label\": \"{Label(row)}\"";

    private static byte[] Parquet(bool both, bool isText = false) =>
        ParquetFiles.Write([
            isText
                ? ParquetFiles.Texts("v", [.. Enumerable.Range(0, Count).Select(row => $"it says {row} in words")])
                : ParquetFiles.Lists("v", [.. Enumerable.Range(0, Count).Select(row => new[] { (float)A(row), (float)B(row) })]),
            .. both
                ? [ParquetFiles.Lists("w", [.. Enumerable.Range(0, Count).Select(row => new float[] { row, 1 })])]
                : Array.Empty<ParquetFiles.Column>(),
            ParquetFiles.Texts("label", [.. Enumerable.Range(0, Count).Select(Label)]),
        ]);

    private static byte[] Npz(byte[] x, byte[] y) => NpyFiles.Npz(false, ("x.npy", x), ("y.npy", y));

    private static byte[] Split(byte[] train, byte[] test) =>
        NpyFiles.Npz(false, ("x_train.npy", train), ("y_train.npy", Y), ("x_test.npy", test), ("y_test.npy", Y));

    private static byte[] Floats(Func<int, double> second) =>
        NpyFiles.Array(
            "<f8",
            NpyFiles.Raw(
                [.. Enumerable.Range(0, Count).SelectMany(row => new[] { A(row), second(row) })],
                8,
                BinaryPrimitives.WriteDoubleLittleEndian
            ),
            Count,
            2
        );

    private static byte[] Bytes(Func<int, byte[]> values) => NpyFiles.Bytes([.. Enumerable.Range(0, Count).SelectMany(values)], Count, 2);

    private static byte[] Pictures(Func<int, byte> value) =>
        NpyFiles.Bytes([.. Enumerable.Range(0, 4 * Count).Select(i => value(i / 4))], Count, 2, 2);

    private static byte[] Shades(Func<int, float> value) =>
        NpyFiles.Floats([.. Enumerable.Range(0, 4 * Count).Select(i => value(i / 4))], Count, 2, 2);

    private static byte[] Wide(Func<int, int> value) =>
        NpyFiles.Array(
            "<u2",
            NpyFiles.Raw(
                [.. Enumerable.Range(0, 4 * Count).Select(i => (ushort)value(i / 4))],
                2,
                BinaryPrimitives.WriteUInt16LittleEndian
            ),
            Count,
            2,
            2
        );

    private static string[] PicturesOfBoth() =>
        [
            .. Rows("a.npz/x_train", "", row => ["2x2", 20 * row], row => $"{row % 2}"),
            .. Rows("a.npz/x_test", "", row => ["2x2", 20 * row], row => $"{row % 2}").Skip(1),
        ];
}
