using System.Text.Json;

namespace Rote.Pages.Runs;

/// <summary>Describes an experiment in a list. Reads its JSON, so that kinds of an extension that is not loaded are shown too.</summary>
internal static class ExperimentWords
{
    /// <summary>Adds what the record contains.</summary>
    public static Item Describe(Item item, JsonElement record) =>
        item with
        {
            Data = JsonFile.Text(record, "data", "name"),
            Network = Network(record),
            Corruption = WithNumber(record, "corruption", "probability"),
            Control = JsonFile.Text(record, "control", "kind"),
            Asked = JsonFile.Number(record, "control", "target"),
            Seed =
                JsonFile.At(record, "seed") is { ValueKind: JsonValueKind.Number } seed && seed.TryGetInt64(out var value) ? value : null,
            Epochs = JsonFile.Whole(record, "recipe", "epochs"),
        };

    private static string? Network(JsonElement record)
    {
        if (
            JsonFile.At(record, "network", "hidden") is { ValueKind: JsonValueKind.Array } hidden
            && hidden.GetArrayLength() is > 0 and var layers
            && JsonFile.Text(record, "network", "kind") == "mlp"
        )
        {
            return $"mlp-{layers}x{hidden[0].GetRawText()}";
        }

        return WithNumber(record, "network", "width");
    }

    private static string? WithNumber(JsonElement record, string part, string number) =>
        JsonFile.Text(record, part, "kind") is { } kind
            ? JsonFile.Number(record, part, number) is { } value
                ? $"{kind} {value:0.###}"
                : kind
            : null;
}
