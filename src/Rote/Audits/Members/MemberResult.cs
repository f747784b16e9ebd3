using Rote.Measurement;
using Rote.Storage;
using static TorchSharp.torch;

namespace Rote.Audits.Members;

/// <summary>One member's predictions for every example. Arrays have one entry an example.</summary>
internal sealed record MemberResult
{
    /// <summary>[N] whether it was trained on it.</summary>
    public required bool[] InBag { get; init; }

    /// <summary>[N] the label it was trained on, or would have been: the given one but for canaries.</summary>
    public required int[] Label { get; init; }

    /// <summary>[N·K] softmax probabilities after training.</summary>
    public required float[] Probabilities { get; init; }

    /// <summary>Measures of training dynamics by name, each [N]; NaN where it was not trained on the example.</summary>
    public required IReadOnlyDictionary<string, float[]> Dynamics { get; init; }

    /// <summary>[Q] examples whose neighbours were looked for: those left out by this member; null after the first members.</summary>
    public int[]? Queries { get; init; }

    /// <summary>Their nearest examples of each class in this member's feature space.</summary>
    public ClassNeighbours? Neighbours { get; init; }

    /// <summary>Number of classes K.</summary>
    public int Classes => Probabilities.Length / Label.Length;

    /// <summary>Writes the result, whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="identity">The audit's.</param>
    /// <param name="time">What it took; no result.</param>
    public void Write(string path, string identity, MemberTime time)
    {
        using var scope = NewDisposeScope();
        var tensors = new List<(string, Tensor)>
        {
            ("inside", tensor(InBag)),
            ("label", tensor(Label)),
            ("probabilities", tensor(Probabilities, [Label.Length, Classes])),
        };
        tensors.AddRange(Dynamics.Select(measure => ($"dynamics.{measure.Key}", tensor(measure.Value))));
        if (Queries is not null && Neighbours is { } near)
        {
            tensors.Add(("neighbours.queries", tensor(Queries)));
            tensors.Add(("neighbours.similarity", tensor(near.Similarity, [Queries.Length, Classes])));
            tensors.Add(("neighbours.row", tensor(near.Row, [Queries.Length, Classes])));
        }

        var metadata = new Dictionary<string, string>
        {
            ["audit"] = identity,
            ["seconds"] = time.Seconds.ToString("R"),
            ["together"] = time.Together.ToString(),
        };
        AtomicFile.Write(path, stream => Safetensors.Write(stream, tensors, metadata));
    }

    /// <summary>Reads a result.</summary>
    /// <param name="path">The file.</param>
    /// <param name="identity">The audit's.</param>
    /// <returns>The result and what it took.</returns>
    /// <exception cref="InputException">The file is damaged or of another audit.</exception>
    public static (MemberResult Result, MemberTime Time) Read(string path, string identity)
    {
        using var file = Safetensors.Read(path);
        if (
            file.Metadata.GetValueOrDefault("audit") != identity
            || !double.TryParse(file.Metadata.GetValueOrDefault("seconds"), out var seconds)
            || !int.TryParse(file.Metadata.GetValueOrDefault("together", "1"), out var together)
            || together < 1
            || !IsWhole(file.Tensors)
        )
        {
            throw new InputException($"{path} is not a member of this audit; remove it, and it is trained again.");
        }

        var queries = file.Tensors.GetValueOrDefault("neighbours.queries")?.data<int>().ToArray();
        var classes = (int)file.Tensors["probabilities"].shape[1];
        var result = new MemberResult
        {
            InBag = file.Tensors["inside"].data<bool>().ToArray(),
            Label = file.Tensors["label"].data<int>().ToArray(),
            Probabilities = file.Tensors["probabilities"].data<float>().ToArray(),
            Dynamics = file
                .Tensors.Where(t => t.Key.StartsWith("dynamics.", StringComparison.Ordinal))
                .ToDictionary(t => t.Key["dynamics.".Length..], t => t.Value.data<float>().ToArray()),
            Queries = queries,
            Neighbours = queries is null
                ? null
                : new ClassNeighbours(
                    classes,
                    file.Tensors["neighbours.similarity"].data<float>().ToArray(),
                    file.Tensors["neighbours.row"].data<int>().ToArray()
                ),
        };
        return (result, new MemberTime(seconds, together));
    }

    /// <summary>Whether tensors have the names, types and shapes that are read: a file may be whole and yet not of this program.</summary>
    private static bool IsWhole(IReadOnlyDictionary<string, Tensor> tensors)
    {
        if (
            !tensors.TryGetValue("probabilities", out var probabilities)
            || probabilities.dtype != ScalarType.Float32
            || probabilities.dim() != 2
            || probabilities.shape[0] == 0
        )
        {
            return false;
        }

        var (count, classes) = (probabilities.shape[0], probabilities.shape[1]);
        var dynamics = tensors.Where(entry => entry.Key.StartsWith("dynamics.", StringComparison.Ordinal));
        var queries = tensors.GetValueOrDefault("neighbours.queries");
        return Is("inside", ScalarType.Bool, count)
            && Is("label", ScalarType.Int32, count)
            && dynamics.All(entry => Is(entry.Key, ScalarType.Float32, count))
            && (
                queries is null
                || (
                    Is("neighbours.queries", ScalarType.Int32, queries.numel())
                    && Is("neighbours.similarity", ScalarType.Float32, queries.numel(), classes)
                    && Is("neighbours.row", ScalarType.Int32, queries.numel(), classes)
                )
            );

        bool Is(string name, ScalarType type, params long[] shape) =>
            tensors.TryGetValue(name, out var value) && value.dtype == type && value.shape.SequenceEqual(shape);
    }
}
