using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Rote.Data.Texts;

/// <summary>A text as a vector: counts its words, its pairs of neighbouring words and the parts of its words. A hash chooses the entry, one
/// of D, and the sign of each.</summary>
/// <remarks>
/// No dictionary has to be learned or kept, and an unseen word has an entry as well. Signs make collisions cancel on average, so that the
/// inner products of vectors are those of the counts (Weinberger et al. 2009, "Feature hashing for large scale multitask learning",
/// arXiv:0902.2206). An entry with the signed count ±n holds ±(1 + ln n). <see cref="VectorFeatures"/> weights entries by rarity, because
/// that needs the training rows.
/// </remarks>
internal static class HashedWords
{
    /// <summary>D, a power of 2.</summary>
    public const int Size = 2048;

    /// <summary>Lengths of the parts of words, in characters.</summary>
    private const int ShortestPart = 3;

    private const int LongestPart = 5;

    /// <summary>Marks the way texts are hashed, in a data set's checksum: another way makes other data.</summary>
    public const string Mark = "reading/words/1";

    private const ulong Offset = 14695981039346656037; // FNV-1a
    private const ulong Prime = 1099511628211;

    /// <summary>The vectors of texts.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="token">Cancels.</param>
    /// <returns>[N, D] float32 in the caller's scope.</returns>
    public static Tensor Of(IReadOnlyList<string> texts, CancellationToken token)
    {
        const int Part = 1000;
        using var scope = NewDisposeScope();
        var result = zeros([texts.Count, Size], float32);
        for (var start = 0; start < texts.Count; start += Part)
        {
            token.ThrowIfCancellationRequested();
            using var part = NewDisposeScope();
            var count = Math.Min(Part, texts.Count - start);
            var target = MemoryMarshal.Cast<byte, float>(result.narrow(0, start, count).bytes);
            for (var i = 0; i < count; i++)
            {
                Fill(texts[start + i], target.Slice(i * Size, Size));
            }
        }

        return result.MoveToOuterDisposeScope();
    }

    /// <summary>The vector of one text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="target">[D] zeros.</param>
    public static void Fill(string text, Span<float> target)
    {
        var previous = 0ul;
        foreach (var word in TextWords.Of(text))
        {
            var hash = Hash(Offset ^ 'w', word);
            Count(target, hash);
            if (previous != 0)
            {
                Count(target, (previous * 31) ^ hash ^ 'b');
            }

            previous = hash;
            CountParts(target, word);
        }

        foreach (ref var value in target)
        {
            value = value == 0 ? 0 : MathF.CopySign(1 + MathF.Log(MathF.Abs(value)), value);
        }
    }

    /// <summary>Counts the parts of a word with its ends marked, so that a beginning differs from a middle.</summary>
    private static void CountParts(Span<float> target, string word)
    {
        if (word.Length == 1)
        {
            return;
        }

        var marked = $"<{word}>";
        for (var length = ShortestPart; length <= LongestPart; length++)
        {
            for (var start = 0; start + length <= marked.Length; start++)
            {
                Count(target, Hash(Offset ^ 'c', marked.AsSpan(start, length)));
            }
        }
    }

    private static ulong Hash(ulong hash, ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            hash = (hash ^ character) * Prime;
        }

        return hash;
    }

    private static void Count(Span<float> target, ulong hash)
    {
        // the low bits of FNV-1a are those of the last characters alone: mix them (Steele et al. 2014, SplitMix64)
        hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9;
        hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EB;
        hash ^= hash >> 31;
        target[(int)(hash % Size)] += (hash >> 63) == 0 ? 1 : -1;
    }
}
