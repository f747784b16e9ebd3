using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rote.Cli.Documents;

/// <summary>Values of an enumeration by their names: <c>notNeeded</c> for <c>NotNeeded</c>.</summary>
/// <typeparam name="T">The enumeration.</typeparam>
internal sealed class CamelCase<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase)
    where T : struct, Enum;
