using System.Text.Json;

namespace Rote.Embeddings.Texts;

/// <summary>Reads how to use a network for texts from the files beside it, as sentence-transformers and Hugging Face write them:
/// <c>modules.json</c>, <c>1_Pooling/config.json</c>, <c>sentence_bert_config.json</c>, <c>tokenizer_config.json</c>, and <c>vocab.txt</c>,
/// which is required.</summary>
internal static class TextUseFiles
{
    private const int UsualPieces = 256;
    private const int FewestPieces = 8;
    private const int MostPieces = 512;

    /// <summary>Finds how to use a network. Defaults: the mean, at most 256 pieces, lower case, lengths as they come.</summary>
    /// <param name="path">The network's file.</param>
    /// <exception cref="InputException">A file is damaged.</exception>
    public static TextUse Find(string path)
    {
        var pooling = Value(path, Path.Combine("1_Pooling", "config.json"), "pooling_mode_cls_token");
        var length = Value(path, "sentence_bert_config.json", "max_seq_length") ?? Value(path, "tokenizer_config.json", "model_max_length");
        var isLower = Value(path, "sentence_bert_config.json", "do_lower_case") is { ValueKind: JsonValueKind.True }
            ? true
            : Value(path, "tokenizer_config.json", "do_lower_case") is not { ValueKind: JsonValueKind.False };
        return new TextUse(
            pooling is { ValueKind: JsonValueKind.True } ? Pooling.First : Pooling.Mean,
            Modules(path).Any(type => type.EndsWith(".Normalize", StringComparison.Ordinal)),
            length is { ValueKind: JsonValueKind.Number } number && number.TryGetDouble(out var pieces)
                ? (int)Math.Clamp(pieces, FewestPieces, MostPieces)
                : UsualPieces,
            isLower
        );
    }

    /// <summary>Reads the word pieces.</summary>
    /// <param name="path">The network's file.</param>
    /// <exception cref="InputException">There is no vocab.txt beside the network.</exception>
    /// <exception cref="MachineException">The file cannot be read.</exception>
    public static byte[] Vocabulary(string path)
    {
        var file = Beside(path, "vocab.txt");
        return File.Exists(file)
            ? Read(file)
            : throw new InputException($"{Path.GetFileName(path)} reads texts, and its word pieces are missing: there is no {file}.");
    }

    private static string Beside(string path, string name) => Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, name);

    /// <summary>The steps of sentence-transformers, by the names of their classes.</summary>
    private static IEnumerable<string> Modules(string path) =>
        Document(path, "modules.json") is { ValueKind: JsonValueKind.Array } steps
            ? steps
                .EnumerateArray()
                .Where(step => step.ValueKind == JsonValueKind.Object && step.TryGetProperty("type", out var type) && IsText(type))
                .Select(step => step.GetProperty("type").GetString()!)
            : [];

    private static bool IsText(JsonElement value) => value.ValueKind == JsonValueKind.String;

    private static JsonElement? Value(string path, string name, string key) =>
        Document(path, name) is { ValueKind: JsonValueKind.Object } members && members.TryGetProperty(key, out var value) ? value : null;

    private static JsonElement? Document(string path, string name)
    {
        var file = Beside(path, name);
        if (!File.Exists(file))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(Read(file));
            return document.RootElement.Clone();
        }
        catch (JsonException error)
        {
            throw new InputException($"{file} is no JSON ({error.Message.Split('\n')[0].TrimEnd('.')}).", error);
        }
    }

    private static byte[] Read(string file)
    {
        try
        {
            return File.ReadAllBytes(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new MachineException($"{file} cannot be read: {error.Message.TrimEnd('.')}.", error);
        }
    }
}
