namespace Rote.Data.Formats.Pictures.Layouts;

/// <summary>Finds pictures by what a table calls them: a path, or a name with or without its ending.</summary>
internal sealed class PictureIndex
{
    private const int Several = -1;

    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);

    /// <summary>Makes the index.</summary>
    /// <param name="pictures">The pictures; a place among them is what is found.</param>
    /// <param name="of">Which of them.</param>
    /// <param name="tableFolder">The folder that the table lies in, relative to the root: paths may begin there.</param>
    public PictureIndex(IReadOnlyList<ListedFile> pictures, Func<ListedFile, bool> of, string tableFolder)
    {
        for (var i = 0; i < pictures.Count; i++)
        {
            if (!of(pictures[i]))
            {
                continue;
            }

            // All ends of a path that begin after a slash, so that a longer or a shorter path finds it too.
            var path = pictures[i].Path;
            for (var start = 0; start >= 0; start = path.IndexOf('/', start) is >= 0 and var slash ? slash + 1 : -1)
            {
                Add(path[start..], i, isWhole: start == 0);
                Add(WithoutEnding(path[start..]), i, isWhole: false);
            }

            if (tableFolder.Length > 0 && path.StartsWith(tableFolder + "/", StringComparison.Ordinal))
            {
                _places[path[(tableFolder.Length + 1)..]] = i; // what lies beside the table is meant first
            }
        }
    }

    /// <summary>The picture that a text names.</summary>
    /// <param name="text">As the table has it.</param>
    /// <returns>Its place; null if there is none, or if several are called so.</returns>
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
