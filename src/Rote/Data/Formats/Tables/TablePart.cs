using Rote.Data.Labels;

namespace Rote.Data.Formats.Tables;

/// <summary>What is read of the files of one part of a table.</summary>
/// <param name="Rows">The vectors.</param>
/// <param name="Labels">One label a row.</param>
/// <param name="LabelColumn">The column of labels; null where they are in a file of their own.</param>
/// <param name="FeatureNames">Names of the features; null where they are numbers of one list.</param>
/// <param name="Order">Names of the classes in the order of their numbers, where the file says them.</param>
/// <param name="LeftOut">Columns that could have been features and are not read.</param>
internal sealed record TablePart(
    TableRows Rows,
    LabelTexts Labels,
    string? LabelColumn,
    IReadOnlyList<string>? FeatureNames,
    IReadOnlyList<string>? Order,
    IReadOnlyList<string> LeftOut
);
