using System.Text.RegularExpressions;

namespace Rote.Data.Labels;

/// <summary>Common names of label columns, in one place: choosing the label column and dropping other label columns use the same
/// names.</summary>
internal static partial class LabelNames
{
    /// <summary>The names of the default label column; the first that is present is used.</summary>
    public static IReadOnlyList<string> Default { get; } = ["label", "class", "target", "y"];

    /// <summary>Further names that hardly ever mean something else. A column called so is the label if none has a name of
    /// <see cref="Default"/>, wherever it stands.</summary>
    public static IReadOnlyList<string> Likely { get; } =
    [
        "labels",
        "classes",
        "targets",
        "label_name",
        "class_name",
        "target_name",
        "label_id",
        "class_id",
        "ground_truth",
        "y_true",
        "species",
        "survived",
        "diagnosis",
        "outcome",
        "sentiment",
        "attrition",
        "churn",
        "exited",
        "breed",
    ];

    /// <summary>Names of columns that say how much a row counts.</summary>
    public static IReadOnlyList<string> Weights { get; } = ["weight", "weights", "sample_weight", "sample_weights", "instance_weight"];

    /// <summary>Whether a column has a name for labels: <c>label</c>, <c>fine_label</c>, <c>label_id</c>, <c>y_true</c>.</summary>
    /// <param name="name">The column's name, in upper or lower case.</param>
    public static bool IsOne(string name) => Name().IsMatch(name);

    [GeneratedRegex(
        @"^((.+[_ .-])?(label|class|target)(s|es)?"
            + @"([_ .-](id|idx|index|code|name|num|number|str|text))?|(y|label)[_ .-]true|ground[_ .-]?truth)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Name();
}
