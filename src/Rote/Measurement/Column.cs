namespace Rote.Measurement;

/// <summary>A column of a table with one row per example, of one plain type that every table reader supports.</summary>
public sealed record Column
{
    private static readonly Type[] Plain =
    [
        typeof(int[]),
        typeof(long[]),
        typeof(long?[]),
        typeof(float[]),
        typeof(double[]),
        typeof(bool[]),
        typeof(string[]),
    ];

    /// <summary>Creates a column.</summary>
    /// <param name="name">Its name in a file, in camelCase.</param>
    /// <param name="values">An array of <c>int</c>, <c>long</c>, <c>long?</c> (some are missing), <c>float</c>, <c>double</c>, <c>bool</c>
    /// or <c>string</c>; not copied.</param>
    /// <exception cref="ArgumentException">The array holds something else.</exception>
    public Column(string name, Array values)
    {
        if (!Plain.Contains(values.GetType()))
        {
            throw new ArgumentException(
                $"The column {name} is {values.GetType().Name}, expected an array of a plain type.",
                nameof(values)
            );
        }

        (Name, Values) = (name, values);
    }

    /// <summary>The name of the column.</summary>
    public string Name { get; }

    /// <summary>One value per example.</summary>
    public Array Values { get; }

    /// <summary>Selects some of the values.</summary>
    /// <param name="order">Indices of the values, in the order of the result.</param>
    /// <returns>A column of the same name.</returns>
    public Column Select(IReadOnlyList<int> order)
    {
        var chosen = Array.CreateInstance(Values.GetType().GetElementType()!, order.Count);
        for (var i = 0; i < order.Count; i++)
        {
            chosen.SetValue(Values.GetValue(order[i]), i);
        }

        return new Column(Name, chosen);
    }
}
