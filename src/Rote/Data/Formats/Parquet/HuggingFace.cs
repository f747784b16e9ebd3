using System.Text.Json;

namespace Rote.Data.Formats.Parquet;

/// <summary>Reads the class names that Hugging Face data sets store in a Parquet file's metadata.</summary>
/// <remarks>Key "huggingface": {"info": {"features": {"label": {"names": ["cat", "dog"], "_type": "ClassLabel"}}}} (docs of the library
/// datasets, "Features").</remarks>
internal static class HuggingFace
{
    /// <summary>The key of the metadata.</summary>
    public const string Key = "huggingface";

    private const int MostNames = 100_000;

    /// <summary>Finds the names.</summary>
    /// <param name="metadata">The metadata's text; null if there is none.</param>
    /// <param name="column">The column of labels.</param>
    /// <returns>One name per class number from 0; null if the metadata has no valid names.</returns>
    public static IReadOnlyList<string>? ClassNames(string? metadata, string column)
    {
        if (metadata is null)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(metadata);
            if (
                Member(Member(Member(document.RootElement, "info"), "features"), column) is { } feature
                && Member(feature, "names") is { ValueKind: JsonValueKind.Array } names
                && names.GetArrayLength() <= MostNames
            )
            {
                var found = names
                    .EnumerateArray()
                    .Where(n => n.ValueKind == JsonValueKind.String)
                    .Select(n => Labels.LabelTexts.Clean(n.GetString()!))
                    .ToArray();
                return found.Length == names.GetArrayLength() && found.Distinct(StringComparer.Ordinal).Count() == found.Length
                    ? found
                    : null;
            }

            return null;
        }
        catch (JsonException)
        {
            return null; // another program's text under that key
        }
    }

    private static JsonElement? Member(JsonElement? element, string name) =>
        element is { ValueKind: JsonValueKind.Object } parent && parent.TryGetProperty(name, out var found) ? found : null;
}
