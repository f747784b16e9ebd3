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
            && hidden.GetArrayLength() > 0
            && JsonFile.Text(record, "network", "kind") == "mlp"
        )
        {
            string[] widths = [.. hidden.EnumerateArray().Select(width => width.GetRawText())];
            return widths.Distinct().Count() == 1 ? $"mlp-{widths.Length}x{widths[0]}" : $"mlp-{string.Join('-', widths)}";
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
