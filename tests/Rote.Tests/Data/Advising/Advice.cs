using System.Text;
using Rote.Data;

namespace Rote.Tests.Data.Advising;

/// <summary>Data that gets a message with advice, and what is read of it once somebody has done what the message says.</summary>
/// <param name="Name">What is recommended.</param>
/// <param name="Path">The data, below the folder of the files.</param>
/// <param name="Message">A part of the message, with the advice.</param>
internal sealed record Advice(string Name, string Path, Sentence Message)
{
    /// <summary>The number of examples in the usual files here.</summary>
    public const int Count = 12;

    /// <summary>The files that get the message, by their paths.</summary>
    public required Dictionary<string, byte[]> Files { get; init; }

    /// <summary>The options that get the message; the file of labels is named below the folder.</summary>
    public UserDataOptions Asked { get; init; } = new();

    /// <summary>The files that the advice makes; null removes one.</summary>
    public Dictionary<string, byte[]?> Then { get; init; } = [];

    /// <summary>The path that the advice names; null: the same.</summary>
    public string? ThenPath { get; init; }

    /// <summary>The options that the advice names; null: the same.</summary>
    public UserDataOptions? Followed { get; init; }

    /// <summary>The names of the features and then every example with its values and label, as <see cref="Rows"/> writes them.</summary>
    public required string[] Right { get; init; }

    /// <summary>A feature of the usual examples.</summary>
    public static double A(int row) => (row * row) + 0.5;

    /// <summary>Another one, of five values.</summary>
    public static double B(int row) => row * 7 % 5;

    /// <summary>The label of the usual examples.</summary>
    public static string Label(int row) => row % 2 == 0 ? "x" : "y";

    /// <summary>The lines of the usual examples: the features a and b, and the labels x and y.</summary>
    public static string[] Usual(string file = "t.csv") => Rows(file, "a, b", row => [A(row), B(row)], Label);

    /// <summary>The lines of examples.</summary>
    /// <param name="file">The file whose rows they are.</param>
    /// <param name="features">The names of the features; empty if they have none.</param>
    /// <param name="values">The values of a row, or its text.</param>
    /// <param name="label">The label of a row.</param>
    /// <param name="rows">The rows; null: as many as are usual.</param>
    public static string[] Rows(
        string file,
        string features,
        Func<int, object[]> values,
        Func<int, string> label,
        IEnumerable<int>? rows = null
    ) => [features, .. (rows ?? Enumerable.Range(0, Count)).Select(row => Line($"{file}[{row}]", values(row), label(row)))];

    /// <summary>The line of an example.</summary>
    public static string Line(string name, IEnumerable<object> values, string label) =>
        FormattableString.Invariant($"{name}: {string.Join(" ", values.Select(v => FormattableString.Invariant($"{v}")))} -> {label}");

    /// <summary>A text of lines.</summary>
    /// <param name="head">The first; empty: none.</param>
    /// <param name="line">Every other.</param>
    /// <param name="rows">How many others.</param>
    public static byte[] Lines(string head, Func<int, FormattableString> line, int rows = Count) =>
        Encoding.UTF8.GetBytes(
            (head.Length > 0 ? head + "\n" : "")
                + string.Concat(Enumerable.Range(0, rows).Select(row => FormattableString.Invariant(line(row)) + "\n"))
        );

    /// <summary>The labels of the usual examples, one a line.</summary>
    public static byte[] LabelLines() => Lines("", row => $"{Label(row)}");

    /// <summary>The name, which a list of tests shows.</summary>
    public override string ToString() => Name;
}
