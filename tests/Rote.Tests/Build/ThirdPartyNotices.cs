using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Rote.Tests.Support;

namespace Rote.Tests.Build;

/// <summary>A package that Rote's packages bring or need.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">The version of the lock files.</param>
internal sealed record UsedPackage(string Name, string Version);

/// <summary>Writes THIRD-PARTY-NOTICES.txt from what the restored packages say of themselves.</summary>
internal static class ThirdPartyNotices
{
    /// <summary>Larger files are not repeated: the command's packages carry them as they are, in <c>notices</c>.</summary>
    private const int LongestText = 30_000;

    /// <summary>Checks of the build; nothing of them is in a package.</summary>
    private static readonly string[] _ofTheBuild = ["Meziantou.Analyzer", "Microsoft.CodeAnalysis.BannedApiAnalyzers"];

    private static readonly string[] _projects = ["Rote", "Rote.Embeddings", "Rote.Pages", "Rote.Cli"];

    /// <summary>Where packages are restored to.</summary>
    public static string Cache { get; } =
        Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    /// <summary>What the projects of src use, by their lock files and downloads.</summary>
    public static IReadOnlyList<UsedPackage> Used() =>
        [
            .. _projects
                .SelectMany(project => Locked(project).Concat(Downloaded(project)))
                .Where(package => !_ofTheBuild.Contains(package.Name))
                .Distinct()
                .OrderBy(package => package.Name, StringComparer.OrdinalIgnoreCase),
        ];

    /// <summary>The file's text.</summary>
    public static string Text()
    {
        var text = new StringBuilder(
            """
            Third-party notices of Rote

            Rote's own code is under the MIT license (LICENSE). Its packages use the packages below, in these versions.
            Rote.Tool and the archive hold them; Rote and Rote.Embeddings name them, and your build fetches them.
            The archive also holds the .NET runtime (MIT, https://dot.net).
            Written from the packages' own metadata; a test compares (tests/Rote.Tests/Build/ThirdPartyNotices.cs).


            """
        );
        var longer = new Dictionary<string, string>(StringComparer.Ordinal);
        var texts = new List<(string Text, List<string> Of)>();
        foreach (var package in Used())
        {
            var folder = Path.Combine(Cache, package.Name.ToLowerInvariant(), package.Version);
            var metadata = XDocument.Load(Path.Combine(folder, $"{package.Name.ToLowerInvariant()}.nuspec")).Root!.Elements().First();
            string? Of(string name) => metadata.Elements().FirstOrDefault(e => e.Name.LocalName == name)?.Value.Trim();
            var license = metadata.Elements().FirstOrDefault(e => e.Name.LocalName == "license");
            var says = license?.Attribute("type")?.Value == "expression" ? license.Value : null;
            text.Append($"{package.Name} {package.Version}\n");
            text.Append($"    license    {says ?? (license is null ? Of("licenseUrl") : "its own, below")}\n");
            text.Append($"    copyright  {Line(Of("copyright") ?? Of("authors"))}\n");
            text.Append($"    from       {Of("projectUrl") ?? $"https://www.nuget.org/packages/{package.Name}"}\n");
            foreach (var file in Files(folder))
            {
                var name = Path.GetFileName(file);
                var words = Line(File.ReadAllText(file), keepLines: true);
                if (words.Length > LongestText)
                {
                    _ = longer.TryAdd(words, package.Name);
                    text.Append($"    notices    notices/{longer[words]}.txt, beside the program\n");
                    continue;
                }

                var same = texts.Find(known => known.Text == words);
                if (same.Of is null)
                {
                    texts.Add((words, [package.Name]));
                }
                else
                {
                    same.Of.Add(package.Name);
                }

                text.Append($"    {(name.Contains("NOTICE", StringComparison.OrdinalIgnoreCase) ? "notice   " : "text     ")}  below\n");
            }

            text.Append('\n');
        }

        foreach (var (words, of) in texts)
        {
            text.Append($"{new string('-', 80)}\n{string.Join(", ", of)}\n\n{words}\n\n");
        }

        return text.ToString();
    }

    /// <summary>The files of a package that speak of licences.</summary>
    private static IEnumerable<string> Files(string folder) =>
        Directory
            .GetFiles(folder)
            .Where(file =>
                Path.GetFileName(file) is var name
                && (
                    name.Contains("LICENSE", StringComparison.OrdinalIgnoreCase)
                    || name.Contains("NOTICE", StringComparison.OrdinalIgnoreCase)
                )
            )
            .Order(StringComparer.Ordinal);

    private static string Line(string? text, bool keepLines = false)
    {
        var lines = (text ?? "").ReplaceLineEndings("\n").TrimStart('\uFEFF').Split('\n').Select(line => line.TrimEnd());
        return keepLines ? string.Join('\n', lines).Trim('\n') : string.Join(' ', lines.Select(line => line.Trim()));
    }

    private static IEnumerable<UsedPackage> Locked(string project)
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "src", project, "packages.lock.json")));
        return
        [
            .. file
                .RootElement.GetProperty("dependencies")
                .EnumerateObject()
                .SelectMany(framework => framework.Value.EnumerateObject())
                .Where(entry => entry.Value.TryGetProperty("resolved", out _))
                .Select(entry => new UsedPackage(entry.Name, entry.Value.GetProperty("resolved").GetString()!)),
        ];
    }

    private static IEnumerable<UsedPackage> Downloaded(string project) =>
        XDocument
            .Load(Path.Combine(Repository.Root, "src", project, $"{project}.csproj"))
            .Descendants("PackageDownload")
            .Select(item => new UsedPackage(item.Attribute("Include")!.Value, item.Attribute("Version")!.Value.Trim('[', ']')));
}
