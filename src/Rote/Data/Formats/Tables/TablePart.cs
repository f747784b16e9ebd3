using Rote.Data.Labels;
using Rote.Data.Texts;
using static TorchSharp.torch;

namespace Rote.Data.Formats.Tables;

/// <summary>The data read from the files of one part of a table.</summary>
/// <param name="Rows">The vectors.</param>
/// <param name="Labels">One label per row.</param>
/// <param name="LabelColumn">The column of labels; null if they are in a file of their own.</param>
/// <param name="FeatureNames">The names of the features; null if they are the items of one list.</param>
/// <param name="Order">The class names in the order of their numbers, if the file gives them.</param>
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
    /// <summary>The columns that the features were made of; null if all are numbers, and for lists.</summary>
    public IReadOnlyList<DataColumn>? Columns { get; init; }

    /// <summary>One text per row; null if the examples are not texts.</summary>
    public IReadOnlyList<string>? Texts { get; init; }

    /// <summary>Marks of the columns' reading in the checksum: other readings make other data.</summary>
    public IReadOnlyList<string> Marks { get; init; } = [];

    /// <summary>The number of features of an example.</summary>
    public int Features => Texts is null ? Rows.Features : HashedWords.Size;

    /// <summary>Returns all examples.</summary>
    /// <param name="token">Stops.</param>
    /// <returns>[N, D] float32 or float64 in the caller's scope.</returns>
    public Tensor ToTensor(CancellationToken token) => Texts is null ? Rows.ToTensor() : HashedWords.Of(Texts, token);
}
