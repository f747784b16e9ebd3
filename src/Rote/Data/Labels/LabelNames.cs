namespace Rote.Data.Labels;

/// <summary>Common names of label columns, in one place: choosing the label column and dropping other label columns use the same
/// names.</summary>
internal static class LabelNames
{
    /// <summary>The names of the default label column; the first that is present is used.</summary>
    public static IReadOnlyList<string> Default { get; } = ["label", "class", "target", "y"];

    private static readonly string[] Words = ["label", "labels", "class", "classes", "target", "targets"];

    /// <summary>Whether a column has a name for labels, as a whole or at its end: <c>label</c>, <c>fine_label</c>.</summary>
    /// <param name="name">The column's name, in upper or lower case.</param>
    public static bool IsOne(string name) =>
        Words.Any(word =>
            name.Equals(word, StringComparison.OrdinalIgnoreCase) || name.EndsWith("_" + word, StringComparison.OrdinalIgnoreCase)
        );
}
