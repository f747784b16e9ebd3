using System.Text.Json;
using System.Text.Json.Serialization;
using Rote.Features;
using Rote.Studies.Claims;

namespace Rote.Reports.Features;

/// <summary><c>features.json</c>: every number of a page of features, for programs.</summary>
public static class FeaturesFile
{
    /// <summary>The file's name.</summary>
    public const string Name = "features.json";

    /// <summary>The name of the page beside it.</summary>
    public const string PageName = "features.html";

    /// <summary>The default folder of both, below the run's folder.</summary>
    public const string DefaultFolder = "features";

    /// <summary>How the file is written.</summary>
    internal static readonly JsonSerializerOptions Numbers = new(RoteJson.Options)
    {
        Converters = { new FiniteNumbers(), new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    /// <summary>Returns the file's content.</summary>
    /// <param name="result">The measurement.</param>
    /// <param name="signs">The findings on the published signs.</param>
    /// <param name="command">The command that makes it again.</param>
    /// <returns>A JSON document; numbers that do not exist are null.</returns>
    public static string ToJson(FeaturesResult result, Ledger signs, string command) =>
        JsonSerializer.Serialize(
            new FeaturesDocument("rote-features-1", result, [.. signs.Findings.Select(finding => LedgerRow.Of(finding, command))]),
            Numbers
        ) + "\n";

    /// <summary>JSON has no NaN and no infinity.</summary>
    private sealed class FiniteNumbers : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Null ? double.NaN : reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
        {
            if (double.IsFinite(value))
            {
                writer.WriteNumberValue(value);
            }
            else
            {
                writer.WriteNullValue();
            }
        }
    }
}

/// <summary>What the layers of a network have become. Numbers that do not exist are null.</summary>
/// <param name="Format">Layout of the file.</param>
/// <param name="Features">What was measured.</param>
/// <param name="Signs">What was found of the published signs.</param>
internal sealed record FeaturesDocument(string Format, FeaturesResult Features, IReadOnlyList<LedgerRow> Signs);
