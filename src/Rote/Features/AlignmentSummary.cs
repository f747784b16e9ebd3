using Rote.Measurement;
using static TorchSharp.torch;

namespace Rote.Features;

/// <summary>Alignment of the filters of a network's first layer with the data: whether their covariance has the axes of the patches'
/// covariance.</summary>
/// <remarks>
/// docs/reference/measures/alignment.md. With V the eigenvectors of the covariance of patches and M = Vᵀ (WᵀW / m) V that of m filters
/// in those axes, A = Σ Mᵢᵢ² / Σ Mᵢⱼ² is 1 where they share all axes. In random axes it is (2 + t² / ‖M‖²) / (D + 2), t the trace: the
/// excess over that is what is reported. After Maennel et al. 2020 (arXiv:2006.10455), who show that networks align on true and on random
/// labels alike.
/// </remarks>
public sealed record AlignmentSummary
{
    /// <summary>The largest patch, in numbers; a larger one costs too much memory and time.</summary>
    public const int MostInputs = 4096;

    private const int Groups = 10;
    private const int Fewest = 4;
    private const int Patches = 20_000;

    /// <summary>A minus its value in random axes, for the filters.</summary>
    public required Estimate Excess { get; init; }

    /// <summary>The same for the change of the filters by training; null for an untrained network.</summary>
    public Estimate? ExcessOfChange { get; init; }

    /// <summary>Numbers per patch, D.</summary>
    public required int Inputs { get; init; }

    /// <summary>Number of filters, m.</summary>
    public required int Filters { get; init; }

    /// <summary>Measures.</summary>
    /// <param name="weight">[m, D] or [m, C, rows, columns].</param>
    /// <param name="start">The weights before training; null for an untrained network.</param>
    /// <param name="axes">[D, D] as <see cref="Axes"/>.</param>
    internal static AlignmentSummary Of(Tensor weight, Tensor? start, Tensor axes)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var filters = weight.detach().flatten(1).to(float32); // [m, D]
        return new AlignmentSummary
        {
            Excess = ExcessOf(filters.mm(axes)),
            ExcessOfChange = start is null ? null : ExcessOf((filters - start.detach().flatten(1).to(float32)).mm(axes)),
            Inputs = (int)filters.shape[1],
            Filters = (int)filters.shape[0],
        };
    }

    /// <summary>The axes of the patches' covariance.</summary>
    /// <param name="inputs">[N, H, W, C] or [N, D] whitened, in random order.</param>
    /// <param name="weight">The filters; patches have their size.</param>
    /// <returns>[D, D] eigenvectors as columns, float32, in the caller's scope.</returns>
    internal static Tensor Axes(Tensor inputs, Tensor weight)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var patches = (weight.dim() == 4 ? PatchesOf(inputs, weight.shape) : inputs.flatten(1)).to(float32); // [P, D]
        patches = patches - patches.mean([0L], keepdim: true);
        var (_, axes) = linalg.eigh(patches.t().mm(patches) / patches.shape[0]);
        return axes.MoveToOuterDisposeScope();
    }

    /// <summary>The excess, with the jackknife's error over ten groups of filters, or over single ones where there are fewer.</summary>
    /// <param name="filters">[m, D] in the data's axes.</param>
    internal static Estimate ExcessOf(Tensor filters)
    {
        using var scope = NewDisposeScope();
        var count = filters.shape[0];
        var value = Excess1(filters);
        if (count < Fewest)
        {
            return new Estimate(value, double.NaN, (int)count);
        }

        var groups = (int)Math.Min(Groups, count);
        var without = Enumerable
            .Range(0, groups)
            .Select(group => Excess1(filters.index_select(0, tensor(Others(count, group, groups), int64))))
            .ToArray();
        var mean = without.Average();
        var variance = (groups - 1.0) / groups * without.Sum(v => (v - mean) * (v - mean));
        return new Estimate(value, Math.Sqrt(variance), (int)count);
    }

    private static long[] Others(long count, int group, int groups) =>
        [.. Enumerable.Range(0, (int)count).Where(i => i % groups != group).Select(i => (long)i)];

    private static double Excess1(Tensor filters)
    {
        using var scope = NewDisposeScope();
        var (m, width) = (filters.shape[0], filters.shape[1]);
        var diagonal = filters.square().mean([0L]).to(float64); // [D]: Mᵢᵢ
        var all = filters.mm(filters.t()).to(float64).square().sum([0L, 1L]).item<double>() / ((double)m * m); // ‖M‖²
        var trace = diagonal.sum([0L]).item<double>();
        return all > 0 ? (diagonal.square().sum([0L]).item<double>() / all) - ((2 + (trace * trace / all)) / (width + 2)) : double.NaN;
    }

    private static Tensor PatchesOf(Tensor inputs, long[] kernel)
    {
        var (rows, columns) = (kernel[2], kernel[3]);
        var places = Math.Max(1, (inputs.shape[1] - rows + 1) * (inputs.shape[2] - columns + 1));
        var pictures = Math.Clamp(Patches / places, 20, inputs.shape[0]);
        var some = inputs.narrow(0, 0, Math.Min(pictures, inputs.shape[0])).permute(0, 3, 1, 2).to(float32); // [n, C, H, W]
        var unfolded = some.unfold(2, rows, 1).unfold(3, columns, 1); // [n, C, h, w, rows, columns]
        return unfolded.permute(0, 2, 3, 1, 4, 5).flatten(0, 2).flatten(1); // [P, C·rows·columns]
    }
}
