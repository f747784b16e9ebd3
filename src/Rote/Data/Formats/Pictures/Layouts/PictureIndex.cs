namespace Rote.Data.Formats.Pictures.Layouts;

/// <summary>Finds pictures by their name in a table: a path, or a file name with or without its extension.</summary>
internal sealed class PictureIndex
{
    private const int Several = -1;

    /// <summary>How sure a name is: an end of a path, a whole one, one beside the table.</summary>
    private enum Rank
    {
        Ending,
        Whole,
        Beside,
    }

    private readonly Dictionary<string, Rank> _ranks = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly Lazy<Dictionary<string, int>> _folded;
    private readonly Lazy<Dictionary<string, int>> _numbered;

    /// <summary>Makes the index.</summary>
    /// <param name="pictures">The pictures; lookups return an index into them.</param>
    /// <param name="of">Which of them to index.</param>
    /// <param name="tableFolder">The folder that the table lies in, relative to the root: paths may begin there.</param>
    public PictureIndex(IReadOnlyList<ListedFile> pictures, Func<ListedFile, bool> of, string tableFolder)
    {
        _folded = new(() => By(key => key, StringComparer.OrdinalIgnoreCase));
        _numbered = new(() => By(key => key.Length > 0 && key.All(char.IsAsciiDigit) ? Plain(key) : null, StringComparer.Ordinal));
        for (var i = 0; i < pictures.Count; i++)
        {
            if (!of(pictures[i]))
            {
                continue;
            }

            // All ends of the path that begin after a slash, so that longer and shorter paths find it too.
            var path = pictures[i].Path;
            for (var start = 0; start >= 0; start = path.IndexOf('/', start) is >= 0 and var slash ? slash + 1 : -1)
            {
                Add(path[start..], i, start == 0 ? Rank.Whole : Rank.Ending);
                Add(WithoutEnding(path[start..]), i, Rank.Ending);
            }

            if (tableFolder.Length > 0 && path.StartsWith(tableFolder + "/", StringComparison.Ordinal))
            {
                Add(path[(tableFolder.Length + 1)..], i, Rank.Beside);
            }
        }
    }

    /// <summary>Finds the picture that a text names.</summary>
    /// <param name="text">The text in the table.</param>
    /// <returns>Its index; null if there is none, or if several have this name.</returns>
    public int? Find(string text)
    {
        var path = text.Replace('\\', '/').TrimStart('/');
        path = path.StartsWith("./", StringComparison.Ordinal) ? path[2..] : path;
        return Find(path, _places);
    }

    /// <summary>Finds the picture that a text names in other words: in upper or lower case, with the ending of another format, as an
    /// address with a query, or as a number without leading zeros or with a decimal point, as spreadsheets write it.</summary>
    /// <param name="text">The text in the table.</param>
    /// <returns>Its index; null if there is none, or if several have this name.</returns>
    public int? FindLoosely(string text)
    {
        var path = text.Replace('\\', '/').TrimStart('/');
        path = path.Contains("://", StringComparison.Ordinal) ? path.Split('?', '#')[0] : path;
        return Find(text)
            ?? Find(path, _folded.Value)
            ?? (FolderListing.IsPicture(path) ? Find(WithoutEnding(path), _folded.Value) : null)
            ?? (Number(text) is { } number && _numbered.Value.TryGetValue(number, out var found) && found != Several ? found : null);
    }

    private static string? Number(string text)
    {
        var digits = text.EndsWith(".0", StringComparison.Ordinal) ? text[..^2] : text;
        return digits.Length > 0 && digits.All(char.IsAsciiDigit) ? Plain(digits) : null;
    }

    private static string Plain(string digits) => digits.TrimStart('0') is { Length: > 0 } plain ? plain : "0";

    /// <summary>All names under another key; names of several pictures are none's.</summary>
    private Dictionary<string, int> By(Func<string, string?> key, StringComparer comparer)
    {
        var result = new Dictionary<string, int>(comparer);
        foreach (var (name, place) in _places)
        {
            if (key(name) is { } other && !result.TryAdd(other, place) && result[other] != place)
            {
                result[other] = Several;
            }
        }

        return result;
    }

    private static int? Find(string path, Dictionary<string, int> places)
    {
        for (var start = 0; start >= 0 && start < path.Length; start = path.IndexOf('/', start) is >= 0 and var slash ? slash + 1 : -1)
        {
            if (places.TryGetValue(path[start..], out var found))
            {
                return found == Several ? null : found;
            }
        }

        return null;
    }

    /// <summary>The surest name counts, in whatever order they come.</summary>
    private void Add(string key, int place, Rank rank)
    {
        if (!_places.TryGetValue(key, out var known) || rank > _ranks[key])
        {
            (_places[key], _ranks[key]) = (place, rank);
        }
        else if (rank == _ranks[key] && known != place)
        {
            _places[key] = Several;
        }
    }

    private static string WithoutEnding(string path) =>
        path.LastIndexOf('.') is > 0 and var dot && dot > path.LastIndexOf('/') + 1 ? path[..dot] : path;
}
