using Rote.Data;
using static TorchSharp.torch;

namespace Rote.Audits.Checks;

/// <summary>Examples that are unlike all others: pictures by what they are like as a whole, vectors by the distance to their
/// neighbours.</summary>
internal sealed class Outliers : IDataCheck
{
    /// <summary>Neighbours whose mean distance counts; cleanlab takes as many.</summary>
    private const int Neighbours = 10;

    private const int MostCompared = 100_000;
    private const int Block = 500;
    private const double LeastScale = 0.02; // of the median

    public string Name => "outliers";

    public string Title => "Examples unlike all others";

    public CheckFinding? Look(CheckInput input, CancellationToken cancel)
    {
        var far = new Dictionary<int, double>();
        foreach (var values in Measures(input, cancel))
        {
            var limit = Tail.Upper(values, LeastScale * values.Order().ElementAt(values.Length / 2));
            for (var i = 0; i < values.Length; i++)
            {
                if (values[i] > limit && !input.Named.Contains(i))
                {
                    far[i] = Math.Max(far.GetValueOrDefault(i), values[i] / limit);
                }
            }
        }

        return far.Count == 0
            ? null
            : new CheckFinding(
                Name,
                Title,
                $"{CheckWords.Count(far.Count, "example", "is", "are")} unlike all others, by "
                    + $"{(input.Pictures is null ? "the distance to the nearest ones" : "colours, contrast and detail")}: look whether "
                    + $"{(far.Count == 1 ? "it belongs" : "they belong")} here.",
                [.. far.OrderByDescending(e => e.Value).ThenBy(e => e.Key).Select(e => e.Key)]
            );
    }

    private static IEnumerable<double[]> Measures(CheckInput input, CancellationToken cancel)
    {
        if (input.Pictures is { } pictures && pictures.Features.Length >= Tail.Fewest)
        {
            yield return RobustDistance.Of(pictures.Features);
        }

        // Columns of a table have tails of their own, and words of a text are too many: neither has a plain distance.
        var vectors =
            input.Vectors ?? (input.Examples is { IsVectors: true, FeatureNames: null, Columns: null, Texts: null } own ? own : null);
        if (vectors is { Count: >= Tail.Fewest and <= MostCompared })
        {
            input.Report("Looking for examples unlike all others").Report(0);
            yield return Distances(vectors, cancel);
        }
    }

    /// <summary>[N] the mean cosine distance to the nearest others.</summary>
    private static double[] Distances(Dataset vectors, CancellationToken cancel)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var values = vectors.Pixels.to(float32);
        values = values - values.mean([0L], keepdim: true);
        var unit = values / values.square().sum([1L], keepdim: true).sqrt_().clamp_min_(1e-12f); // [N, D]
        var all = unit.t().contiguous();
        var result = new double[vectors.Count];
        for (var start = 0; start < result.Length; start += Block)
        {
            cancel.ThrowIfCancellationRequested();
            using var block = NewDisposeScope();
            var count = Math.Min(Block, result.Length - start);
            var (similar, _) = unit.narrow(0, start, count).mm(all).topk(Neighbours + 1, 1); // with the example itself
            var mean = (similar.sum([1L]) - similar.select(1, 0)) / Neighbours;
            var means = mean.data<float>().ToArray();
            for (var i = 0; i < count; i++)
            {
                result[start + i] = Math.Max(1e-6, 1 - means[i]);
            }
        }

        return result;
    }
}
