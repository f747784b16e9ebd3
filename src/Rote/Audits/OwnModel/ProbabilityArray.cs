using Rote.Data.Formats.Numpy;

namespace Rote.Audits.OwnModel;

/// <summary>Probabilities from an array [N, K] of NumPy, of any type of numbers and in either order.</summary>
internal static class ProbabilityArray
{
    /// <summary>Reads them.</summary>
    /// <param name="path">An .npy file, or an .npz file with one array.</param>
    /// <param name="examples">What they are about, a row an example in the order of the source.</param>
    /// <returns>The examples with a class a column, and [N·K] probabilities in their order.</returns>
    /// <exception cref="InputException">It is no such array, or does not fit the examples.</exception>
    /// <exception cref="MachineException">It cannot be read, or does not fit into memory.</exception>
    public static (LabelledExamples Examples, float[] Values) Read(string path, LabelledExamples examples)
    {
        using var store = path.EndsWith(".npz", StringComparison.OrdinalIgnoreCase) ? ArrayStore.OfArchive(path) : ArrayStore.OfFile(path);
        if (store.Names.Count != 1)
        {
            throw new InputException(
                store.Names.Count == 0
                    ? $"{path} holds no array, expected one of probabilities [N, K]."
                    : $"{path} holds the arrays {LabelledExamples.Words(store.Names)}, expected one; save the probabilities alone."
            );
        }

        return store.Guard(() =>
        {
            using var array = store.Open(store.Names[0]);
            var (header, name) = (array.Header, array.Label);
            RequireShape(array, examples);
            var classes = (int)header.Shape[1];
            var known = examples.InColumns(name, classes);
            MemoryGuard.Require(name, $"{classes:N0} probabilities", 2L * sizeof(float) * classes, header.Shape[0], "give fewer examples");
            return (known, Values(array, known));
        });
    }

    private static void RequireShape(NpyArray array, LabelledExamples examples)
    {
        var (header, name) = (array.Header, array.Label);
        if (header.IsText)
        {
            throw new InputException($"{name} holds {header.TypeName}, expected probabilities.");
        }

        if (header.Shape is not [_, > 1])
        {
            throw new InputException(
                $"{name} has the shape {array.ShapeText}, expected [N, K] with a row an example and a column for each of two classes or "
                    + $"more; for two classes give 1 − p beside p."
            );
        }

        if (header.Shape[0] != examples.Labels.Length)
        {
            throw new InputException(
                $"{name} has {header.Shape[0]:N0} rows and {examples.Source} has {examples.Labels.Length:N0} labelled "
                    + $"examples, expected as "
                    + $"many of each; a table with the columns file and row may leave some out."
            );
        }

        if (header.Shape[1] > ArrayVectors.MostFeatures || header.Count > Array.MaxLength)
        {
            throw new InputException($"{name} has the shape {array.ShapeText}, which is more than an audit can hold.");
        }
    }

    private static float[] Values(NpyArray array, LabelledExamples examples)
    {
        var (header, order) = (array.Header, examples.Order);
        var (count, classes) = (order.Length, (int)header.Shape[1]);
        var values = new float[header.Count];
        array.Read(
            (first, elements) =>
            {
                for (var e = 0; e < elements.Length / header.ItemBytes; e++)
                {
                    var (row, column) = header.IsFortranOrder
                        ? ((first + e) % count, (first + e) / count)
                        : ((first + e) / classes, (first + e) % classes);
                    values[((long)order[row] * classes) + column] = ArrayVectors.Value(
                        elements.Slice(e * header.ItemBytes, header.ItemBytes),
                        header.Kind
                    );
                }
            }
        );
        return values;
    }
}
