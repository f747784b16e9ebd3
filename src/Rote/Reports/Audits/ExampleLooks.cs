using Rote.Audits.Review;
using Rote.Audits.Shown;
using Rote.Data;
using Rote.Reports.Reviews;

namespace Rote.Reports.Audits;

/// <summary>What a page shows of examples: pictures, texts, names and columns, and where each lies. Pictures that the user names come
/// first, then those of a user's own folder as they lie there, then what networks see.</summary>
internal sealed class ExampleLooks : IDisposable
{
    /// <summary>Longer side of a card's picture, in pixels: 160 on a screen of twice as many dots.</summary>
    private const int Large = 320;

    /// <summary>And of a picture beside it, or on a card far down.</summary>
    private const int Small = 160;

    private readonly Dataset? _examples;
    private readonly SourceRows _rows;
    private readonly ShownExamples? _shown;
    private readonly PictureFilesView? _files;
    private readonly string? _page; // the folder of the page
    private readonly Dictionary<int, string> _seen = []; // by networks
    private readonly Dictionary<(int Row, bool IsLarge), string?> _own = []; // of the user
    private IReadOnlyDictionary<RowIdentity, IReadOnlyList<(string Name, string Value)>> _fields =
        new Dictionary<RowIdentity, IReadOnlyList<(string, string)>>();

    /// <param name="rows">What the examples are called.</param>
    /// <param name="examples">The examples; still the caller's. Null: there is nothing to see of them but what is shown.</param>
    /// <param name="shown">What the user wants to see of them; still the caller's. Null: nothing.</param>
    /// <param name="source">Where they lie; null where nobody knows: then nothing is linked.</param>
    /// <param name="page">The page's file; null as well.</param>
    public ExampleLooks(SourceRows rows, Dataset? examples, ShownExamples? shown, AuditSource? source, string? page)
    {
        (_rows, _examples, _shown) = (rows, examples, shown);
        _page = page is null ? null : Path.GetDirectoryName(Path.GetFullPath(page));
        if (page is not null && source is { Data: { } folder } && Path.IsPathRooted(folder) && Directory.Exists(folder))
        {
            _files = new PictureFilesView(folder, source.Options.FollowLinks);
        }
    }

    /// <summary>What is wrong with the user's pictures, in sentences; none where nothing is.</summary>
    public IReadOnlyList<string> Notes => [.. new[] { _shown?.Missing, Unseen }.OfType<string>()];

    private string? Unseen =>
        _own.Where(p => p.Value is null).Select(p => p.Key.Row).Distinct().Count() is > 0 and var count
            ? $"{Numbers.Count(count, "picture")} cannot be shown on this page: damaged, or of more than "
                + $"{SmallPicture.LargestPicture / 1_000_000} million pixels."
            : null;

    /// <summary>Gets some examples ready, all at once, to be asked for one by one.</summary>
    /// <param name="rows">Which.</param>
    public void Prepare(IEnumerable<int> rows)
    {
        int[] all = [.. rows.Where(row => row >= 0).Distinct()];
        int[] missing = [.. all.Where(row => !_seen.ContainsKey(row))];
        foreach (var (row, uri) in missing.Zip((_examples is null ? null : Thumbnails.Of(_examples, missing)) ?? []))
        {
            _seen.Add(row, uri);
        }

        _fields = _shown?.Fields(all.Select(row => _rows[row]).ToHashSet()) ?? _fields;
    }

    /// <summary>What the user calls an example: its name, else its file and row.</summary>
    /// <param name="row">An example.</param>
    public string Name(int row) => _shown?.NameOf(_rows[row]) ?? _rows[row].Name;

    /// <summary>The same in a page, with file and row beside a name; linked to its file where that is there.</summary>
    /// <param name="row">An example.</param>
    public Html Title(int row) =>
        _shown?.NameOf(_rows[row]) is { } name
            ? Html.Of($"{Linked(row, ShownText.Of(name))} <span class=\"where\">{_rows[row].Name}</span>")
            : Linked(row, Html.Text(_rows[row].Name));

    /// <summary>What there is to see of an example.</summary>
    /// <param name="row">An example.</param>
    /// <param name="isLarge">Whether it may take much room on the page and much time to read.</param>
    /// <returns>A picture, a text, both, or nothing.</returns>
    public Html Look(int row, bool isLarge)
    {
        var text = _examples?.Texts is { } texts ? ShownText.Of(texts[row]) : default;
        return (OwnPicture(row, isLarge) ?? Seen(row, isLarge)) is { } uri ? Html.Of($"{Picture(row, uri)}{text}") : text;
    }

    /// <summary>The same of an example that stands beside another: small, and its name where there is nothing to see.</summary>
    /// <param name="row">An example.</param>
    /// <param name="isSeen">Whether the user's own pictures of it are read.</param>
    public Html LookBeside(int row, bool isSeen) =>
        _examples?.Texts is { } texts ? Linked(row, ShownText.Of(texts[row]))
        : ((isSeen ? OwnPicture(row, isLarge: false) : null) ?? _seen.GetValueOrDefault(row)) is { } uri ? Picture(row, uri)
        : Linked(row, Html.Of($"<span class=\"name\">{ShownText.Line(Name(row), 120)}</span>"));

    /// <summary>The user's own picture of an example, small.</summary>
    /// <param name="row">An example.</param>
    /// <returns>A data URI; null where there is none.</returns>
    public string? SmallPictureOf(int row) => OwnPicture(row, isLarge: false);

    /// <summary>The columns that are shown of an example.</summary>
    /// <param name="row">An example.</param>
    /// <returns>None where none are asked for.</returns>
    public IReadOnlyList<(string Name, string Value)> Fields(int row) => _fields.GetValueOrDefault(_rows[row]) ?? [];

    /// <inheritdoc/>
    public void Dispose() => _files?.Dispose();

    private Html Picture(int row, string uri) =>
        Linked(row, Html.Of($"<img alt=\"{ShownText.Line(Name(row), 200)}\" loading=\"lazy\" src=\"{uri}\">"));

    /// <summary>As networks see it, or, for a card, as it lies in the folder of the data.</summary>
    private string? Seen(int row, bool isLarge) =>
        _examples?.Texts is not null
            ? null
            : (isLarge && DataFile(row) is { } path ? SmallPicture.OfFile(path, Large) : null) ?? _seen.GetValueOrDefault(row);

    /// <summary>The picture that the user says is the example's.</summary>
    private string? OwnPicture(int row, bool isLarge)
    {
        if (_shown is not { HavePictures: true })
        {
            return null;
        }

        if (_own.TryGetValue((row, isLarge), out var known))
        {
            return known;
        }

        var side = isLarge ? Large : Small;
        if (_shown.FileOf(_rows[row]) is { } path)
        {
            return _own[(row, isLarge)] = SmallPicture.OfFile(path, side);
        }

        return _shown.InArray(_rows[row], 2 * side) is { } picture ? _own[(row, isLarge)] = SmallPicture.OfPixels(picture, side) : null;
    }

    private string? DataFile(int row) => _rows[row] is { Row: null, File: var file } ? _files?.Find(file) : null;

    /// <summary>Where the example's file lies, seen from the page.</summary>
    private string? Link(int row) =>
        _page is not null && (_shown?.FileOf(_rows[row]) ?? DataFile(row)) is { } path
            ? string.Join(
                '/',
                Path.GetRelativePath(_page, path).Split(Path.DirectorySeparatorChar).Select(part => Uri.EscapeDataString(part))
            )
            : null;

    private Html Linked(int row, Html content) =>
        Link(row) is { } link ? Html.Of($"<a tabindex=\"-1\" href=\"{link}\">{content}</a>") : content;
}
