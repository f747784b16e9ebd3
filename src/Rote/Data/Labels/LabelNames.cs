namespace Rote.Data.Labels;

/// <summary>What people call columns of labels: one place, so that choosing the labels and leaving other labels out go by the same
/// names.</summary>
internal static class LabelNames
{
    /// <summary>The names of the column that holds the labels where the user names none, the first that is there.</summary>
    public static IReadOnlyList<string> Default { get; } = ["label", "class", "target", "y"];

    private static readonly string[] Words = ["label", "labels", "class", "classes", "target", "targets"];

    /// <summary>Whether a column is called as labels are, alone or at the end: <c>label</c>, <c>fine_label</c>.</summary>
    /// <param name="name">Of a column, upper or lower case.</param>
    public static bool IsOne(string name) =>
        Words.Any(word =>
            name.Equals(word, StringComparison.OrdinalIgnoreCase) || name.EndsWith("_" + word, StringComparison.OrdinalIgnoreCase)
        );
}
