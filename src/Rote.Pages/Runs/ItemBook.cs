namespace Rote.Pages.Runs;

/// <summary>The items that pages have been told of. Each change has a version; a page asks for all after the one it knows.</summary>
internal sealed class ItemBook
{
    /// <summary>The most removed items to remember for pages that know them. A page that missed older ones starts anew.</summary>
    internal const int MostGone = 2_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (Item? Item, long Version)> _entries = [];
    private TaskCompletionSource _changed = New();
    private string[] _problems = [];
    private long _problemsVersion;
    private long _version;
    private long _floor; // removals up to this version are forgotten

    /// <param name="start">The first version, above all of an earlier server at this address, so that pages of that one start anew: the
    /// time in ticks.</param>
    public ItemBook(long start) => (_version, _floor) = (start, start);

    /// <summary>Whether the folder has been read completely since the start.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Returns an item; null where there is none.</summary>
    public Item? Find(string id)
    {
        lock (_gate)
        {
            return _entries.GetValueOrDefault(id).Item;
        }
    }

    /// <summary>Replaces all items by the current ones.</summary>
    /// <param name="items">All items.</param>
    /// <param name="problems">All problems.</param>
    /// <param name="isComplete">Whether the folder has been read completely.</param>
    public void Take(IReadOnlyCollection<Item> items, string[] problems, bool isComplete)
    {
        lock (_gate)
        {
            var before = _version;
            _version += isComplete && !IsComplete ? 1 : 0; // an empty folder is news too
            var ids = new HashSet<string>(items.Count, StringComparer.Ordinal);
            foreach (var item in items)
            {
                ids.Add(item.Id);
                if (!_entries.TryGetValue(item.Id, out var known) || known.Item != item)
                {
                    _entries[item.Id] = (item, ++_version);
                }
            }

            foreach (var (id, entry) in _entries.Where(entry => entry.Value.Item is not null && !ids.Contains(entry.Key)).ToArray())
            {
                _entries[id] = (null, ++_version);
            }

            if (!problems.SequenceEqual(_problems))
            {
                (_problems, _problemsVersion) = (problems, ++_version);
            }

            Forget();
            IsComplete |= isComplete;
            if (before != _version)
            {
                _changed.SetResult();
                _changed = New();
            }
        }
    }

    /// <summary>Updates existing items.</summary>
    /// <param name="items">Some of the items; ignores those that do not exist (any more).</param>
    public void Update(IEnumerable<Item> items)
    {
        lock (_gate)
        {
            var before = _version;
            foreach (var item in items)
            {
                if (_entries.TryGetValue(item.Id, out var known) && known.Item is not null && known.Item != item)
                {
                    _entries[item.Id] = (item, ++_version);
                }
            }

            if (before != _version)
            {
                _changed.SetResult();
                _changed = New();
            }
        }
    }

    /// <summary>Returns the changes after a version.</summary>
    /// <param name="known">What the page knows.</param>
    /// <param name="most">The most items at once; ask for the rest with the bookmark that is returned.</param>
    public ItemChanges Since(Bookmark known, int most)
    {
        lock (_gate)
        {
            // A removal that is forgotten is missed unless it was told, or is older than all that the page has read.
            var isAnew = known.Version > 0 && (Math.Max(known.Version, known.Begun) < _floor || known.Version > _version);
            var since = isAnew ? 0 : known.Version;
            var begun = since == 0 ? _version : known.Begun;
            KeyValuePair<string, (Item? Item, long Version)>[] part =
            [
                .. _entries
                    .Where(entry => entry.Value.Version > since && (entry.Value.Item is not null || entry.Value.Version > begun))
                    .OrderBy(entry => entry.Value.Version)
                    .Take(most),
            ];
            var hasMore = part.Length == most;
            return new ItemChanges(
                hasMore ? new Bookmark(part[^1].Value.Version, begun) : new Bookmark(_version, _version),
                isAnew,
                hasMore,
                IsComplete,
                [.. part.Select(entry => entry.Value.Item).OfType<Item>()],
                [.. part.Where(entry => entry.Value.Item is null).Select(entry => entry.Key)],
                _problemsVersion > since || since == 0 ? _problems : null
            );
        }
    }

    /// <summary>Completes once there is a change after a version.</summary>
    public Task Changed(Bookmark known)
    {
        lock (_gate)
        {
            return known.Version == _version ? _changed.Task : Task.CompletedTask;
        }
    }

    private void Forget()
    {
        var gone = _entries.Where(entry => entry.Value.Item is null).OrderBy(entry => entry.Value.Version).ToArray();
        foreach (var (id, entry) in gone.Take(Math.Max(0, gone.Length - MostGone)))
        {
            _entries.Remove(id);
            _floor = entry.Version;
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>The changes sent to a page.</summary>
/// <param name="Version">What the page knows afterwards.</param>
/// <param name="IsAnew">Whether the page must forget what it knew.</param>
/// <param name="HasMore">Whether more changes are available now.</param>
/// <param name="IsComplete">Whether the folder has been read completely since the start.</param>
/// <param name="Items">New and changed items.</param>
/// <param name="Gone">The ids of removed items.</param>
/// <param name="Problems">What cannot be read, one sentence each; null: as before.</param>
internal sealed record ItemChanges(
    Bookmark Version,
    bool IsAnew,
    bool HasMore,
    bool IsComplete,
    IReadOnlyList<Item> Items,
    IReadOnlyList<string> Gone,
    IReadOnlyList<string>? Problems
);
