using System.Text.RegularExpressions;

namespace Rote.Data.Formats.Pictures.Layouts;

/// <summary>The words in a folder's name: <c>seg_train</c> and <c>SegTrain</c> are "seg" and "train".</summary>
internal static partial class NameWords
{
    /// <summary>Words that say nothing about the purpose of a part.</summary>
    private static readonly HashSet<string> Fillers = new(StringComparer.Ordinal)
    {
        "set",
        "sets",
        "data",
        "dataset",
        "images",
        "image",
        "imgs",
        "img",
        "pictures",
        "photos",
        "split",
        "folder",
        "files",
        "resized",
        "cropped",
        "processed",
        "original",
        "jpg",
        "png",
        "the",
        "my",
    };

    private static readonly Dictionary<string, string> SplitWords = new[]
    {
        (Split: "train", Words: new[] { "train", "training", "trainset", "traindata", "trn", "tr" }),
        (Split: "test", Words: ["test", "testing", "testset", "testdata", "tst", "te", "eval", "evaluation", "holdout"]),
        (Split: "val", Words: ["val", "valid", "validation", "validate", "valset", "validset", "valdata", "dev", "devset"]),
    }
        .SelectMany(s => s.Words.Select(word => (word, s.Split)))
        .ToDictionary(p => p.word, p => p.Split, StringComparer.Ordinal);

    /// <summary>Whether a word of a name says nothing about the purpose of a folder.</summary>
    public static bool IsFiller(string word) => Fillers.Contains(word);

    /// <summary>Returns the words in lower case.</summary>
    public static string[] Of(string name) => [.. Word().Matches(name).Select(m => m.Value.ToLowerInvariant())];

    /// <summary>Returns the split that a name states.</summary>
    /// <param name="name">The name of a folder, a file without its extension, or a value in a column.</param>
    /// <returns><c>train</c>, <c>test</c> or <c>val</c>, and the other words of the name; null if it names no split, or several.</returns>
    public static (string Split, string Beside)? Split(string name)
    {
        var words = Of(name);
        var splits = words.Where(SplitWords.ContainsKey).Select(w => SplitWords[w]).ToArray();
        return splits.Length == 1 || (splits.Length == 2 && splits[0] == splits[1])
            ? (splits[0], string.Join(' ', words.Where(w => !SplitWords.ContainsKey(w) && !Fillers.Contains(w))))
            : null;
    }

    [GeneratedRegex(@"\p{Lu}+(?!\p{Ll})|\p{Lu}?[\p{Ll}\p{Lo}\p{Lt}\p{Lm}]+|\d+", RegexOptions.None, 1000)]
    private static partial Regex Word();
}
