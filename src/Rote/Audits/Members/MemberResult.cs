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

    /// <summary>[N][K] softmax probabilities after training.</summary>
    public required ClassProbabilities Probabilities { get; init; }

    /// <summary>Measures of training dynamics by name, each [N]; NaN where it was not trained on the example.</summary>
    public required IReadOnlyDictionary<string, float[]> Dynamics { get; init; }

    /// <summary>[Q] examples whose neighbours were looked for: those left out by this member; null after the first members.</summary>
    public int[]? Queries { get; init; }

    /// <summary>Their nearest examples of each class in this member's feature space.</summary>
    public ClassNeighbours? Neighbours { get; init; }

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
            ("probabilities", tensor(Probabilities.Values, Shape(Probabilities.Kept))),
        };
        if (Probabilities.Sparse is var (classes, others))
        {
            tensors.Add((Names.Classes, tensor(classes)));
            tensors.Add((Names.Others, tensor(others)));
        }

        tensors.AddRange(Dynamics.Select(measure => ($"dynamics.{measure.Key}", tensor(measure.Value))));
        if (Queries is not null && Neighbours is { } near)
        {
            var shape = Shape(near.Kept ?? KeptClasses.All(Queries.Length, near.Classes));
            tensors.Add(("neighbours.queries", tensor(Queries)));
            tensors.Add(("neighbours.similarity", tensor(near.Similarity, shape)));
            tensors.Add(("neighbours.row", tensor(near.Row, shape)));
            if (near.KeptClass is { } nearest)
            {
                tensors.Add((Names.Nearest, tensor(nearest)));
            }
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
    /// <param name="kept">What is kept of the audit's predictions; null: all of them, as many as the file has.</param>
    /// <returns>The result and what it took.</returns>
    /// <exception cref="InputException">The file is damaged or of another audit.</exception>
    public static (MemberResult Result, MemberTime Time) Read(string path, string identity, KeptClasses? kept = null)
    {
        using var file = Safetensors.Read(path);
        return Time(file, identity) is { } time && Of(file.Tensors, kept) is { } result ? (result, time) : throw NoMember(path);
    }

    /// <summary>Reads what a member took, and nothing else.</summary>
    /// <param name="path">The file.</param>
    /// <param name="identity">The audit's.</param>
    /// <exception cref="InputException">The file is damaged or of another audit.</exception>
    public static MemberTime ReadTime(string path, string identity)
    {
        using var file = Safetensors.Read(path);
        return Time(file, identity) ?? throw NoMember(path);
    }

    private static InputException NoMember(string path) =>
        new($"{path} is not a member of this audit; remove it, and it is trained again.");

    /// <summary>What a member took; null where the file says nothing of it, or is of another audit.</summary>
    private static MemberTime? Time(Safetensors file, string identity) =>
        file.Metadata.GetValueOrDefault("audit") == identity
        && double.TryParse(file.Metadata.GetValueOrDefault("seconds"), out var seconds)
        && int.TryParse(file.Metadata.GetValueOrDefault("together", "1"), out var together)
        && together >= 1
            ? new MemberTime(seconds, together)
            : null;

    /// <summary>The result in tensors; null where they do not have the names, types and shapes that are read: a file may be whole and yet
    /// not of this program.</summary>
    private static MemberResult? Of(IReadOnlyDictionary<string, Tensor> tensors, KeptClasses? known)
    {
        if (known is null && (!Has(tensors, "probabilities", ScalarType.Float32, -1, -1) || tensors["probabilities"].shape[0] == 0))
        {
            return null;
        }

        var kept = known ?? KeptClasses.All((int)tensors["probabilities"].shape[0], (int)tensors["probabilities"].shape[1]);
        var isSound =
            Has(tensors, "inside", ScalarType.Bool, kept.Count)
            && Has(tensors, "label", ScalarType.Int32, kept.Count)
            && Has(tensors, "probabilities", ScalarType.Float32, Shape(kept))
            && (kept.AreAll || Has(tensors, Names.Classes, ScalarType.Int32, kept.Total))
            && (kept.AreAll || Has(tensors, Names.Others, ScalarType.Float32, kept.Count))
            && Dynamic(tensors).All(entry => Has(tensors, entry.Key, ScalarType.Float32, kept.Count));
        if (
            !isSound
            || ClassProbabilities.Of(
                kept,
                tensors["probabilities"].data<float>().ToArray(),
                kept.AreAll ? null : tensors[Names.Classes].data<int>().ToArray(),
                kept.AreAll ? null : tensors[Names.Others].data<float>().ToArray()
            )
                is not { } probabilities
        )
        {
            return null;
        }

        var queries = tensors.GetValueOrDefault("neighbours.queries") is { } asked ? Queried(asked, kept.Count) : [];
        var near = queries is { Length: > 0 } ? Near(tensors, kept.Of(queries)) : null;
        return queries is null || (queries.Length > 0 && near is null)
            ? null
            : new MemberResult
            {
                InBag = tensors["inside"].data<bool>().ToArray(),
                Label = tensors["label"].data<int>().ToArray(),
                Probabilities = probabilities,
                Dynamics = Dynamic(tensors).ToDictionary(t => t.Key["dynamics.".Length..], t => t.Value.data<float>().ToArray()),
                Queries = near is null ? null : queries,
                Neighbours = near,
            };
    }

    /// <summary>The queries; null where they are no examples.</summary>
    private static int[]? Queried(Tensor queries, int count)
    {
        var asked = queries.dtype == ScalarType.Int32 ? queries.data<int>().ToArray() : [-1];
        return Array.TrueForAll(asked, query => query >= 0 && query < count) ? asked : null;
    }

    private static ClassNeighbours? Near(IReadOnlyDictionary<string, Tensor> tensors, KeptClasses kept)
    {
        var isSound =
            Has(tensors, "neighbours.similarity", ScalarType.Float32, Shape(kept))
            && Has(tensors, "neighbours.row", ScalarType.Int32, Shape(kept))
            && (kept.AreAll || Has(tensors, Names.Nearest, ScalarType.Int32, kept.Total));
        if (!isSound)
        {
            return null;
        }

        var near = new ClassNeighbours(
            kept.Classes,
            tensors["neighbours.similarity"].data<float>().ToArray(),
            tensors["neighbours.row"].data<int>().ToArray()
        );
        return kept.AreAll ? near : near with { Kept = kept, KeptClass = tensors[Names.Nearest].data<int>().ToArray() };
    }

    private static IEnumerable<KeyValuePair<string, Tensor>> Dynamic(IReadOnlyDictionary<string, Tensor> tensors) =>
        tensors.Where(entry => entry.Key.StartsWith("dynamics.", StringComparison.Ordinal));

    /// <summary>[N, K] where all numbers are kept, else [total].</summary>
    private static long[] Shape(KeptClasses kept) => kept.AreAll ? [kept.Count, kept.Classes] : [kept.Total];

    private static bool Has(IReadOnlyDictionary<string, Tensor> tensors, string name, ScalarType type, params long[] shape) =>
        tensors.TryGetValue(name, out var value)
        && value.dtype == type
        && value.shape.Length == shape.Length
        && value.shape.Zip(shape).All(size => size.Second < 0 || size.First == size.Second);

    /// <summary>Tensors that are there where only some of the numbers are kept.</summary>
    private static class Names
    {
        public const string Classes = "probabilities.classes";
        public const string Others = "probabilities.others";
        public const string Nearest = "neighbours.classes";
    }
}
