namespace Rote.Data.Formats.Numpy;

/// <summary>Finds arrays whose names are made of a part, as train and test, and of what they hold, in either order and with or without
/// signs between: <c>trainX</c>, <c>X_tr</c>, <c>train_set_x</c>, <c>labels_val</c>.</summary>
internal static class WordedLayout
{
    private static readonly string[] Trains = ["train", "training", "tr", "trn"];

    /// <summary>Words for parts to test on; the first that is there is taken.</summary>
    private static readonly string[] Tests = ["test", "testing", "te", "tst", "val", "valid", "validation", "dev", "eval"];

    /// <summary>Finds the arrays.</summary>
    /// <param name="store">The arrays.</param>
    /// <param name="examples">Words for examples.</param>
    /// <param name="targets">Words for labels.</param>
    /// <returns>The layout, with the names as they are written; null if there is none.</returns>
    public static ArrayLayout? Find(ArrayStore store, IReadOnlyList<string> examples, IReadOnlyList<string> targets)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in store.Names)
        {
            names.TryAdd(Plain(name), name);
        }

        return Trains
            .Select(train => Pair(names, train, examples, targets))
            .Where(pair => pair is not null)
            .Select(pair => new ArrayLayout(
                pair!.Value.Images,
                pair.Value.Labels,
                Tests.Select(test => Pair(names, test, examples, targets)).FirstOrDefault(found => found is not null)
            ))
            .FirstOrDefault();
    }

    private static (string Images, string Labels)? Pair(
        Dictionary<string, string> names,
        string part,
        IReadOnlyList<string> examples,
        IReadOnlyList<string> targets
    ) => One(names, part, examples) is { } images && One(names, part, targets) is { } labels ? (images, labels) : null;

    private static string? One(Dictionary<string, string> names, string part, IReadOnlyList<string> words) =>
        words
            .SelectMany(word => new[] { part + word, word + part, $"{part}set{word}", $"{word}{part}set" })
            .Select(names.GetValueOrDefault)
            .FirstOrDefault(name => name is not null);

    private static string Plain(string name) => new([.. name.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant)]);
}
