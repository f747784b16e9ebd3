namespace Rote.Data.Formats.Numpy;

/// <summary>Arrays that numpy.savez got without names: arr_0, arr_1, … in the order of its arguments. Their shapes tell which are
/// labels.</summary>
internal static class PositionalLayout
{
    /// <summary>Finds which arrays are examples and which are labels.</summary>
    /// <param name="store">The arrays.</param>
    /// <returns>The layout; null if the arrays have names.</returns>
    /// <exception cref="InputException">They have no names, and their shapes do not tell which are labels.</exception>
    public static ArrayLayout? Find(ArrayStore store)
    {
        var names = Enumerable.Range(0, store.Names.Count).Select(i => $"arr_{i}").ToArray();
        if (names.Length < 2 || !names.All(store.Has))
        {
            return null;
        }

        var shapes = Array.ConvertAll(names, name => Shape(store, name));
        return Find(names, Array.ConvertAll(shapes, shape => shape is [_]))
            ?? Find(names, Array.ConvertAll(shapes, shape => shape is [_] or [_, 1]))
            ?? throw new InputException(
                $"{store.Path} holds arrays without names, "
                    + $"{string.Join(", ", names.Zip(shapes, (name, shape) => $"{name} {Tensors.Shape.Text(shape)}").Take(10))}, "
                    + "and their shapes do not say which are labels; name them: np.savez(file, x=x, y=y)."
            );
    }

    private static ArrayLayout? Find(string[] names, bool[] areLabels) =>
        (names, areLabels) switch
        {
            ([var x, var y], [false, true]) => new ArrayLayout(x, y, null),
            ([var y, var x], [true, false]) => new ArrayLayout(x, y, null),
            ([var x, var y, var testX, var testY], [false, true, false, true]) => new ArrayLayout(x, y, (testX, testY)),
            // the order of scikit-learn's train_test_split
            ([var x, var testX, var y, var testY], [false, false, true, true]) => new ArrayLayout(x, y, (testX, testY)),
            _ => null,
        };

    private static long[] Shape(ArrayStore store, string name)
    {
        using var array = store.Open(name);
        return array.Header.Shape;
    }
}
