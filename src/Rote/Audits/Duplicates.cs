using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Rote.Data;
using Rote.Data.Texts;
using Rote.Measurement;
using Rote.Training;
using static TorchSharp.torch;

namespace Rote.Audits;

/// <summary>Two examples that are the same, or nearly.</summary>
/// <param name="First">The earlier one's row.</param>
/// <param name="Second">The other's row; for twins in the test set its row there.</param>
/// <param name="Similarity">1 for equal ones; else the cosine of what a network sees of them (for pictures the correlation of their
/// pixels).</param>
public readonly record struct Twins(int First, int Second, double Similarity);

/// <summary>Examples that stand in a data set more than once.</summary>
/// <param name="Exact">Equal to the last bit, texts but for upper and lower case, space and Unicode's form: each example with the first
/// one that it equals.</param>
/// <param name="Near">Nearly equal, each example at most once as the later one; exact ones are not repeated.</param>
/// <param name="InTest">Training examples that stand in the test set too, exactly or nearly, with the row there.</param>
/// <param name="Conflicts">How many of <paramref name="Exact"/> and <paramref name="Near"/> have two different labels, of which one must be
/// wrong if they show the same thing.</param>
public sealed record Duplicates(IReadOnlyList<Twins> Exact, IReadOnlyList<Twins> Near, IReadOnlyList<Twins> InTest, int Conflicts)
{
    /// <summary>Pictures whose pixels correlate so may be nearly equal: the same picture shifted, cut or compressed a little.</summary>
    private const double NearPicture = 0.6;

    /// <summary>The edges of nearly equal pictures agree so, at a small shift. DuplicatesTests draws pictures on both sides of
    /// it.</summary>
    private const double SameEdges = 0.9;

    /// <summary>And their pixels correlate so at that shift.</summary>
    private const double SamePixels = 0.95;

    /// <summary>Pictures that are too small to have edges must correlate so.</summary>
    private const double NearSmallPicture = 0.95;

    /// <summary>Vectors are often close to each other; only a hair's breadth counts.</summary>
    private const double NearVector = 0.9999;

    /// <summary>Texts whose words, pairs of words and parts of words agree so say the same: one letter in a sentence is another, or a dot
    /// is missing.</summary>
    private const double NearText = 0.95;

    private const int Block = 500;

    /// <summary>Examples of a packed set that are looked at together.</summary>
    private const int FilePart = 20_000;

    /// <summary>Looks for them.</summary>
    /// <param name="examples">The examples.</param>
    /// <param name="test">Test examples; null: none.</param>
    /// <param name="prepared">The examples as a network sees them.</param>
    /// <param name="neighbours">For every example its nearest examples: the near ones are looked for among them.</param>
    /// <param name="cancel">Stops.</param>
    /// <param name="afar">Gives what examples look like from afar, [N, D]: the training example that is most like a test example is
    /// looked for there, at a fraction of the work. Null: among the whole inputs.</param>
    internal static Duplicates Find(
        Dataset examples,
        Dataset? test,
        PreparedData prepared,
        ClassNeighbours neighbours,
        CancellationToken cancel,
        Func<PreparedData, Tensor>? afar = null
    )
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var hashes = Hashes(examples);
        var (first, exact) = (new Dictionary<UInt128, int>(), new List<Twins>());
        for (var i = 0; i < hashes.Length; i++)
        {
            if (!first.TryAdd(hashes[i], i))
            {
                exact.Add(new Twins(first[hashes[i]], i, 1));
            }
        }

        var least =
            examples.Texts is not null ? NearText
            : examples.IsVectors ? NearVector
            : PictureEdges.AreIn(prepared.Part(0, 1)) ? NearPicture
            : NearSmallPicture;
        var near = NearlyEqual(prepared, neighbours, least, [.. exact.Select(t => t.Second)], cancel);
        var labels = examples.Labels.data<long>().ToArray();
        return new Duplicates(
            exact,
            near,
            test is null ? [] : InTestSet(hashes, test, prepared, least, afar, cancel),
            exact.Concat(near).Count(t => labels[t.First] != labels[t.Second])
        );
    }

    private static UInt128[] Hashes(Dataset images)
    {
        if (images.Texts is { } texts)
        {
            return [.. texts.Select(text => Hash(MemoryMarshal.AsBytes(TextWords.Key(text).AsSpan())))];
        }

        var rows = new UInt128[images.Count];
        for (var i = 0; i < rows.Length; i++)
        {
            using var scope = NewDisposeScope();
            var row = images.Pixels[i].contiguous(); // one by one: all of them may be more than memory holds
            rows[i] = Hash(row.bytes[..(int)(row.numel() * row.ElementSize)]);
        }

        return rows;
    }

    private static UInt128 Hash(ReadOnlySpan<byte> bytes)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, digest);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128LittleEndian(digest);
    }

    private static List<Twins> NearlyEqual(
        PreparedData prepared,
        ClassNeighbours neighbours,
        double least,
        HashSet<int> known,
        CancellationToken cancel
    )
    {
        var nearest = Enumerable.Range(0, prepared.Count).Select(neighbours.Nearest).ToArray();
        var found = new List<Twins>();
        for (var start = 0; start < prepared.Count; start += Block)
        {
            cancel.ThrowIfCancellationRequested();
            using var block = NewDisposeScope();
            var rows = Enumerable.Range(start, Math.Min(Block, prepared.Count - start)).Where(i => nearest[i] >= 0).ToArray();
            if (rows.Length == 0)
            {
                continue;
            }

            var own = prepared.At(tensor(Array.ConvertAll(rows, i => (long)i)));
            var other = prepared.At(tensor(Array.ConvertAll(rows, i => (long)nearest[i])));
            var similar = Similarity(own, other, least);
            for (var r = 0; r < rows.Length; r++)
            {
                var (first, second) = (Math.Min(rows[r], nearest[rows[r]]), Math.Max(rows[r], nearest[rows[r]]));
                if (similar[r] >= least && !known.Contains(second))
                {
                    known.Add(second);
                    found.Add(new Twins(first, second, Math.Min(1, similar[r])));
                }
            }
        }

        return found;
    }

    private static List<Twins> InTestSet(
        UInt128[] hashes,
        Dataset test,
        PreparedData prepared,
        double least,
        Func<PreparedData, Tensor>? afar,
        CancellationToken cancel
    )
    {
        using var scope = NewDisposeScope();
        using var seen = PreparedData.From(test, prepared.Precision);
        var exact = Hashes(test).Select((hash, row) => (hash, row)).GroupBy(t => t.hash).ToDictionary(g => g.Key, g => g.First().row);
        var found = new SortedDictionary<int, Twins>();
        var nearest = afar is null ? Nearest(seen, prepared, cancel) : Nearest(afar(seen), Unit(afar(prepared)).t(), cancel);
        for (var start = 0; start < test.Count; start += Block)
        {
            cancel.ThrowIfCancellationRequested();
            using var block = NewDisposeScope();
            var count = Math.Min(Block, test.Count - start);
            var places = nearest[start..(start + count)];
            var similar = Similarity(seen.Part(start, count), prepared.At(tensor(places)), least);
            for (var t = 0; t < count; t++)
            {
                if (similar[t] >= least)
                {
                    found.TryAdd((int)places[t], new Twins((int)places[t], start + t, Math.Min(1, similar[t])));
                }
            }
        }

        for (var i = 0; i < hashes.Length; i++)
        {
            if (exact.TryGetValue(hashes[i], out var row))
            {
                found[i] = new Twins(i, row, 1);
            }
        }

        return [.. found.Values];
    }

    /// <summary>How similar pairs are; of pictures the correlation at a small shift, −1 where their edges do not agree.</summary>
    private static float[] Similarity(Tensor first, Tensor second, double least)
    {
        var similar = (Unit(first) * Unit(second)).sum([1L]).data<float>().ToArray();
        var like = Enumerable.Range(0, similar.Length).Where(i => similar[i] >= least).ToArray();
        if (like.Length > 0 && PictureEdges.AreIn(first))
        {
            var rows = tensor(Array.ConvertAll(like, i => (long)i));
            var (edges, pixels) = PictureEdges.Agreement(first.index_select(0, rows), second.index_select(0, rows));
            foreach (var (place, i) in like.Index())
            {
                similar[i] = edges[place] >= SameEdges && pixels[place] >= SamePixels ? pixels[place] : -1;
            }
        }

        return similar;
    }

    /// <summary>Of every test example the training example that is most like it.</summary>
    /// <returns>[T] rows.</returns>
    private static long[] Nearest(PreparedData test, PreparedData train, CancellationToken cancel)
    {
        // All at once where they are in memory; else as many as take little of it.
        var part = train.IsInFile ? FilePart : train.Count;
        var (best, rows) = (full([test.Count], float.NegativeInfinity, float32), zeros([test.Count], int64));
        for (var first = 0; first < train.Count; first += part)
        {
            using var outer = NewDisposeScope();
            var units = Units(train, first, Math.Min(part, train.Count - first)).t(); // [D, n]
            for (var start = 0; start < test.Count; start += Block)
            {
                cancel.ThrowIfCancellationRequested();
                using var inner = NewDisposeScope();
                var count = Math.Min(Block, test.Count - start);
                var own = Unit(test.Part(start, count)).to(units.dtype); // [B, D]
                var (similar, places) = own.mm(units).to(float32).max(1);
                var (most, row) = (best.narrow(0, start, count), rows.narrow(0, start, count));
                row.copy_(where(similar.gt(most), places + first, row));
                most.copy_(similar.maximum(most));
            }
        }

        return rows.data<long>().ToArray();
    }

    /// <summary>The same among a few numbers of each.</summary>
    /// <param name="test">[T, D].</param>
    /// <param name="train">[D, N] of length 1.</param>
    /// <param name="cancel">Stops.</param>
    private static long[] Nearest(Tensor test, Tensor train, CancellationToken cancel)
    {
        var rows = new List<long>();
        for (var start = 0; start < test.shape[0]; start += Block)
        {
            cancel.ThrowIfCancellationRequested();
            using var block = NewDisposeScope();
            var own = Unit(test.narrow(0, start, Math.Min(Block, test.shape[0] - start)));
            rows.AddRange(own.mm(train).argmax(1).data<long>().ToArray());
        }

        return [.. rows];
    }

    /// <returns>[n, D] rows of length 1 in the inputs' own type. In blocks: in float32 at once those of CIFAR-10 took 2.5 GB.</returns>
    private static Tensor Units(PreparedData inputs, int first, int count)
    {
        Tensor? units = null;
        for (var start = 0; start < count; start += Block)
        {
            using var block = NewDisposeScope();
            var size = Math.Min(Block, count - start);
            var part = inputs.Part(first + start, size);
            units ??= empty([count, part.numel() / size], part.dtype).MoveToOuterDisposeScope();
            units.narrow(0, start, size).copy_(Unit(part));
        }

        return units!;
    }

    /// <returns>[B, D] float32 rows of length 1.</returns>
    private static Tensor Unit(Tensor inputs)
    {
        var flat = inputs.flatten(1).to(float32);
        return flat / flat.square().sum([1L], keepdim: true).sqrt_().clamp_min_(1e-12f);
    }
}
