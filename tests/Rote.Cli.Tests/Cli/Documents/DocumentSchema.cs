using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Rote.Corruptions;
using Rote.Networks;
using Rote.Training.Losses;
using Rote.Training.Optimizers;
using Rote.Training.Schedules;

namespace Rote.Tests.Cli.Documents;

/// <summary>Makes the JSON Schema of a command's document from the records that it is written from: names and types are the serializer's
/// own, descriptions are the records' comments. So none of them can say something else than the code.</summary>
internal sealed class DocumentSchema
{
    /// <summary>Families that an extension can add a kind to.</summary>
    private static readonly Type[] _open = [typeof(Corruption), typeof(Loss), typeof(NetworkSpec), typeof(Optimizer), typeof(Schedule)];

    /// <summary>Of every record in the document, by its name.</summary>
    private readonly SortedDictionary<string, (Type Type, JsonObject Schema)> _records = new(StringComparer.Ordinal);

    /// <summary>Parts that are no records: where the serializer's schema points back to one, it stands again.</summary>
    private readonly Dictionary<(Type, JsonPropertyInfo?), JsonObject> _parts = [];

    /// <summary>What has no comment.</summary>
    private readonly SortedSet<string> _unsaid = new(StringComparer.Ordinal);

    private readonly NullabilityInfoContext _nullability = new();

    private DocumentSchema() { }

    /// <summary>The schema's text.</summary>
    /// <param name="name">Its name, as <c>runs-list</c>.</param>
    /// <param name="command">The command, as <c>runs list</c>.</param>
    /// <param name="types">What the command prints, one of these.</param>
    public static string Of(string name, string command, IReadOnlyList<DocumentType> types)
    {
        var made = new DocumentSchema();
        JsonObject[] documents = [.. types.Select(type => made.Node(type).AsObject())];
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["$id"] = $"{name}.schema.json",
            ["$comment"] = "A member without a value is left out of the document: 'null' in a description means that.",
            ["title"] = $"rote {command} --json",
            ["description"] = string.Join(" Or: ", types.Select(made.Words)),
        };
        var body = documents is [var one] ? made.Inlined(one) : new JsonObject { ["anyOf"] = new JsonArray([.. documents]) };
        foreach (var (key, value) in body.Where(member => member.Key != "description"))
        {
            schema[key] = value?.DeepClone();
        }

        if (made._records.Count > 0)
        {
            schema["$defs"] = new JsonObject(
                made._records.Select(record => KeyValuePair.Create(record.Key, (JsonNode?)record.Value.Schema.DeepClone()))
            );
        }

        Assert.True(made._unsaid.Count == 0, $"Say what it means, its unit and range: {string.Join(", ", made._unsaid)}");
        return schema.ToJsonString(RoteJson.Options) + "\n";
    }

    private string Words(DocumentType type) =>
        type.Type.GetElementType() is { } item ? $"A list; each item: {Comment(item)}" : Comment(type.Type);

    /// <summary>What the code says of a type or a member.</summary>
    private string Comment(MemberInfo member)
    {
        var text = member is Type type ? DocComments.Of(type) : DocComments.Of(member);
        if (text.Length == 0)
        {
            _unsaid.Add($"{member.DeclaringType?.Name}.{member.Name}");
        }

        return text;
    }

    /// <summary>A single record stands at the top of the schema itself.</summary>
    private JsonObject Inlined(JsonObject document)
    {
        if (document["$ref"]?.GetValue<string>() is not { } reference)
        {
            return document;
        }

        var name = reference.Split('/')[^1];
        var schema = _records[name].Schema;
        _records.Remove(name);
        return schema;
    }

    private JsonNode Node(DocumentType type) =>
        type.Options.GetJsonSchemaAsNode(
            type.Type,
            new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Finish }
        );

    /// <summary>Called for every part of a schema, what is within before what it is within.</summary>
    private JsonNode Finish(JsonSchemaExporterContext context, JsonNode node)
    {
        var member = context.PropertyInfo;
        if (member is { Get: null })
        {
            return node; // a name that older files have; it is read and never written
        }

        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        var info = type == context.TypeInfo.Type ? context.TypeInfo : context.TypeInfo.Options.GetTypeInfo(type);
        if (info.Kind != JsonTypeInfoKind.Object && node is JsonObject pointer && pointer["$ref"] is not null)
        {
            return _parts[(context.TypeInfo.Type, member)].DeepClone();
        }

        var schema = node as JsonObject ?? Unknown(type, member);
        if (node is JsonObject && member is not null && IsLeftOut(member))
        {
            NotNull(schema);
        }

        if (
            info.Kind == JsonTypeInfoKind.Object
            && schema["$ref"]?.GetValue<string>().StartsWith("#/$defs/", StringComparison.Ordinal) != true
        )
        {
            schema = Record(info, schema);
        }

        var finished = member is null ? schema : Described(member, type, schema);
        _parts[(context.TypeInfo.Type, member)] = finished.DeepClone().AsObject();
        return finished;
    }

    /// <summary>What the serializer cannot tell of a type that is written in a way of its own.</summary>
    private JsonObject Unknown(Type type, JsonPropertyInfo? member) =>
        type == typeof(double) ? new JsonObject { ["type"] = new JsonArray("number", "null") } // of FeaturesFile
        : member?.AttributeProvider is PropertyInfo property && type == typeof(JsonElement)
            ? Node(DocumentTypes.Within[(property.DeclaringType!, property.Name)]).AsObject()
        : throw new InvalidOperationException($"Nothing is known of how {type} is written.");

    /// <summary>Puts a record among those of the document.</summary>
    /// <returns>What names it.</returns>
    private JsonObject Record(JsonTypeInfo info, JsonObject schema)
    {
        var name = info.Type.Name;
        if (schema["$ref"] is null)
        {
            NotNull(schema);
            var found = info.PolymorphismOptions is { DerivedTypes.Count: > 0 } ? Family(info, schema) : Closed(info, schema);
            if (!_records.TryAdd(name, (info.Type, found)))
            {
                var (type, earlier) = _records[name];
                Assert.True(
                    type == info.Type && JsonNode.DeepEquals(earlier, found),
                    $"{type} and {info.Type} have one name: {earlier} {found}"
                );
            }
        }

        return new JsonObject { ["$ref"] = $"#/$defs/{name}" };
    }

    /// <summary>A family of records, of which the member <c>kind</c> says which one it is.</summary>
    private JsonObject Family(JsonTypeInfo info, JsonObject schema)
    {
        var kinds = new JsonArray([.. schema["anyOf"]!.AsArray().Select(kind => kind!.DeepClone())]);
        if (_open.Contains(info.Type))
        {
            var known = info.PolymorphismOptions!.DerivedTypes.Select(kind => (JsonNode?)$"{kind.TypeDiscriminator}");
            kinds.Add(
                new JsonObject
                {
                    ["description"] = "A kind that an extension has added.",
                    ["type"] = "object",
                    ["properties"] = new JsonObject
                    {
                        ["kind"] = new JsonObject
                        {
                            ["description"] = "The name of the kind.",
                            ["type"] = "string",
                            ["not"] = new JsonObject { ["enum"] = new JsonArray([.. known]) },
                        },
                    },
                    ["required"] = new JsonArray("kind"),
                }
            );
        }

        return new JsonObject { ["description"] = Comment(info.Type), ["anyOf"] = kinds };
    }

    /// <summary>A record, which has these members and no others.</summary>
    private JsonObject Closed(JsonTypeInfo info, JsonObject schema)
    {
        var written = info.Properties.Where(member => member.Get is not null).ToArray();
        var found = schema["properties"]?.AsObject() ?? [];
        var members = new JsonObject();
        var required = new JsonArray();
        if (found["kind"]?["const"] is { } kind)
        {
            members["kind"] = new JsonObject { ["description"] = "Which kind it is.", ["const"] = kind.DeepClone() };
            required.Add("kind");
        }

        foreach (var member in written)
        {
            members[member.Name] = found[member.Name]!.DeepClone();
            if (!IsLeftOut(member))
            {
                required.Add(member.Name);
            }
        }

        return new JsonObject
        {
            ["description"] = Comment(info.Type),
            ["type"] = "object",
            ["properties"] = members,
            ["required"] = required,
            ["additionalProperties"] = false,
        };
    }

    /// <summary>Whether a member is left out where it has no value.</summary>
    private bool IsLeftOut(JsonPropertyInfo member)
    {
        var condition = (member.AttributeProvider as MemberInfo)?.GetCustomAttribute<JsonIgnoreAttribute>()?.Condition;
        return condition == JsonIgnoreCondition.WhenWritingDefault
            || Nullable.GetUnderlyingType(member.PropertyType) is not null
            || (member.AttributeProvider is PropertyInfo property && _nullability.Create(property).ReadState == NullabilityState.Nullable);
    }

    private JsonObject Described(JsonPropertyInfo member, Type type, JsonObject schema)
    {
        var property = (PropertyInfo)member.AttributeProvider!;
        var text = Comment(property);
        var described = new JsonObject { ["description"] = text };
        // A default is what is read where nothing stands; nothing is read here.
        foreach (var (key, value) in schema.Where(part => part.Key is not ("description" or "default")))
        {
            described[key] = value?.DeepClone();
        }

        if (property.GetCustomAttribute<AllowedValuesAttribute>() is { } allowed)
        {
            described["enum"] = new JsonArray([.. allowed.Values.Select(value => (JsonNode?)(string)value!)]);
        }

        if (described["enum"] is JsonArray names && type.IsEnum)
        {
            described["description"] = $"{text} {Meanings(type, names)}";
        }

        if (described["items"] is JsonObject items && HasNullItems(property))
        {
            items["type"] = new JsonArray(items["type"]!.DeepClone(), "null");
        }

        return described;
    }

    /// <summary>What each value of an enumeration means.</summary>
    private string Meanings(Type type, JsonArray names)
    {
        var fields = type.GetFields(BindingFlags.Public | BindingFlags.Static);
        Assert.Equal(fields.Length, names.Count);
        return string.Join(" ", fields.Zip(names, (field, name) => $"{name}: {Lower(Comment(field))}"));
    }

    private static string Lower(string sentence) =>
        sentence.Length < 2 || char.IsUpper(sentence[1]) ? sentence : char.ToLowerInvariant(sentence[0]) + sentence[1..];

    private bool HasNullItems(PropertyInfo property) =>
        _nullability.Create(property).GenericTypeArguments is [{ ReadState: NullabilityState.Nullable }]
        && Nullable.GetUnderlyingType(property.PropertyType.GenericTypeArguments[0]) is null;

    /// <summary>A value that is there is never null.</summary>
    private static void NotNull(JsonObject schema)
    {
        if (schema["type"] is JsonArray types)
        {
            string[] others = [.. types.Select(type => type!.GetValue<string>()).Where(type => type != "null")];
            schema["type"] = others is [var one] ? one : new JsonArray([.. others.Select(type => (JsonNode?)type)]);
        }

        if (schema["enum"] is JsonArray values && values.Any(value => value is null))
        {
            schema["enum"] = new JsonArray([.. values.Where(value => value is not null).Select(value => value!.DeepClone())]);
        }
    }
}
