namespace Rote.Measurement;

/// <summary>Which of the K numbers of each of N examples are kept: all of them, or, where there are too many, all of some examples and of
/// the others the largest and that of the label.</summary>
/// <remarks>N·K numbers of 1,281,167 examples and 1,000 classes are 5 GB, and nearly all of them are nearly 0.</remarks>
public sealed class KeptClasses
{
    /// <summary>Numbers up to which all are kept, 400 MB.</summary>
    public const long Most = 100_000_000;

    /// <summary>Numbers of an example that are kept at most and at least, unless there are fewer classes.</summary>
    private const int MostEach = 64;

    private const int FewestEach = 8;

    private readonly int[]? _starts; // [N + 1]; null: all are kept
    private readonly int[] _labels = [];

    private KeptClasses(int count, int classes) => (Count, Classes) = (count, classes);

    private KeptClasses(int classes, int[] labels, Func<int, bool> isWhole, int each)
        : this(labels.Length, classes)
    {
        _labels = labels;
        _starts = new int[labels.Length + 1];
        for (var i = 0; i < labels.Length; i++)
        {
            _starts[i + 1] = checked(_starts[i] + (isWhole(i) ? classes : each));
        }
    }

    /// <summary>Number of examples N.</summary>
    public int Count { get; }

    /// <summary>Number of classes K.</summary>
    public int Classes { get; }

    /// <summary>Whether every number is kept.</summary>
    public bool AreAll => _starts is null;

    /// <summary>How many numbers are kept.</summary>
    public int Total => _starts?[^1] ?? checked(Count * Classes);

    /// <summary>Keeps every number.</summary>
    /// <param name="count">N.</param>
    /// <param name="classes">K.</param>
    public static KeptClasses All(int count, int classes) => new(count, classes);

    /// <summary>Chooses what is kept.</summary>
    /// <param name="labels">[N] the class of each example whose number is kept in any case.</param>
    /// <param name="classes">K.</param>
    /// <param name="whole">The examples of which every number is kept.</param>
    /// <param name="most">Numbers up to which all are kept.</param>
    /// <returns>All where N·K is at most <paramref name="most"/>; else, of most examples, as many as make half of that, 8 to 64.</returns>
    /// <exception cref="OverflowException">There are more than 2³¹ numbers to keep.</exception>
    public static KeptClasses For(int[] labels, int classes, IEnumerable<int> whole, long most = Most)
    {
        var each = (int)Math.Min(classes, Math.Clamp(most / 2 / Math.Max(1, labels.Length), FewestEach, MostEach));
        if ((long)labels.Length * classes <= most || each == classes)
        {
            return All(labels.Length, classes);
        }

        var all = whole.ToHashSet();
        return new KeptClasses(classes, labels, all.Contains, each);
    }

    /// <summary>The same for some of the examples.</summary>
    /// <param name="examples">[Q] which.</param>
    public KeptClasses Of(IReadOnlyList<int> examples) =>
        AreAll
            ? All(examples.Count, Classes)
            : new KeptClasses(Classes, [.. examples.Select(i => _labels[i])], i => IsWhole(examples[i]), EachOf(examples));

    /// <summary>Where the numbers of an example begin.</summary>
    /// <param name="example">In [0, <see cref="Count"/>].</param>
    internal int Start(int example) => _starts?[example] ?? example * Classes;

    /// <summary>How many numbers of an example are kept.</summary>
    /// <param name="example">In [0, <see cref="Count"/>).</param>
    internal int Length(int example) => _starts is null ? Classes : _starts[example + 1] - _starts[example];

    /// <summary>Whether every number of an example is kept.</summary>
    /// <param name="example">In [0, <see cref="Count"/>).</param>
    internal bool IsWhole(int example) => Length(example) == Classes;

    /// <summary>Chooses the classes of an example.</summary>
    /// <param name="example">In [0, <see cref="Count"/>), not whole.</param>
    /// <param name="row">[K] its numbers, none of them NaN.</param>
    /// <param name="kept">As many as are kept: the class of the label and those of the largest other numbers, the earlier of equal ones;
    /// ascending.</param>
    internal void Choose(int example, ReadOnlySpan<float> row, Span<int> kept)
    {
        var (own, others) = (_labels[example], kept.Length - 1);
        var largest = new PriorityQueue<int, (float Value, int Earlier)>(others); // the smallest of them comes out first
        for (var k = 0; k < row.Length; k++)
        {
            if (k == own)
            {
                continue;
            }

            if (largest.Count < others)
            {
                largest.Enqueue(k, (row[k], -k));
            }
            else if (largest.TryPeek(out _, out var least) && row[k] > least.Value)
            {
                largest.DequeueEnqueue(k, (row[k], -k));
            }
        }

        kept[0] = own;
        for (var place = 1; place < kept.Length; place++)
        {
            kept[place] = largest.Dequeue();
        }

        kept.Sort();
    }

    private int EachOf(IReadOnlyList<int> examples) => examples.Count == 0 ? 1 : examples.Min(Length);
}
