namespace Rote.Data.Formats.Pictures.Layouts;

/// <summary>Finds pictures by their name in a table: a path, or a file name with or without its extension.</summary>
internal sealed class PictureIndex
{
    private const int Several = -1;

    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);

    /// <summary>Makes the index.</summary>
    /// <param name="pictures">The pictures; lookups return an index into them.</param>
    /// <param name="of">Which of them to index.</param>
    /// <param name="tableFolder">The folder that the table lies in, relative to the root: paths may begin there.</param>
    public PictureIndex(IReadOnlyList<ListedFile> pictures, Func<ListedFile, bool> of, string tableFolder)
    {
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
                Add(path[start..], i, isWhole: start == 0);
                Add(WithoutEnding(path[start..]), i, isWhole: false);
            }

            if (tableFolder.Length > 0 && path.StartsWith(tableFolder + "/", StringComparison.Ordinal))
            {
                _places[path[(tableFolder.Length + 1)..]] = i; // pictures beside the table take precedence
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
        for (var start = 0; start >= 0 && start < path.Length; start = path.IndexOf('/', start) is >= 0 and var slash ? slash + 1 : -1)
        {
            if (_places.TryGetValue(path[start..], out var found))
            {
                return found == Several ? null : found;
            }
        }

        return null;
    }

    private void Add(string key, int place, bool isWhole)
    {
        if (!_places.TryAdd(key, place) && _places[key] != place)
        {
            _places[key] = isWhole ? place : Several;
        }
    }

    private static string WithoutEnding(string path) =>
        path.LastIndexOf('.') is > 0 and var dot && dot > path.LastIndexOf('/') + 1 ? path[..dot] : path;
}
