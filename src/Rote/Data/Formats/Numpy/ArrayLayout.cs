namespace Rote.Data.Formats.Numpy;

/// <summary>The names of the arrays that hold examples and labels.</summary>
/// <param name="Images">The training examples, or all examples.</param>
/// <param name="Labels">Their labels.</param>
/// <param name="Test">The test examples and their labels; null if the test part is to be split off.</param>
internal sealed record ArrayLayout(string Images, string Labels, (string Images, string Labels)? Test)
{
    private static readonly (string Images, string Labels, string TestImages, string TestLabels)[] Split =
    [
        ("x_train", "y_train", "x_test", "y_test"),
        ("train_images", "train_labels", "test_images", "test_labels"),
        ("train_x", "train_y", "test_x", "test_y"),
        ("train_data", "train_labels", "test_data", "test_labels"),
    ];

    private static readonly string[] Examples =
    [
        "images",
        "x",
        "data",
        "features",
        "embeddings",
        "vectors",
        "inputs",
        "image",
        "imgs",
        "img",
        "input",
        "embedding",
        "emb",
        "embs",
        "samples",
        "pixels",
    ];
    private static readonly string[] Targets = ["labels", "y", "target", "targets", "label", "classes", "class"];

    /// <summary>Every pair of an examples name and a labels name; the usual pairs come first.</summary>
    private static readonly (string Images, string Labels)[] Whole =
    [
        ("images", "labels"),
        ("x", "y"),
        ("data", "labels"),
        ("data", "target"),
        .. Examples.SelectMany(images => Targets.Select(labels => (images, labels))),
    ];

    /// <summary>The names of all arrays that are read.</summary>
    public IReadOnlyList<string> All => Test is { } test ? [Images, Labels, test.Images, test.Labels] : [Images, Labels];

    /// <summary>Whether the store has a known pair of examples and labels.</summary>
    public static bool IsIn(ArrayStore store) =>
        Split.Select(s => (s.Images, s.Labels)).Concat(Whole).Any(pair => store.Has(pair.Images) && store.Has(pair.Labels))
        || WordedLayout.Find(store, Examples, Targets) is not null;

    /// <summary>Finds the arrays by their names and takes the first layout that fits.</summary>
    /// <param name="store">The arrays.</param>
    /// <param name="named">The array whose file the user named, which the layout must contain; null for any.</param>
    /// <exception cref="InputException">No layout fits, or one fits only in part.</exception>
    public static ArrayLayout Find(ArrayStore store, string? named = null)
    {
        foreach (
            var (images, labels, testImages, testLabels) in Split.Where(s => IsMeant(named, s.Images, s.Labels, s.TestImages, s.TestLabels))
        )
        {
            if (store.Has(images) && store.Has(labels))
            {
                return (store.Has(testImages), store.Has(testLabels)) switch
                {
                    (true, true) => new ArrayLayout(images, labels, (testImages, testLabels)),
                    (false, false) => WordedLayout.Find(store, Examples, Targets) is { } worded && worded.Has(images, labels)
                        ? new ArrayLayout(images, labels, worded.Test) // validated on in place of a test
                        : new ArrayLayout(images, labels, null),
                    (true, false) => throw new InputException(
                        $"{store.Path} has {testImages} and no {testLabels}, expected both or neither."
                    ),
                    (false, true) => throw new InputException(
                        $"{store.Path} has {testLabels} and no {testImages}, expected both or neither."
                    ),
                };
            }
        }

        if (WordedLayout.Find(store, Examples, Targets) is { } found && IsMeant(named, [.. found.All]))
        {
            return found;
        }

        foreach (var (images, labels) in Whole.Where(w => IsMeant(named, w.Images, w.Labels)))
        {
            if (store.Has(images) && store.Has(labels))
            {
                return new ArrayLayout(images, labels, null);
            }
        }

        return named is null ? PositionalLayout.Find(store) ?? throw Unknown(store)
            : Beside(store, named) is { } labelsBeside ? new ArrayLayout(named, labelsBeside, null)
            : throw WithoutLabels(store, named);
    }

    private bool Has(string images, string labels) =>
        Images.Equals(images, StringComparison.OrdinalIgnoreCase) && Labels.Equals(labels, StringComparison.OrdinalIgnoreCase);

    private static bool IsMeant(string? named, params ReadOnlySpan<string> arrays)
    {
        var isMeant = named is null;
        foreach (var array in arrays)
        {
            isMeant |= array.Equals(named, StringComparison.OrdinalIgnoreCase);
        }

        return isMeant;
    }

    private static InputException Unknown(ArrayStore store)
    {
        var names = store.Names;
        var found = names.Count switch
        {
            0 => "no arrays",
            1 => $"one array, {Printable(names[0])}",
            _ => $"the arrays {string.Join(", ", names.Take(10).Select(Printable))}{(names.Count > 10 ? ", …" : "")}",
        };
        Sentence without = names.Count == 1 ? $"; or give its labels with {Setting.Labels}" : new Sentence("");
        return new InputException(
            $"{store.Path} holds {found}, expected images and labels; x and y; or x_train, y_train, x_test and y_test, to name only some "
                + $"(docs/guide/own-data.md lists all){without}."
        );
    }

    /// <summary>Finds the labels beside an array of another name: the only labels array, if it has the same length; else null.</summary>
    private static string? Beside(ArrayStore store, string named)
    {
        string[] labels = [.. Targets.Where(target => store.Has(target) && !target.Equals(named, StringComparison.OrdinalIgnoreCase))];
        return labels is [var only] && store.Has(named) && CountOf(store, only) == CountOf(store, named) ? only : null;
    }

    private static long? CountOf(ArrayStore store, string name)
    {
        using var array = store.Open(name);
        return array.Header.Shape is [var count, ..] ? count : null;
    }

    /// <summary>The error for a named file without a known array of labels beside it.</summary>
    private static InputException WithoutLabels(ArrayStore store, string named)
    {
        var file = Path.Combine(store.Path, named + ".npy");
        var beside = Targets.FirstOrDefault(store.Has) is { } labels
            ? $", as {Path.Combine(store.Path, store.NameAsWritten(labels) + ".npy")} if those beside it belong to it"
            : "";
        return new InputException($"{file} holds no labels; give them with {Setting.Labels}{beside}.");
    }

    /// <summary>Finds the array of examples to read without labels: the only array, or else the one with a usual name of test examples, or
    /// of examples.</summary>
    /// <exception cref="InputException">There is none, or the right one cannot be told.</exception>
    public static string Unlabelled(ArrayStore store) =>
        store.Names is [var only]
            ? only
            : Split.Select(s => s.TestImages).Concat(Whole.Select(w => w.Images)).FirstOrDefault(store.Has)
                ?? throw new InputException(
                    $"{store.Path} holds {store.Names.Count} arrays ({string.Join(", ", store.Names.Take(10).Select(Printable))}), "
                        + $"expected one, or one called x or images."
                );

    private static string Printable(string name) =>
        new([.. name[..Shortened.LengthOfBeginning(name, 60)].Select(c => char.IsControl(c) ? '?' : c)]);
}
