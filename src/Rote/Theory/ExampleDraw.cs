using System.IO.Hashing;
using Rote.Data;
using Rote.Tensors;
using static TorchSharp.torch;

namespace Rote.Theory;

/// <summary>Draws examples and labels for computations in closed form; tensors belong to the caller's scope.</summary>
internal static class ExampleDraw
{
    private const int RowsAtOnce = 1000;

    /// <summary>Draws a number of examples as rows of numbers, and their labels.</summary>
    /// <param name="data">Pictures or vectors; still the caller's.</param>
    /// <param name="count">The number of examples, at least 1.</param>
    /// <param name="stream">The stream of the order.</param>
    /// <param name="seeds">The randomness.</param>
    /// <param name="draw">The number of the draw.</param>
    /// <param name="distinct">Whether an example that equals an earlier one in every number is passed over: no function can give two labels
    /// to it.</param>
    /// <returns>[count, d] float64, bytes divided by 255, and [count] int64.</returns>
    /// <exception cref="InputException">There are fewer examples than requested.</exception>
    public static (Tensor Rows, Tensor Labels) Rows(Dataset data, int count, string stream, Seeds seeds, int draw, bool distinct = false)
    {
        var order = data.Count < count ? [] : seeds.Permutation(stream, draw, data.Count);
        var chosen = distinct ? Distinct(data.Pixels, order, count) : order;
        if (chosen.Length < count)
        {
            var kind = data.Split == Split.Train ? "training" : "test";
            var found = data.Count < count ? $"{data.Count} {kind}" : $"{chosen.Length} different {kind}";
            throw new InputException($"There are {found} examples, expected at least {count}: use larger data or a smaller scale.");
        }

        var rows = tensor(chosen[..count], int64);
        var pixels = data.Pixels.index_select(0, rows);
        return (pixels.reshape(count, -1).to(float64).div(255), data.Labels.index_select(0, rows));
    }

    /// <summary>Draws a share of the labels anew from all classes, as Zhang et al. 2017 do; every share uses the same draws.</summary>
    /// <param name="labels">[n] int64.</param>
    /// <param name="share">Share in [0, 1]; of C classes a drawn label is the old one with probability 1/C.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="stream">The stream of the labels.</param>
    /// <param name="seeds">The randomness.</param>
    /// <param name="draw">The number of the draw.</param>
    /// <returns>[n] int64.</returns>
    public static Tensor Relabelled(Tensor labels, double share, int classes, string stream, Seeds seeds, int draw)
    {
        var random = seeds.Stream(stream, draw);
        var own = labels.data<long>().ToArray();
        for (var i = 0; i < own.Length; i++)
        {
            var (lot, label) = (random.NextDouble(), random.NextInt(classes));
            own[i] = lot < share ? label : own[i];
        }

        return tensor(own, int64);
    }

    private static long[] Distinct(Tensor pixels, long[] order, int count)
    {
        var seen = new HashSet<UInt128>();
        var chosen = new List<long>(count);
        for (var start = 0; start < order.Length && chosen.Count < count; start += RowsAtOnce)
        {
            using var scope = NewDisposeScope();
            var part = order[start..Math.Min(start + RowsAtOnce, order.Length)];
            var bytes = pixels.index_select(0, tensor(part, int64)).contiguous().bytes;
            var width = bytes.Length / part.Length;
            for (var i = 0; i < part.Length; i++)
            {
                if (seen.Add(XxHash128.HashToUInt128(bytes.Slice(i * width, width))))
                {
                    chosen.Add(part[i]);
                }
            }
        }

        return [.. chosen];
    }
}
