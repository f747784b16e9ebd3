using Rote.Data.Labels;
using Rote.Data.Texts;
using static TorchSharp.torch;

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
)
{
    /// <summary>The columns that the features were made of; null where all are numbers, and for lists.</summary>
    public IReadOnlyList<DataColumn>? Columns { get; init; }

    /// <summary>One text a row; null where the examples are no texts.</summary>
    public IReadOnlyList<string>? Texts { get; init; }

    /// <summary>What the checksum has of the way the columns are read: other readings make other data.</summary>
    public IReadOnlyList<string> Marks { get; init; } = [];

    /// <summary>Features of an example.</summary>
    public int Features => Texts is null ? Rows.Features : HashedWords.Size;

    /// <summary>All examples.</summary>
    /// <param name="token">Stops.</param>
    /// <returns>[N, D] float32 or float64 in the caller's scope.</returns>
    public Tensor ToTensor(CancellationToken token) => Texts is null ? Rows.ToTensor() : HashedWords.Of(Texts, token);
}
