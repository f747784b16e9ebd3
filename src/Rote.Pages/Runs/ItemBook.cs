namespace Rote.Pages.Runs;

/// <summary>The items as pages have been told of them: every change has a number, and who knows one asks for what came after it.</summary>
internal sealed class ItemBook
{
    /// <summary>What is gone is told to pages that know it; more of it than this, and they begin anew.</summary>
    private const int MostGone = 2_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (Item? Item, long Version)> _entries = [];
    private TaskCompletionSource _changed = New();
    private string[] _problems = [];
    private long _problemsVersion;
    private long _version;
    private long _floor;

    /// <summary>Whether the folder was read through since the start.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>An item.</summary>
    public Item? Find(string id)
    {
        lock (_gate)
        {
            return _entries.GetValueOrDefault(id).Item;
        }
    }

    /// <summary>Takes what there is now.</summary>
    /// <param name="items">All items.</param>
    /// <param name="problems">All problems.</param>
    /// <param name="isComplete">Whether the folder was read through.</param>
    public void Take(IReadOnlyCollection<Item> items, string[] problems, bool isComplete)
    {
        lock (_gate)
        {
            var before = _version;
            _version += isComplete && !IsComplete ? 1 : 0; // that nothing is there is news too
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

    /// <summary>Takes what is new of items that are there.</summary>
    /// <param name="items">Some of them; one that is not there (any more) is passed over.</param>
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

    /// <summary>What came after a version.</summary>
    /// <param name="version">The last one known; 0: none.</param>
    /// <param name="most">The most items at once; the rest comes with the version that is given back.</param>
    public ItemChanges Since(long version, int most)
    {
        lock (_gate)
        {
            var isAnew = version > 0 && (version < _floor || version > _version);
            var since = isAnew ? 0 : version;
            KeyValuePair<string, (Item? Item, long Version)>[] part =
            [
                .. _entries
                    .Where(entry => entry.Value.Version > since && (since > 0 || entry.Value.Item is not null))
                    .OrderBy(entry => entry.Value.Version)
                    .Take(most),
            ];
            var hasMore = part.Length == most;
            return new ItemChanges(
                hasMore ? part[^1].Value.Version : _version,
                isAnew,
                hasMore,
                IsComplete,
                [.. part.Select(entry => entry.Value.Item).OfType<Item>()],
                [.. part.Where(entry => entry.Value.Item is null).Select(entry => entry.Key)],
                _problemsVersion > since || since == 0 ? _problems : null
            );
        }
    }

    /// <summary>Ends once there is something after a version.</summary>
    public Task Changed(long version)
    {
        lock (_gate)
        {
            return version == _version ? _changed.Task : Task.CompletedTask;
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

/// <summary>What a page is told.</summary>
/// <param name="Version">What it knows with this.</param>
/// <param name="IsAnew">Whether it must forget what it knew.</param>
/// <param name="HasMore">Whether there is more at once.</param>
/// <param name="IsComplete">Whether the folder was read through since the start.</param>
/// <param name="Items">New and changed ones.</param>
/// <param name="Gone">The ids of those that are there no more.</param>
/// <param name="Problems">What cannot be read, a sentence each; null: as before.</param>
internal sealed record ItemChanges(
    long Version,
    bool IsAnew,
    bool HasMore,
    bool IsComplete,
    IReadOnlyList<Item> Items,
    IReadOnlyList<string> Gone,
    IReadOnlyList<string>? Problems
);
