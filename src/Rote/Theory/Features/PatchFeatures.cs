using Rote.Tensors;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Rote.Theory.Features;

/// <summary>A convolutional network with one layer of random filters, which are whitened patches of the training pictures; two half-waves,
/// averaged over four quadrants.</summary>
/// <remarks>
/// Coates and Ng, "The importance of encoding versus training with sparse coding and vector quantization", ICML 2011: patches of 6×6
/// pixels, each normalized to mean 0 and norm about 1, then whitened (ZCA). A filter is such a patch, drawn at random and never trained. A
/// response r becomes max(r − t, 0) and max(−r − t, 0), t = 1/4. The paper's network has 32,000 filters and is not described further.
/// </remarks>
internal sealed class PatchFeatures : IFeatures, IDisposable
{
    /// <summary>Filters per block: 4,096 numbers per picture.</summary>
    public const int FiltersABlock = 512;

    private const int Side = 6;
    private const int Batch = 50;
    private const int WhiteningPatches = 50_000;
    private const double Threshold = 0.25;
    private const int HalfWaves = 2;
    private const int Quadrants = 4;

    // Added to the norm that divides a patch, so that a nearly flat patch is not blown up to norm 1.
    private const double SmallestContrast = 0.05;

    /// <summary>Draws filters from training pictures.</summary>
    /// <param name="pixels">[N, H, W, C] training pictures with sides of at least 8 pixels.</param>
    /// <param name="filters">The number of filters, 1 to 1,000,000.</param>
    /// <param name="seeds">The randomness; streams <c>patches</c> and <c>patch-filters</c> are drawn.</param>
    /// <exception cref="InputException">The number of filters is out of range, or the pictures are too small.</exception>
    public PatchFeatures(Tensor pixels, int filters, Seeds seeds)
    {
        if (filters is < 1 or > 1_000_000)
        {
            throw new InputException($"The number of filters is {filters}, expected 1 to 1000000.");
        }

        if (Math.Min(pixels.shape[1], pixels.shape[2]) < Side + 2)
        {
            throw new InputException(
                $"The pictures are {pixels.shape[1]}×{pixels.shape[2]}, too small for patches of {Side}×{Side}; expected at least "
                    + $"{Side + 2}×{Side + 2}."
            );
        }

        using var scope = NewDisposeScope();
        Filters = filters;
        var sample = Normalized(Draw(pixels, WhiteningPatches, seeds.Stream(SeedStreams.Patches))); // [P, D]
        var mean = sample.mean([0L], keepdim: true);
        var centered = sample.sub(mean).to(float64);
        var (values, vectors) = linalg.eigh(centered.t().mm(centered).div(sample.shape[0]));
        var whitening = vectors.mul(values.clamp_min(0).add(0.1 * values.mean()).rsqrt()).mm(vectors.t()).to(float32);
        var chosen = Normalized(Draw(pixels, filters, seeds.Stream(SeedStreams.PatchFilters))).sub(mean).mm(whitening);
        var unit = chosen.div(chosen.square().sum([1L], keepdim: true).sqrt().clamp_min(1e-6));
        Weights = unit.mm(whitening).DetachFromDisposeScope();
        Mean = mean.t().contiguous().DetachFromDisposeScope();
    }

    /// <summary>Number of filters.</summary>
    public int Filters { get; }

    /// <summary>[D, 1] mean of the normalized patches.</summary>
    internal Tensor Mean { get; }

    /// <summary>[filters, D] filter and whitening in one: the factor of a normalized patch minus the mean.</summary>
    internal Tensor Weights { get; }

    /// <inheritdoc/>
    public string Name => "patches";

    /// <inheritdoc/>
    public string Description =>
        $"{Filters:N0} random filters, patches of {Side}×{Side} pixels, two half-waves averaged over four quadrants";

    /// <inheritdoc/>
    public int Dimension => HalfWaves * Quadrants * Filters;

    /// <inheritdoc/>
    public int Blocks => (Filters + FiltersABlock - 1) / FiltersABlock;

    /// <inheritdoc/>
    public Tensor Compute(Tensor pixels, int block, CancellationToken cancel)
    {
        using var scope = NewDisposeScope();
        var first = block * FiltersABlock;
        var filters = Weights.narrow(0, first, Math.Min(FiltersABlock, Filters - first));
        var (rows, columns) = (pixels.shape[1] - Side + 1, pixels.shape[2] - Side + 1);
        return PictureBatches.Map(pixels, Batch, images => Responses(images, filters, rows, columns), cancel).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Mean.Dispose();
        Weights.Dispose();
    }

    private Tensor Responses(Tensor images, Tensor filters, long rows, long columns)
    {
        var patches = unfold(images, Side); // [B, D, positions]
        var centered = patches.sub(patches.mean([1L], keepdim: true));
        var normal = centered.div_(centered.square().sum([1L], keepdim: true).sqrt_().add_(SmallestContrast)).sub_(Mean);
        var flat = normal.permute(1, 0, 2).reshape(normal.shape[1], -1); // [D, B·positions]
        var responses = filters.mm(flat).reshape(filters.shape[0], images.shape[0], rows, columns).permute(1, 0, 2, 3);
        var up = adaptive_avg_pool2d(responses.sub(Threshold).clamp_min_(0), [2, 2]);
        var down = adaptive_avg_pool2d(responses.neg().sub_(Threshold).clamp_min_(0), [2, 2]);
        return cat([up.reshape(images.shape[0], -1), down.reshape(images.shape[0], -1)], 1);
    }

    private static Tensor Normalized(Tensor patches)
    {
        var centered = patches.sub(patches.mean([1L], keepdim: true));
        return centered.div(centered.square().sum([1L], keepdim: true).sqrt().add(SmallestContrast));
    }

    /// <summary>Draws patches at random places, in the order of <c>unfold</c>: channel, row, column.</summary>
    private static Tensor Draw(Tensor pixels, int count, RandomStream stream)
    {
        var (height, width, channels) = ((int)pixels.shape[1], (int)pixels.shape[2], (int)pixels.shape[3]);
        using var scope = NewDisposeScope();
        var images = pixels.shape[0];
        var places = new long[count];
        var pictures = new long[count];
        for (var i = 0; i < count; i++)
        {
            pictures[i] = stream.NextInt((int)images);
            places[i] = (stream.NextInt(height - Side + 1) * (long)width) + stream.NextInt(width - Side + 1);
        }

        // Offsets of a patch's numbers in an [H, W, C] picture.
        var offsets = (
            from c in Enumerable.Range(0, channels)
            from y in Enumerable.Range(0, Side)
            from x in Enumerable.Range(0, Side)
            select (((long)y * width) + x) * channels + c
        ).ToArray();
        var starts = tensor(pictures, int64).mul((long)height * width * channels).add(tensor(places, int64).mul(channels));
        var index = starts.unsqueeze(1).add(tensor(offsets, int64).unsqueeze(0)).reshape(-1);
        return pixels.reshape(-1).index_select(0, index).to(float32).div_(255).reshape(count, offsets.Length).MoveToOuterDisposeScope();
    }
}
