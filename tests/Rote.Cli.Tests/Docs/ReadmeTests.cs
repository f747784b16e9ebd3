using System.Text.RegularExpressions;
using Rote.Tests.Support;

namespace Rote.Tests.Docs;

/// <summary>What README and the pages lead to is there.</summary>
public sealed partial class ReadmeTests
{
    private static string Rooms => File.ReadAllText(Path.Combine(Repository.Root, "docs", "explanation", "architecture.md"));

    [Fact]
    public void Every_room_of_the_table_is_a_folder_and_every_file_to_read_first_is_in_it()
    {
        var rooms = Room()
            .Matches(Rooms)
            .Select(match => (Folder: match.Groups["folder"].Value, Files: match.Groups["files"].Value))
            .ToArray();
        Assert.Equal(
            Directory.GetDirectories(Path.Combine(Repository.Root, "src", "Rote")).Select(Path.GetFileName).Order(StringComparer.Ordinal),
            rooms.Select(room => room.Folder).Order(StringComparer.Ordinal)
        );
        Assert.All(
            rooms.SelectMany(room =>
                room.Files.Split(", ").Select(file => Path.Combine(Repository.Root, "src", "Rote", room.Folder, file.Trim('`')))
            ),
            path => Assert.True(File.Exists(path), path)
        );
    }

    [Fact]
    public void Every_link_to_a_file_of_the_repository_leads_somewhere()
    {
        var pages = Directory
            .GetFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories)
            .Append(Path.Combine(Repository.Root, "README.md"));
        var dead = pages.SelectMany(page =>
            Link()
                .Matches(File.ReadAllText(page))
                .Select(match => match.Groups["path"].Value)
                .Where(path => !Path.Exists(Path.Combine(Path.GetDirectoryName(page)!, path)))
                .Select(path => $"{Path.GetRelativePath(Repository.Root, page)}: {path}")
        );
        Assert.Empty(dead);
    }

    [GeneratedRegex(
        @"^\| `(?<folder>[A-Z]\w+)/` \|.*\| (?<files>`[^|]+`) \|$",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Room();

    [GeneratedRegex(@"\]\((?!https?:|#|mailto:)(?<path>[^)#\s]*[./][^)#\s]*)(#[^)]*)?\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();
}
