using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Rote.Storage;

namespace Rote.Pages.Runs;

/// <summary>Turns audits and pages into items; unchanged ones are not read again.</summary>
/// <param name="root">The served folder, as a full path.</param>
internal sealed partial class FolderItems(string root)
{
    private const long LongestSummary = 5_000_000;
    private const int LongestHead = 4 << 10;
    private const int LongestTitle = 160;

    private readonly Dictionary<string, ((long, DateTime) Seen, Item Item)> _known = [];

    /// <summary>Forgets what no longer exists.</summary>
    /// <param name="ids">The ids that exist.</param>
    public void Keep(IReadOnlySet<string> ids)
    {
        foreach (var id in _known.Keys.Where(id => !ids.Contains(id)).ToArray())
        {
            _known.Remove(id);
        }
    }

    /// <summary>Returns an audit.</summary>
    public Item Audit(string id)
    {
        var folder = Path.Combine(root, id);
        var summary = new FileInfo(Path.Combine(folder, "summary.json"));
        return summary.Exists ? Known(id, summary, () => Finished(id, summary)) : Unfinished(id, folder);
    }

    /// <summary>Returns a page, or a frontier where its numbers lie beside the page.</summary>
    public Item Page(string id, IReadOnlySet<string> owners)
    {
        var file = new FileInfo(Path.Combine(root, id));
        return Known(
            id,
            file,
            () =>
            {
                var isFrontier =
                    Path.GetFileName(id).StartsWith("frontier", StringComparison.Ordinal)
                    && File.Exists(Path.ChangeExtension(file.FullName, ".json"));
                return new Item
                {
                    Id = id,
                    Kind = isFrontier ? "frontier" : "page",
                    Name = Title(file) ?? Path.GetFileName(id),
                    Place = Path.GetDirectoryName(id) ?? "",
                    Owner = Owner(id, owners),
                    Updated = Seconds(file),
                };
            }
        );
    }

    private Item Known(string id, FileInfo file, Func<Item> read)
    {
        var now = file.Exists ? (file.Length, file.LastWriteTimeUtc) : (0, default);
        if (!_known.TryGetValue(id, out var known) || known.Seen != now)
        {
            var item = read();
            _known[id] = known = (item.State == "damaged" ? default : now, item);
        }

        return known.Item;
    }

    private static string? Owner(string id, IReadOnlySet<string> owners)
    {
        for (var path = Path.GetDirectoryName(id); !string.IsNullOrEmpty(path); path = Path.GetDirectoryName(path))
        {
            if (owners.Contains(path))
            {
                return path;
            }
        }

        return null;
    }

    private static Item Finished(string id, FileInfo file)
    {
        using var document = JsonFile.Read(file.FullName, LongestSummary, out var problem);
        var item = Named(id) with { State = "finished", Updated = Seconds(file) };
        if (document is null)
        {
            return item with { State = "damaged", Note = $"It is damaged: summary.json {problem}." };
        }

        var summary = document.RootElement;
        var (examples, suspects) = (JsonFile.Whole(summary, "examples"), JsonFile.Whole(summary, "verdicts", "probably wrong"));
        var parts = new[] { examples is { } n ? $"{n:N0} examples" : null, suspects is { } s ? $"{s:N0} labels are probably wrong" : null };
        return item with
        {
            Total = JsonFile.Whole(summary, "members"),
            Finished = JsonFile.Whole(summary, "members"),
            Note = string.Join(", ", parts.OfType<string>()) is { Length: > 0 } words ? $"{words}." : null,
        };
    }

    private static Item Unfinished(string id, string folder)
    {
        try
        {
            var members = Directory
                .GetDirectories(folder, "member-*")
                .Count(member => File.Exists(Path.Combine(member, "member.safetensors")));
            return Named(id) with
            {
                State = RunHolder.Look(folder) is { } holder
                    ? holder.IsHere
                        ? "training"
                        : "elsewhere"
                    : "interrupted",
                Finished = members,
                Note = $"{members} networks are finished.",
            };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Named(id) with { State = "damaged", Note = "Its folder cannot be read." };
        }
    }

    private static Item Named(string id) =>
        new()
        {
            Id = id,
            Kind = "audit",
            Name = Path.GetFileName(id),
            Place = Path.GetDirectoryName(id) ?? "",
        };

    private static long? Seconds(FileInfo file) => file.Exists ? new DateTimeOffset(file.LastWriteTimeUtc).ToUnixTimeSeconds() : null;

    private static string? Title(FileInfo file)
    {
        try
        {
            if (!JsonFile.IsPlain(file))
            {
                return null;
            }

            using var stream = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var head = new byte[LongestHead];
            var count = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
            var found = TitleElement().Match(Encoding.UTF8.GetString(head, 0, count)).Groups["title"].Value.Trim();
            var title = WebUtility.HtmlDecode(found);
            return title.Length == 0 ? null : Shortened.Beginning(title, LongestTitle);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    [GeneratedRegex(
        "<title>(?<title>[^<]*)</title>",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex TitleElement();
}
