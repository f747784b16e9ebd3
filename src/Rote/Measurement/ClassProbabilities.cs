namespace Rote.Measurement;

/// <summary>A number for every example and class, as a probability, of which perhaps only the largest of an example are known exactly: the
/// others of that example then share evenly what they sum to.</summary>
public sealed class ClassProbabilities
{
    private readonly float[] _values;
    private readonly int[]? _classes; // of each value; null where all are kept
    private readonly float[]? _rest; // [N] each number that is not kept

    /// <summary>Zeros.</summary>
    /// <param name="kept">What is kept of them.</param>
    public ClassProbabilities(KeptClasses kept)
        : this(kept, new float[kept.Total], kept.AreAll ? null : FirstClasses(kept), kept.AreAll ? null : new float[kept.Count]) { }

    private ClassProbabilities(KeptClasses kept, float[] values, int[]? classes, float[]? rest) =>
        (Kept, _values, _classes, _rest) = (kept, values, classes, rest);

    /// <summary>What is kept.</summary>
    public KeptClasses Kept { get; }

    /// <summary>Number of examples N.</summary>
    public int Count => Kept.Count;

    /// <summary>Number of classes K.</summary>
    public int Classes => Kept.Classes;

    /// <summary>The kept numbers, example after example.</summary>
    internal float[] Values => _values;

    /// <summary>The classes of the kept numbers, and what the others of each example are; null where all are kept.</summary>
    internal (int[] Classes, float[] Others)? Sparse => _classes is null ? null : (_classes, _rest!);

    /// <summary>An example's number for a class.</summary>
    /// <param name="example">In [0, <see cref="Count"/>).</param>
    /// <param name="label">In [0, <see cref="Classes"/>).</param>
    public float this[int example, int label]
    {
        get
        {
            var start = Kept.Start(example);
            if (Kept.IsWhole(example))
            {
                return _values[start + label];
            }

            var place = Array.BinarySearch(_classes!, start, Kept.Length(example), label);
            return place >= 0 ? _values[place] : _rest![example];
        }
    }

    /// <summary>Takes numbers of which all are kept.</summary>
    /// <param name="values">[N·K] all classes of example 0, then of example 1, …; from now on those of the result.</param>
    /// <param name="classes">K.</param>
    /// <exception cref="ArgumentException">They are no multiple of K.</exception>
    public static ClassProbabilities Whole(float[] values, int classes) =>
        classes >= 1 && values.Length % classes == 0
            ? new ClassProbabilities(KeptClasses.All(values.Length / classes, classes), values, null, null)
            : throw new ArgumentException($"{values.Length} numbers are no rows of {classes}.", nameof(values));

    /// <summary>Puts together what <see cref="Values"/> and <see cref="Sparse"/> gave.</summary>
    /// <returns>Null where they do not fit each other.</returns>
    internal static ClassProbabilities? Of(KeptClasses kept, float[] values, int[]? classes, float[]? others)
    {
        var isSound =
            values.Length == kept.Total
            && (classes is null) == kept.AreAll
            && (others is null) == kept.AreAll
            && (classes is null || (classes.Length == values.Length && others!.Length == kept.Count && AreAscending(kept, classes)));
        return isSound ? new ClassProbabilities(kept, values, classes, others) : null;
    }

    /// <summary>A place for <see cref="Row"/> to put an example's numbers; one a loop, because it is used again.</summary>
    public float[] NewBuffer() => Kept.AreAll ? [] : new float[Classes];

    /// <summary>Whether there is a number for an example.</summary>
    /// <param name="example">In [0, <see cref="Count"/>).</param>
    /// <returns>False for NaN.</returns>
    public bool IsKnown(int example) => !float.IsNaN(_values[Kept.Start(example)]);

    /// <summary>An example's numbers for every class.</summary>
    /// <param name="example">In [0, <see cref="Count"/>).</param>
    /// <param name="buffer">What <see cref="NewBuffer"/> gave; the result may stand in it.</param>
    /// <returns>[K], until the buffer is used again.</returns>
    public ReadOnlySpan<float> Row(int example, float[] buffer)
    {
        var (start, length) = (Kept.Start(example), Kept.Length(example));
        if (length == Classes)
        {
            return _values.AsSpan(start, length);
        }

        Array.Fill(buffer, _rest![example]);
        for (var place = start; place < start + length; place++)
        {
            buffer[_classes![place]] = _values[place];
        }

        return buffer;
    }

    /// <summary>Sets an example's numbers.</summary>
    /// <param name="example">In [0, <see cref="Count"/>).</param>
    /// <param name="row">[K]; NaN for all classes or for none.</param>
    public void Set(int example, ReadOnlySpan<float> row)
    {
        var (start, length) = (Kept.Start(example), Kept.Length(example));
        if (length == Classes)
        {
            row.CopyTo(_values.AsSpan(start));
            return;
        }

        if (float.IsNaN(row[0]))
        {
            Array.Fill(_values, float.NaN, start, length);
            _rest![example] = float.NaN;
            return;
        }

        Kept.Choose(example, row, _classes.AsSpan(start, length));
        var others = 0.0;
        foreach (var value in row)
        {
            others += value;
        }

        for (var place = start; place < start + length; place++)
        {
            _values[place] = row[_classes![place]];
            others -= _values[place];
        }

        _rest![example] = (float)Math.Max(0, others / (Classes - length));
    }

    /// <summary>Whether the classes of each example are ascending and in range: they may come from a damaged file.</summary>
    private static bool AreAscending(KeptClasses kept, int[] classes)
    {
        for (var i = 0; i < kept.Count; i++)
        {
            var last = -1;
            foreach (var label in classes.AsSpan(kept.Start(i), kept.Length(i)))
            {
                if (label <= last || label >= kept.Classes)
                {
                    return false;
                }

                last = label;
            }
        }

        return true;
    }

    private static int[] FirstClasses(KeptClasses kept)
    {
        var classes = new int[kept.Total];
        for (var i = 0; i < kept.Count; i++)
        {
            for (var place = 0; place < kept.Length(i); place++)
            {
                classes[kept.Start(i) + place] = place;
            }
        }

        return classes;
    }
}
