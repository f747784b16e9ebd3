using Rote.Data;

namespace Rote.Audits;

/// <summary>Vectors that a network may have made, which may know the labels: a network that was trained on them puts an example where its
/// label says, right or wrong.</summary>
internal static class EmbeddingVectors
{
    /// <summary>Columns of a table that are called x1, x2, x3 may be measured; so many are rather embeddings.</summary>
    private const int Numbered = 8;

    /// <summary>Whether examples may be such vectors.</summary>
    /// <param name="examples">The examples.</param>
    /// <returns>True for vectors whose features have no names of their own, or names that only count, as <c>e0</c>, <c>e1</c>, …;
    /// not for what Rote made of texts and categories.</returns>
    public static bool MayBe(Dataset examples) =>
        examples.IsVectors
        && examples.Columns is null
        && (examples.FeatureNames is not { } names || (names.Count >= Numbered && names.Select(Stem).Distinct().Count() == 1));

    /// <summary>A name without the number at its end; itself where it has none.</summary>
    private static string Stem(string name) =>
        name.TrimEnd("0123456789".ToCharArray()) is var stem && stem.Length < name.Length ? stem : name;
}
