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

    /// <summary>Dates, with or without a time of day.</summary>
    [JsonStringEnumMemberName("date")]
    Date,

    /// <summary>A text; nothing else is read of the example.</summary>
    [JsonStringEnumMemberName("text")]
    Text,

    /// <summary>One of a fixed set of equally frequent symbols; its features stay 0 and 1 and are not standardized.</summary>
    [JsonStringEnumMemberName("symbol")]
    Symbol,
}

/// <summary>A column of a table and its features. It is part of a trained network, which reads other rows in the same way.</summary>
public sealed record DataColumn
{
    /// <summary>The most values of a category that get a feature: the most frequent ones.</summary>
    public const int MostValues = 100;

    /// <summary>The most symbols of an alphabet.</summary>
    internal const int MostSymbols = 256;

    /// <summary>The column's name.</summary>
    public required string Name { get; init; }

    /// <summary>What it holds.</summary>
    public required DataColumnKind Kind { get; init; }

    /// <summary>The values with one feature each: of a category in ordinal order, of a symbol in alphabet order; else none. Any other value
    /// gives only zeros.</summary>
    /// <exception cref="InputException">There are more than 256 values, or one is repeated.</exception>
    public IReadOnlyList<string> Values
    {
        get;
        init =>
            field =
                value.Count <= MostSymbols && value.All(v => v is not null) && value.Distinct(StringComparer.Ordinal).Count() == value.Count
                    ? value
                    : throw new InputException($"The column {Name} has {value.Count} values, expected at most {MostSymbols}, each once.");
    } = [];

    /// <summary>Whether some rows had no value; one more feature is then 1 where the value is missing.</summary>
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

    /// <summary>The features' names: <c>age</c>, <c>city=Oslo</c>, <c>age is missing</c>; numbers for the words of a text.</summary>
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
