using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Rote.Data;

namespace Rote.Cli.Gate;

/// <summary>Suspects as SARIF 2.1.0 (OASIS Standard, 27 March 2020), which code hosts show beside the files.</summary>
/// <remarks>
/// An example that is a file of its own has its own address. A row of a table has the table's address and a logical location: its line in
/// the file is not known (a header, quoted line breaks), and a wrong line would be worse than none.
/// </remarks>
internal static class SarifFile
{
    private const string RuleId = "probably-wrong-label";

    /// <summary>The folder that code hosts take addresses from: the one that the command was called in.</summary>
    private const string Root = "%SRCROOT%";

    // Names are text: whatever they hold, the file is one that every reader of JSON reads.
    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, Encoder = JavaScriptEncoder.Default };

    /// <summary>The file's content.</summary>
    /// <param name="suspects">The suspects.</param>
    /// <param name="folder">The folder that addresses are taken from; null: the current one.</param>
    public static string Of(GateSuspects suspects, string? folder = null)
    {
        var root = folder ?? Directory.GetCurrentDirectory();
        var run = new JsonObject
        {
            ["tool"] = new JsonObject { ["driver"] = Driver() },
            ["columnKind"] = "utf16CodeUnits",
            ["results"] = new JsonArray([.. suspects.Suspects.Select(suspect => Result(suspect, suspects.Source, root))]),
            ["invocations"] = new JsonArray(
                new JsonObject
                {
                    ["executionSuccessful"] = true,
                    ["toolExecutionNotifications"] = new JsonArray(
                        new JsonObject { ["level"] = "note", ["message"] = Message(suspects.Count) }
                    ),
                }
            ),
        };
        var file = new JsonObject
        {
            ["$schema"] = "https://json.schemastore.org/sarif-2.1.0.json",
            ["version"] = "2.1.0",
            ["runs"] = new JsonArray(run),
        };
        return file.ToJsonString(Layout) + "\n";
    }

    private static JsonObject Driver() =>
        new()
        {
            ["name"] = "rote",
            ["semanticVersion"] =
                typeof(SarifFile).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0",
            ["rules"] = new JsonArray(
                new JsonObject
                {
                    ["id"] = RuleId,
                    ["name"] = "ProbablyWrongLabel",
                    ["shortDescription"] = Message("A label that is more likely wrong than right."),
                    ["fullDescription"] = Message(
                        "Networks that were not trained on the example, and what is seen of it in training, speak against its label. It is "
                            + "a suspicion: look at the example before you change it."
                    ),
                    ["defaultConfiguration"] = new JsonObject { ["level"] = "warning" },
                }
            ),
        };

    private static JsonObject Result(GateSuspect suspect, string? source, string root)
    {
        var location = new JsonObject();
        if (Address(suspect.Where, source, root) is { } address)
        {
            location["physicalLocation"] = new JsonObject { ["artifactLocation"] = address };
        }

        if (!Directory.Exists(source) || suspect.Where.Row is not null)
        {
            location["logicalLocations"] = new JsonArray(
                new JsonObject { ["fullyQualifiedName"] = Whole(suspect.Where.Name), ["kind"] = "element" }
            );
        }

        var result = new JsonObject
        {
            ["ruleId"] = RuleId,
            ["ruleIndex"] = 0,
            ["level"] = "warning",
            ["message"] = Message($"{suspect.Where.Name}: {suspect.Sentence}"),
            ["locations"] = new JsonArray(location),
            ["partialFingerprints"] = new JsonObject { ["exampleAndLabel/v1"] = Fingerprint(suspect) },
        };
        if (!double.IsNaN(suspect.Probability))
        {
            result["rank"] = Math.Round(100 * suspect.Probability, 2);
        }

        return result;
    }

    /// <summary>Relative to where the command was called if the file lies there, else absolute.</summary>
    private static JsonObject? Address(RowIdentity where, string? source, string root)
    {
        if (source is null)
        {
            return null;
        }

        // An example of a folder is a file in it; one of a file may be called by a name within it.
        var path = Directory.Exists(source) && where.File.Length > 0 ? InFolder(source, where.File) : source;
        var relative = Path.GetRelativePath(root, path);
        return relative.Split(Path.DirectorySeparatorChar)[0] is ".." || Path.IsPathRooted(relative)
            ? new JsonObject { ["uri"] = "file://" + Escaped(path) }
            : new JsonObject { ["uri"] = Escaped(relative), ["uriBaseId"] = Root };
    }

    /// <summary>Tables may lie in the one folder of a folder, and are called by their names there.</summary>
    private static string InFolder(string source, string file) =>
        Path.Combine(source, file) is var direct && !File.Exists(direct) && Directory.GetDirectories(source) is [var inner]
            ? Path.Combine(inner, file)
            : direct;

    private static string Escaped(string path) =>
        string.Join('/', path.Split(Path.DirectorySeparatorChar).Select(part => Uri.EscapeDataString(Whole(part))));

    /// <summary>A message as the standard wants it (3.11.5 and 3.11.6): brackets would be links and braces would be filled in.</summary>
    private static JsonObject Message(string text) =>
        new()
        {
            ["text"] = Whole(text)
                .Replace("\\", "\\\\", StringComparison.Ordinal)
                .Replace("[", "\\[", StringComparison.Ordinal)
                .Replace("]", "\\]", StringComparison.Ordinal)
                .Replace("{", "{{", StringComparison.Ordinal)
                .Replace("}", "}}", StringComparison.Ordinal),
        };

    /// <summary>The same finding keeps its mark, so that hosts recognize it.</summary>
    private static string Fingerprint(GateSuspect suspect) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{suspect.Where.Name}\0{suspect.Label}")));

    /// <summary>Half a surrogate pair is no text; it becomes the replacement character.</summary>
    private static string Whole(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
