namespace Rote.Data.Formats.Numpy;

/// <summary>Which arrays are pictures and which are labels.</summary>
/// <param name="Images">Pictures to train on, or all.</param>
/// <param name="Labels">Their labels.</param>
/// <param name="Test">Pictures to test and their labels; null if they are to be split off.</param>
internal sealed record ArrayLayout(string Images, string Labels, (string Images, string Labels)? Test)
{
    private static readonly (string Images, string Labels, string TestImages, string TestLabels)[] Split =
    [
        ("x_train", "y_train", "x_test", "y_test"),
        ("train_images", "train_labels", "test_images", "test_labels"),
        ("train_x", "train_y", "test_x", "test_y"),
        ("train_data", "train_labels", "test_data", "test_labels"),
    ];

    private static readonly string[] Examples = ["images", "x", "data", "features", "embeddings", "vectors", "inputs"];
    private static readonly string[] Targets = ["labels", "y", "target", "targets", "label", "classes"];

    /// <summary>Every name of examples with every name of labels; first those that belong together.</summary>
    private static readonly (string Images, string Labels)[] Whole =
    [
        ("images", "labels"),
        ("x", "y"),
        ("data", "labels"),
        ("data", "target"),
        .. Examples.SelectMany(images => Targets.Select(labels => (images, labels))),
    ];

    /// <summary>The arrays that are read.</summary>
    public IReadOnlyList<string> All => Test is { } test ? [Images, Labels, test.Images, test.Labels] : [Images, Labels];

    /// <summary>Whether there are pictures and labels among the arrays.</summary>
    public static bool IsIn(ArrayStore store) =>
        Split.Select(s => (s.Images, s.Labels)).Concat(Whole).Any(pair => store.Has(pair.Images) && store.Has(pair.Labels));

    /// <summary>Finds the arrays by their names; the first layout that fits is taken.</summary>
    /// <param name="store">The arrays.</param>
    /// <param name="named">An array that the user named by its file; the layout must have it. Null: any.</param>
    /// <exception cref="InputException">None fits, or one fits in part.</exception>
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
                    (false, false) => new ArrayLayout(images, labels, null),
                    (true, false) => throw new InputException(
                        $"{store.Path} has {testImages} and no {testLabels}, expected both or neither."
                    ),
                    (false, true) => throw new InputException(
                        $"{store.Path} has {testLabels} and no {testImages}, expected both or neither."
                    ),
                };
            }
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

    /// <summary>The only array of labels beside a file of another name, if it has as many; null: its labels cannot be told.</summary>
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

    /// <summary>The file was named, and no array beside it is known to hold its labels.</summary>
    private static InputException WithoutLabels(ArrayStore store, string named)
    {
        var file = Path.Combine(store.Path, named + ".npy");
        var beside = Targets.FirstOrDefault(store.Has) is { } labels
            ? $", as {Path.Combine(store.Path, store.NameAsWritten(labels) + ".npy")} if those beside it belong to it"
            : "";
        return new InputException($"{file} holds no labels; give them with {Setting.Labels}{beside}.");
    }

    /// <summary>The array of examples where there are no labels to be read: the only one, or the one with a name of examples to test, else
    /// of examples.</summary>
    /// <exception cref="InputException">There is none, or which one is meant cannot be told.</exception>
    public static string Unlabelled(ArrayStore store) =>
        store.Names is [var only]
            ? only
            : Split.Select(s => s.TestImages).Concat(Whole.Select(w => w.Images)).FirstOrDefault(store.Has)
                ?? throw new InputException(
                    $"{store.Path} holds {store.Names.Count} arrays ({string.Join(", ", store.Names.Take(10).Select(Printable))}), "
                        + $"expected one, or one called x or images."
                );

    private static string Printable(string name) => new([.. name.Take(60).Select(c => char.IsControl(c) ? '?' : c)]);
}
