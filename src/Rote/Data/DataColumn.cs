using System.Text.Json.Serialization;
using Rote.Data.Texts;

namespace Rote.Data;

/// <summary>What a column of a table holds.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DataColumnKind>))]
public enum DataColumnKind
{
    /// <summary>Numbers; true and false are 1 and 0.</summary>
    [JsonStringEnumMemberName("number")]
    Number,

    /// <summary>One of a few values, which have no order.</summary>
    [JsonStringEnumMemberName("category")]
    Category,

    /// <summary>Days, with a time or without.</summary>
    [JsonStringEnumMemberName("date")]
    Date,

    /// <summary>A text, which is all that there is of an example.</summary>
    [JsonStringEnumMemberName("text")]
    Text,

    /// <summary>One of a fixed set of symbols, each as frequent as another: its features stay 0 and 1 and are not standardized.</summary>
    [JsonStringEnumMemberName("symbol")]
    Symbol,
}

/// <summary>A column of a table and the features that it becomes. It belongs to a network as its weights do: other rows are read
/// alike.</summary>
public sealed record DataColumn
{
    /// <summary>Values of a category at most: the most frequent ones.</summary>
    public const int MostValues = 100;

    /// <summary>Symbols of an alphabet at most.</summary>
    internal const int MostSymbols = 256;

    /// <summary>The column's name.</summary>
    public required string Name { get; init; }

    /// <summary>What it holds.</summary>
    public required DataColumnKind Kind { get; init; }

    /// <summary>For a category the values that have a feature each, in ordinal order; for a symbol the alphabet, in its own; else none. Any
    /// other value is none of them: all features are 0.</summary>
    /// <exception cref="InputException">There are more than 256, or one stands there twice.</exception>
    public IReadOnlyList<string> Values
    {
        get;
        init =>
            field =
                value.Count <= MostSymbols && value.All(v => v is not null) && value.Distinct(StringComparer.Ordinal).Count() == value.Count
                    ? value
                    : throw new InputException($"The column {Name} has {value.Count} values, expected at most {MostSymbols}, each once.");
    } = [];

    /// <summary>Whether rows without a value were there: they have a feature of their own, 1 where the value is missing.</summary>
    public bool HasGaps { get; init; }

    /// <summary>Number of features.</summary>
    [JsonIgnore]
    public int Features =>
        Kind switch
        {
            DataColumnKind.Text => HashedWords.Size,
            DataColumnKind.Category or DataColumnKind.Symbol => Values.Count,
            DataColumnKind.Date => DateParts.Count,
            _ => 1,
        } + (HasGaps ? 1 : 0);

    /// <summary>What each feature is called: <c>age</c>, <c>city=Oslo</c>, <c>age is missing</c>; numbers for the words of a text, which
    /// have no names.</summary>
    /// <returns>[D] names.</returns>
    public IReadOnlyList<string> FeatureNames() =>
        [
            .. Kind switch
            {
                DataColumnKind.Text => Enumerable.Range(0, HashedWords.Size).Select(i => $"{Name}[{i}]"),
                DataColumnKind.Category or DataColumnKind.Symbol => Values.Select(value => $"{Name}={value}"),
                DataColumnKind.Date => DateParts.Names.Select(part => $"{Name} ({part})"),
                _ => [Name],
            },
            .. HasGaps ? [$"{Name} is missing"] : Array.Empty<string>(),
        ];
}
