using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Rote.Foundation;

/// <summary>Converts records to JSON and back, in one place, so that every file of a run reads the same way.</summary>
public static class RoteJson
{
    private static readonly Lock Gate = new();
    private static volatile Settings _settings = new([]);

    private static readonly Lazy<HashSet<string>> BuiltIn = new(() =>
        [
            .. typeof(RoteJson)
                .Assembly.GetTypes()
                .SelectMany(type => type.GetCustomAttributes<JsonDerivedTypeAttribute>(inherit: false))
                .Select(member => $"{member.TypeDiscriminator}"),
        ]
    );

    /// <summary>camelCase names, indented; refuses unknown or duplicate members and missing values; numbers round-trip exactly.</summary>
    public static JsonSerializerOptions Options => _settings.Indented;

    /// <summary>The same on one line.</summary>
    public static JsonSerializerOptions LineOptions => _settings.Line;

    /// <summary>The canonical form that an identity is computed from: members sorted by ordinal name, no white space, no nulls.</summary>
    /// <typeparam name="T">The record's type.</typeparam>
    /// <param name="value">The record.</param>
    /// <returns>Equal text for equal records, on every machine.</returns>
    public static string Canonical<T>(T value) => Sorted(JsonSerializer.SerializeToNode(value, LineOptions))!.ToJsonString(LineOptions);

    /// <summary>Whether a text or name has half of a surrogate pair alone. JSON allows it as <c>\ud800</c>, and reading such a text
    /// throws.</summary>
    /// <param name="element">What a file holds.</param>
    public static bool HasHalfCharacter(JsonElement element)
    {
        try
        {
            return element.ValueKind switch
            {
                JsonValueKind.Object => element.EnumerateObject().Any(member => member.Name is null || HasHalfCharacter(member.Value)),
                JsonValueKind.Array => element.EnumerateArray().Any(HasHalfCharacter),
                JsonValueKind.String => element.GetString() is null,
                _ => false,
            };
        }
        catch (InvalidOperationException)
        {
            return true;
        }
    }

    /// <summary>Adds a record of another assembly to a family of records; files that name its kind can be read from then on.</summary>
    /// <remarks>Once is enough; more changes nothing.</remarks>
    /// <param name="family">The abstract record.</param>
    /// <param name="member">The record.</param>
    /// <param name="kind">Its name in files.</param>
    internal static void AddKind(Type family, Type member, string kind)
    {
        lock (Gate)
        {
            if (
                !_settings.Kinds.Any(known =>
                    known.Family == family && known.Member.DerivedType == member && kind.Equals(known.Member.TypeDiscriminator)
                )
            )
            {
                _settings = new Settings([.. _settings.Kinds, (family, new JsonDerivedType(member, kind))]);
            }
        }
    }

    /// <summary>The first kind in a document that is neither built in nor added: its writer knows more than this process.</summary>
    /// <param name="element">Of a file that records of families stand in.</param>
    /// <returns>Null where all are known.</returns>
    internal static string? UnknownKind(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Object => element
                .EnumerateObject()
                .Select(member =>
                    member.Name == "kind" && member.Value.ValueKind == JsonValueKind.String && !IsKnown(member.Value.GetString()!)
                        ? member.Value.GetString()
                        : UnknownKind(member.Value)
                )
                .FirstOrDefault(kind => kind is not null),
            JsonValueKind.Array => element.EnumerateArray().Select(UnknownKind).FirstOrDefault(kind => kind is not null),
            _ => null,
        };

    private static bool IsKnown(string kind) =>
        BuiltIn.Value.Contains(kind) || _settings.Kinds.Any(known => kind.Equals(known.Member.TypeDiscriminator));

    private static JsonNode? Sorted(JsonNode? node) =>
        node switch
        {
            JsonObject members => new JsonObject(
                members
                    .Where(m => m.Value is not null)
                    .OrderBy(m => m.Key, StringComparer.Ordinal)
                    .Select(m => KeyValuePair.Create(m.Key, Sorted(m.Value)))
            ),
            JsonArray items => new JsonArray([.. items.Select(Sorted)]),
            _ => node?.DeepClone(),
        };

    /// <summary>Options that know the kinds given and no others.</summary>
    /// <param name="indented">Whether a document has several lines.</param>
    /// <param name="kinds">Members that other assemblies have added to families.</param>
    internal static JsonSerializerOptions Create(bool indented, IReadOnlyList<(Type Family, JsonDerivedType Member)> kinds)
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            AllowOutOfOrderMetadataProperties = true,
            RespectNullableAnnotations = true,
            AllowDuplicateProperties = false,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            WriteIndented = indented,
            NewLine = "\n",
            TypeInfoResolver = new DefaultJsonTypeInfoResolver
            {
                Modifiers = { AddKinds, LetNullsBeAbsent, PassFormerMembers, ReadFormerNames },
            },
        };
        options.MakeReadOnly();
        return options;

        void AddKinds(JsonTypeInfo info)
        {
            foreach (var (_, member) in kinds.Where(kind => kind.Family == info.Type))
            {
                info.PolymorphismOptions!.DerivedTypes.Add(member);
            }
        }
    }

    /// <summary>Lets a member that is null be absent: nulls are not written, so demanding one would make a record that cannot be read
    /// again.</summary>
    private static void LetNullsBeAbsent(JsonTypeInfo info)
    {
        foreach (var member in info.Properties.Where(member => member.IsRequired && member.IsSetNullable))
        {
            member.IsRequired = false;
        }
    }

    /// <summary>Lets a record be read from files with members that it no longer has.</summary>
    private static void PassFormerMembers(JsonTypeInfo info)
    {
        if (info.Kind != JsonTypeInfoKind.Object)
        {
            return;
        }

        foreach (var former in info.Type.GetCustomAttributes<FormerMemberAttribute>())
        {
            var member = info.CreateJsonPropertyInfo(typeof(JsonElement), former.Name);
            member.Set = (_, _) => { };
            info.Properties.Add(member);
        }
    }

    /// <summary>Lets members be read by their names in older files.</summary>
    private static void ReadFormerNames(JsonTypeInfo info)
    {
        if (info.Kind != JsonTypeInfoKind.Object)
        {
            return;
        }

        foreach (var member in info.Properties.ToArray())
        {
            if (member.AttributeProvider?.GetCustomAttributes(typeof(FormerNameAttribute), false) is not [FormerNameAttribute former])
            {
                continue;
            }

            // Required under either name, but the serializer knows only one.
            var seen = member.IsRequired ? new ConditionalWeakTable<object, object>() : null;
            var older = info.CreateJsonPropertyInfo(member.PropertyType, former.Name);
            var set = member.Set!;
            member.IsRequired = false;
            member.Set = older.Set = (record, value) =>
            {
                if (seen?.TryAdd(record, record) == false)
                {
                    throw new JsonException($"'{member.Name}' is there twice, once as '{former.Name}'.");
                }

                set(record, value);
            };
            info.Properties.Add(older);
            if (seen is not null)
            {
                var after = info.OnDeserialized;
                info.OnDeserialized = record =>
                {
                    if (!seen.Remove(record))
                    {
                        throw new JsonException($"'{member.Name}' is missing.");
                    }

                    after?.Invoke(record);
                };
            }
        }
    }

    // A serializer caches what it knows of a type: kinds added later need a new one.
    private sealed record Settings(IReadOnlyList<(Type Family, JsonDerivedType Member)> Kinds)
    {
        public JsonSerializerOptions Indented { get; } = Create(indented: true, Kinds);

        public JsonSerializerOptions Line { get; } = Create(indented: false, Kinds);
    }
}
