using System.Text.Json.Serialization;

namespace Rote.Audits.Shown;

/// <summary>What of a user's own is shown of examples beside what networks see: columns, names and pictures.</summary>
/// <remarks>For eyes only: no identity and no result depends on it.</remarks>
public sealed record ShownSettings
{
    /// <summary>Columns of the data's tables, also such as are no features; an entry may name several, with commas between. Null:
    /// none.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>The file with a name or a text for each example, in the order of the examples. Null: none.</summary>
    public string? Names { get; init; }

    /// <summary>The column of <see cref="Names"/> that holds them; null where the file has lines, or one column.</summary>
    public string? NamesColumn { get; init; }

    /// <summary>A folder of pictures, or an .npy array with a picture for each example. Null: none.</summary>
    public string? Images { get; init; }

    /// <summary>Whether nothing is asked for.</summary>
    [JsonIgnore]
    public bool IsEmpty => (Columns, Names, Images) == (null, null, null);

    /// <summary>The same with absolute paths.</summary>
    public ShownSettings AtFullPaths() =>
        this with
        {
            Names = Names is null ? null : Path.GetFullPath(Names),
            Images = Images is null ? null : Path.GetFullPath(Images),
        };

    /// <summary>A file, and the column of it where one is named.</summary>
    /// <param name="typed"><c>FILE</c> or <c>FILE:COLUMN</c>; a file that is there wins.</param>
    public static (string File, string? Column) FileAndColumn(string typed) =>
        !File.Exists(typed) && typed.LastIndexOf(':') is > 0 and var colon && colon < typed.Length - 1
            ? (typed[..colon], typed[(colon + 1)..])
            : (typed, null);
}
