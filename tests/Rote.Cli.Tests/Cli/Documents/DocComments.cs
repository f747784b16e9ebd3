using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Rote.Tests.Cli.Documents;

/// <summary>What the code's own comments say of types and members: the compiler writes them beside each assembly.</summary>
internal static partial class DocComments
{
    private static readonly Dictionary<string, XElement> _members = new[] { "Rote.xml", "Rote.Cli.xml" }
        .SelectMany(file => XDocument.Load(Path.Combine(AppContext.BaseDirectory, file)).Descendants("member"))
        .Where(member => member.Attribute("name")!.Value.Contains(":Rote.", StringComparison.Ordinal))
        .ToDictionary(member => member.Attribute("name")!.Value, StringComparer.Ordinal);

    /// <summary>A type's summary; empty where it has none.</summary>
    public static string Of(Type type) => Summary($"T:{type.FullName!.Replace('+', '.')}");

    /// <summary>A property's or a field's summary; empty where it has none.</summary>
    public static string Of(MemberInfo member) =>
        Summary($"{(member is FieldInfo ? 'F' : 'P')}:{member.DeclaringType!.FullName!.Replace('+', '.')}.{member.Name}");

    private static string Summary(string id) => _members.GetValueOrDefault(id)?.Element("summary") is { } summary ? Plain(summary) : "";

    private static string Plain(XElement element) => Spaces().Replace(string.Concat(element.Nodes().Select(Plain)), " ").Trim();

    private static string Plain(XNode node) =>
        node switch
        {
            XText text => text.Value,
            XElement { Name.LocalName: "see" } see when see.Attribute("cref") is { } reference => Name(reference.Value),
            XElement { Name.LocalName: "see" } see => see.Attribute("langword")?.Value ?? see.Value,
            XElement { Name.LocalName: "paramref" } parameter => JsonNamingPolicy.CamelCase.ConvertName(parameter.Attribute("name")!.Value),
            XElement element => Plain(element),
            _ => "",
        };

    /// <summary>A member by the name that it has in JSON.</summary>
    private static string Name(string reference)
    {
        var name = reference.Split('(')[0].Split('.')[^1].Split('`')[0];
        return reference[0] == 'P' ? JsonNamingPolicy.CamelCase.ConvertName(name) : name;
    }

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Spaces();
}
