using System.Text.Json;

namespace Rote.Pages.Runs;

/// <summary>Reads files that others may be writing. Whatever a file contains, the worst result is that reading failed.</summary>
internal static class JsonFile
{
    private const int LongestText = 200;
    private const string HalfCharacter = "holds half a character";

    /// <summary>Reads a JSON object.</summary>
    /// <param name="path">The file.</param>
    /// <param name="longest">The most bytes to read.</param>
    /// <param name="problem">Why there is no object, in a few words; null where there is one.</param>
    /// <returns>Null where the file is missing, too long, cut, or not an object.</returns>
    public static JsonDocument? Read(string path, long longest, out string? problem)
    {
        try
        {
            var file = new FileInfo(path);
            if (!IsPlain(file))
            {
                problem = file.Exists ? "is empty or no plain file" : "is missing";
                return null;
            }

            if (file.Length > longest)
            {
                problem = $"has {file.Length:N0} bytes, expected at most {longest:N0}";
                return null;
            }

            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var document = JsonDocument.Parse(stream, new JsonDocumentOptions { MaxDepth = 64, AllowDuplicateProperties = false });
            problem =
                document.RootElement.ValueKind != JsonValueKind.Object ? "is no JSON object"
                : RoteJson.HasHalfCharacter(document.RootElement) ? HalfCharacter
                : null;
            if (problem is null)
            {
                return document;
            }

            document.Dispose();
        }
        catch (JsonException)
        {
            problem = "is not whole";
        }
        catch (InvalidOperationException)
        {
            problem = HalfCharacter; // in a name: the parser reads names to find duplicates
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            problem = "cannot be read";
        }

        return null;
    }

    /// <summary>Whether a file has content and is not a link. Something that is not a regular file, such as a pipe, has no length, and
    /// reading it would never end.</summary>
    public static bool IsPlain(FileInfo file) =>
        file is { Exists: true, Length: > 0 } && !file.Attributes.HasFlag(FileAttributes.ReparsePoint);

    /// <summary>Finds a member below an object by its path.</summary>
    public static JsonElement? At(JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
            {
                return null;
            }
        }

        return element;
    }

    /// <summary>Reads a finite number.</summary>
    public static double? Number(JsonElement element, params ReadOnlySpan<string> path) =>
        At(element, path) is { ValueKind: JsonValueKind.Number } found && found.TryGetDouble(out var value) && double.IsFinite(value)
            ? value
            : null;

    /// <summary>Reads a whole number.</summary>
    public static int? Whole(JsonElement element, params ReadOnlySpan<string> path) =>
        At(element, path) is { ValueKind: JsonValueKind.Number } found && found.TryGetInt32(out var value) ? value : null;

    /// <summary>Reads a text, cut where it is long.</summary>
    public static string? Text(JsonElement element, params ReadOnlySpan<string> path) =>
        At(element, path) is { ValueKind: JsonValueKind.String } found && found.GetString() is { } text
            ? Shortened.Beginning(text, LongestText)
            : null;
}
