using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Linq;

namespace Rote.Benchmarks.Evidence;

/// <summary>A file of evidence, read.</summary>
internal static class EvidenceFile
{
    /// <summary>Whether a file is there to its end: JSON that is an object, SVG that is XML.</summary>
    /// <param name="path">The file.</param>
    public static bool IsWhole(string path)
    {
        try
        {
            return Path.GetExtension(path) == ".svg" ? XDocument.Load(path).Root is not null : Read(path) is not null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InputException or XmlException)
        {
            return false;
        }
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputException">It is missing, or no JSON object.</exception>
    public static JsonObject Read(string path)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllText(path)) as JsonObject
                ?? throw new InputException($"{path} is no JSON object; make it again with bench/run evidence.");
        }
        catch (Exception error) when (error is IOException or JsonException)
        {
            throw new InputException($"{path} cannot be read ({error.Message}); make it again with bench/run evidence.", error);
        }
    }
}
