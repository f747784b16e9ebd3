using System.Text.Json;

namespace Rote.Embeddings.Pictures;

/// <summary>Reads the preprocessing of pictures from a network's own files, with the keys of Hugging Face's
/// <c>preprocessor_config.json</c>: <c>image_mean</c>, <c>image_std</c>, <c>rescale_factor</c>, <c>size</c> and <c>crop_size</c>.</summary>
internal static class PreparationFile
{
    /// <summary>The file's name, beside the network.</summary>
    public const string Name = "preprocessor_config.json";

    private static readonly string[] Keys = ["image_mean", "image_std", "rescale_factor", "crop_size", "size"];

    /// <summary>Finds the preprocessing for a network.</summary>
    /// <param name="metadata">The network's metadata: the same keys, each with its value as JSON. It takes precedence over the
    /// file.</param>
    /// <param name="path">The network's file.</param>
    /// <param name="side">The only side that the network takes; null: any.</param>
    /// <returns>The preprocessing found; defaults where there is none.</returns>
    /// <exception cref="InputException">A value is not as expected.</exception>
    public static PicturePreparation Find(IReadOnlyDictionary<string, string> metadata, string path, int? side)
    {
        var beside = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, Name);
        var (where, values) =
            Keys.Any(metadata.ContainsKey)
                ? (
                    $"The metadata of {Path.GetFileName(path)}",
                    Keys.Where(metadata.ContainsKey).ToDictionary(k => k, k => Parse(metadata[k], path))
                )
            : File.Exists(beside) ? (beside, OfFile(beside))
            : ("", []);
        try
        {
            var preparation = new PicturePreparation { Side = side ?? SideOf(values) ?? PicturePreparation.UsualSide };
            if (values.TryGetValue("image_mean", out var mean))
            {
                preparation = preparation with { Mean = Numbers(mean) };
            }

            if (values.TryGetValue("image_std", out var deviation))
            {
                preparation = preparation with { Deviation = Numbers(deviation) };
            }

            return values.TryGetValue("rescale_factor", out var scale) ? preparation with { Scale = scale.GetDouble() } : preparation;
        }
        catch (Exception error) when (error is InvalidOperationException or FormatException)
        {
            throw new InputException(
                $"{where}: expected numbers for image_mean, image_std, rescale_factor, size and crop_size ({error.Message.TrimEnd('.')}).",
                error
            );
        }
    }

    private static double[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(value => value.GetDouble())];

    // crop_size is what the network sees; size is the length of the shorter side before the crop.
    private static int? SideOf(Dictionary<string, JsonElement> values) =>
        values.TryGetValue("crop_size", out var crop) ? SideOf(crop)
        : values.TryGetValue("size", out var size) ? SideOf(size)
        : null;

    private static int? SideOf(JsonElement size) =>
        size.ValueKind == JsonValueKind.Number ? size.GetInt32()
        : size.TryGetProperty("height", out var height) || size.TryGetProperty("shortest_edge", out height) ? height.GetInt32()
        : null;

    private static Dictionary<string, JsonElement> OfFile(string path)
    {
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new MachineException($"{path} cannot be read: {error.Message.TrimEnd('.')}.", error);
        }

        var root = Parse(text, path);
        return root.ValueKind == JsonValueKind.Object
            ? root.EnumerateObject()
                .Where(property => Keys.Contains(property.Name))
                .DistinctBy(p => p.Name)
                .ToDictionary(p => p.Name, p => p.Value)
            : throw new InputException($"{path} holds no JSON object; expected one as Hugging Face writes it.");
    }

    private static JsonElement Parse(string json, string path)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.Clone();
        }
        catch (JsonException error)
        {
            throw new InputException(
                $"{path}: what it says of its pictures is no JSON ({error.Message.Split('\n')[0].TrimEnd('.')}).",
                error
            );
        }
    }
}
