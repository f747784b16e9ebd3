using System.Text.Json;
using System.Text.Json.Nodes;

namespace Rote.Experiments;

/// <summary>A member of an experiment.</summary>
/// <param name="Path">As in <c>experiment.json</c>, with dots: <c>recipe.learningRate</c>.</param>
/// <param name="Value">Its value, as in the file but without quotes.</param>
public sealed record ExperimentField(string Path, string Value);

/// <summary>A member in which experiments differ.</summary>
/// <param name="Path">As in <c>experiment.json</c>, with dots.</param>
/// <param name="Values">One an experiment; null where it has no such member.</param>
public sealed record FieldDifference(string Path, IReadOnlyList<string?> Values);

/// <summary>The members of experiments, read from their JSON, so that a new member of the record needs no change here.</summary>
public static class ExperimentFields
{
    /// <summary>All members that have a value.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <returns>In the order of the record.</returns>
    public static IReadOnlyList<ExperimentField> Of(Experiment experiment) => [.. Leaves(ToJson(experiment), "")];

    /// <summary>The members that differ from their defaults, and those that have none.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <returns>In the order of the record.</returns>
    public static IReadOnlyList<ExperimentField> NotDefault(Experiment experiment)
    {
        var json = ToJson(experiment);
        return [.. Chosen(json, json, RoteJson.Canonical(experiment), "")];
    }

    /// <summary>The members in which experiments differ.</summary>
    /// <param name="experiments">The experiments.</param>
    /// <returns>In the order of the record; empty for equal ones.</returns>
    public static IReadOnlyList<FieldDifference> Differences(IReadOnlyList<Experiment> experiments) =>
        DifferencesOf([.. experiments.Select(ToJson)]);

    /// <summary>The members in which records differ, whatever kinds they name: those of an extension that is not loaded too.</summary>
    /// <param name="records">The JSON of each experiment, in which no name stands twice; empty for one that cannot be read.</param>
    /// <returns>In the order of the record; empty for equal ones.</returns>
    public static IReadOnlyList<FieldDifference> DifferencesOf(IReadOnlyList<JsonObject> records)
    {
        var fields = records
            .Select(record => Leaves(record, "").DistinctBy(field => field.Path).ToDictionary(field => field.Path, field => field.Value))
            .ToArray();
        var paths = fields.SelectMany(field => field.Keys).Distinct().ToArray();
        var groups = paths.Select(Parent).Distinct().ToArray();
        return
        [
            .. paths
                .Select(path => new FieldDifference(path, [.. fields.Select(field => field.GetValueOrDefault(path))]))
                .Where(difference => difference.Values.Distinct().Count() > 1)
                .OrderBy(difference => Array.IndexOf(groups, Parent(difference.Path))),
        ];
    }

    private static JsonObject ToJson(Experiment experiment) => JsonSerializer.SerializeToNode(experiment, RoteJson.LineOptions)!.AsObject();

    private static string Parent(string path) => path[..Math.Max(path.LastIndexOf('.'), 0)];

    private static IEnumerable<ExperimentField> Leaves(JsonNode? node, string path) =>
        node switch
        {
            JsonObject members => members.SelectMany(member => Leaves(member.Value, Join(path, member.Key))),
            null => [],
            _ => [new ExperimentField(path, Text(node))],
        };

    /// <summary>A member is chosen if the experiment without it is another one, or none.</summary>
    private static IEnumerable<ExperimentField> Chosen(JsonObject root, JsonObject node, string canonical, string path)
    {
        foreach (var (name, value) in node.ToArray())
        {
            node.Remove(name);
            var isDefault = Reads(root) == canonical;
            node.Add(name, value);
            if (!isDefault)
            {
                // Of a part that is not the default as a whole, members that are its kind's defaults may still be left out.
                var below = value is JsonObject part ? Chosen(root, part, canonical, Join(path, name)) : Leaves(value, Join(path, name));
                foreach (var field in below)
                {
                    yield return field;
                }
            }
        }
    }

    private static string? Reads(JsonObject json)
    {
        try
        {
            return RoteJson.Canonical(json.Deserialize<Experiment>(RoteJson.LineOptions));
        }
        catch (Exception error) when (error is JsonException or NotSupportedException or InputException)
        {
            return null;
        }
    }

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private static string Text(JsonNode node) =>
        node switch
        {
            JsonArray items => $"[{string.Join(", ", items.Select(item => item is null ? "null" : Text(item)))}]",
            JsonValue value when value.TryGetValue(out string? text) => text,
            _ => node.ToJsonString(RoteJson.LineOptions),
        };
}
