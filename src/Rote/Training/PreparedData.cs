using Rote.Corruptions;
using Rote.Data;
using Rote.Tensors;
using static TorchSharp.torch;

namespace Rote.Training;

/// <summary>Examples as the network sees them: whitened, in the compute format, each set one tensor. There is no loader in the training
/// loop.</summary>
/// <remarks>Pictures of a packed file that would take much memory stay there, and are whitened as they are asked for.</remarks>
public sealed class PreparedData : IDisposable
{
    private const int Block = 1000;

    /// <summary>Share of the free memory that whitened pictures may take; larger sets stay in their file.</summary>
    private const double Share = 0.25;

    /// <summary>Bytes of whitened pictures of a file that are put on a GPU as a whole. TorchSharp does not tell how much memory a GPU has
    /// left; this fits beside a network on any that trains one.</summary>
    private const double MostOnGpu = 1L << 30;

    private readonly Dataset? _source; // pictures in a file, which are whitened batch by batch
    private readonly Tensor? _rows; // [N] int64 which of them; null: all
    private Tensor? _inputs;

    private PreparedData(Tensor? inputs, Tensor labels, Tensor? truth, Precision precision, Device device, Dataset? source, Tensor? rows)
    {
        (Precision, Device, _source) = (precision, device, source);
        _inputs = inputs?.DetachFromDisposeScope();
        _rows = rows?.DetachFromDisposeScope();
        Labels = labels.On(device).DetachFromDisposeScope();
        CleanCount = truth is null ? Count : (int)labels.eq(truth).sum(0L).item<long>();
        ChangedCount = truth is null ? 0 : Count - CleanCount - (int)truth.lt(0).sum(0L).item<long>();
        TrueLabels = ChangedCount > 0 && CleanCount > 0 ? truth!.On(device).DetachFromDisposeScope() : null;
    }

    /// <summary>[N, H, W, C], for vectors [N, D], in the compute format. Pictures that stay in a file are all brought into memory by this;
    /// <see cref="At"/> and <see cref="Part"/> bring some.</summary>
    /// <exception cref="MachineException">They do not fit into memory.</exception>
    public Tensor Inputs => _inputs ??= Whole();

    /// <summary>The inputs of some examples.</summary>
    /// <param name="rows">[B] int64 which, on the device of the labels.</param>
    /// <returns>[B, …] there, in the caller's dispose scope; the same bits as these rows of <see cref="Inputs"/>.</returns>
    public Tensor At(Tensor rows)
    {
        if (_inputs is not null)
        {
            return _inputs.index_select(0, rows);
        }

        using var scope = NewDisposeScope();
        return FromFile(rows.OnCpu()).On(Device).MoveToOuterDisposeScope();
    }

    /// <summary>The inputs of examples that follow each other.</summary>
    /// <param name="start">The first.</param>
    /// <param name="count">How many.</param>
    /// <returns>[count, …] in the caller's dispose scope.</returns>
    public Tensor Part(long start, long count)
    {
        if (_inputs is not null)
        {
            return _inputs.narrow(0, start, count);
        }

        using var scope = NewDisposeScope();
        return FromFile(arange(start, start + count, int64, CPU)).On(Device).MoveToOuterDisposeScope();
    }

    /// <summary>The compute format.</summary>
    internal Precision Precision { get; }

    /// <summary>Where inputs and labels are.</summary>
    internal Device Device { get; }

    /// <summary>Whether the inputs are made as they are asked for, from pictures in a file.</summary>
    internal bool IsInFile => _inputs is null;

    /// <summary>Demands that a file which examples are read from is as it was.</summary>
    /// <exception cref="InputException">It was changed or removed.</exception>
    internal void RequireUnchanged() => _source?.File?.RequireUnchanged();

    private static int BytesOf(Precision precision) => precision == Precision.BFloat16 ? sizeof(short) : sizeof(float);

    /// <summary>Values of an example.</summary>
    private static long ValuesOf(Dataset images) => images.Pixels.shape.Skip(1).Aggregate(1L, (product, size) => product * size);

    /// <summary>[N] int64.</summary>
    public Tensor Labels { get; }

    /// <summary>[N] int64 labels before the corruption, <see cref="PlantedCanaries.NoTruth"/> for canaries, which count as neither; null
    /// unless some of <see cref="Labels"/>, but not all, differ from them.</summary>
    public Tensor? TrueLabels { get; }

    /// <summary>How many of <see cref="Labels"/> are the true ones as far as is known.</summary>
    public int CleanCount { get; }

    /// <summary>How many of <see cref="Labels"/> are known to differ from the true ones.</summary>
    public int ChangedCount { get; }

    /// <summary>Number of examples.</summary>
    public int Count => (int)Labels.shape[0];

    /// <summary>Whitens every image and casts it. Vectors are standardized already (<see cref="VectorFeatures"/>) and only cast.</summary>
    /// <param name="images">Cropped and corrupted images, or standardized vectors; still the caller's.</param>
    /// <param name="precision">The compute format.</param>
    /// <param name="trueLabels">[N] the labels before a corruption, <see cref="PlantedCanaries.NoTruth"/> for canaries; null: those of the
    /// images.</param>
    /// <param name="device">Where they are kept. They are whitened on the processor, so that their bits are the same everywhere.</param>
    /// <returns>A copy that the caller owns. Of images in a packed file that would take more than a quarter of the memory that is left, or
    /// more than a gibibyte of a GPU's, it is made batch by batch, with the same bits.</returns>
    /// <exception cref="ArgumentException">There is another number of true labels.</exception>
    public static PreparedData From(
        Dataset images,
        Precision precision,
        IReadOnlyCollection<long>? trueLabels = null,
        ComputeDevice device = default
    ) => Of(images, precision, trueLabels, rows: null, staysInFile: null, device);

    /// <summary>The same of some examples only.</summary>
    /// <param name="images">All of them; still the caller's.</param>
    /// <param name="precision">The compute format.</param>
    /// <param name="trueLabels">As many as there are rows.</param>
    /// <param name="rows">Which; null: all.</param>
    /// <param name="staysInFile">Whether pictures of a file are made batch by batch; null: if they need much memory.</param>
    /// <param name="device">Where they are kept.</param>
    internal static PreparedData Of(
        Dataset images,
        Precision precision,
        IReadOnlyCollection<long>? trueLabels,
        IReadOnlyList<long>? rows,
        bool? staysInFile = null,
        ComputeDevice device = default
    )
    {
        var count = rows?.Count ?? images.Count;
        if (trueLabels is not null && trueLabels.Count != count)
        {
            throw new ArgumentException(
                $"There are {trueLabels.Count} true labels for {count} images, expected one an image.",
                nameof(trueLabels)
            );
        }

        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var place = device.Torch;
        var index = rows is null ? null : tensor(rows.ToArray(), int64, CPU);
        var labels = index is null ? images.Labels.clone() : images.Labels.index_select(0, index);
        var truth = trueLabels is null ? null : tensor(trueLabels.ToArray(), int64, CPU);
        if (images.File is not null)
        {
            var bytes = (double)count * ValuesOf(images) * BytesOf(precision);
            var lazy = new PreparedData(null, labels, truth, precision, place, images.With(), index);
            if (!(staysInFile ?? (bytes > Share * MemoryGuard.Available() || (device.IsGpu && bytes > MostOnGpu))))
            {
                _ = lazy.Inputs;
            }

            return lazy;
        }

        using var some = rows is null ? images.With() : images.Select(rows);
        var inputs = empty(some.Pixels.shape, precision.Type(), place);
        for (var start = 0; start < count; start += Block)
        {
            using var part = NewDisposeScope();
            var size = Math.Min(Block, count - start);
            var values = some.Pixels.narrow(0, start, size);
            inputs.narrow(0, start, size).copy_(images.IsVectors ? values : Whiten(values));
        }

        return new PreparedData(inputs, labels, truth, precision, place, source: null, rows: null);
    }

    /// <summary>Pictures of the file, on the processor.</summary>
    /// <param name="rows">[B] int64 which, on the processor.</param>
    private Tensor FromFile(Tensor rows)
    {
        // A single picture would be averaged over threads, which gives other last bits.
        var some = rows.shape[0] == 1 ? rows.repeat(2) : rows;
        var pixels = _source!.Pixels.index_select(0, _rows?.index_select(0, some) ?? some);
        return Whiten(pixels).to(Precision.Type()).narrow(0, 0, rows.shape[0]);
    }

    private Tensor Whole()
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var bytes = ValuesOf(_source!) * BytesOf(Precision);
        MemoryGuard.Require(
            _source!.Provenance.Name,
            $"{_source.Height}×{_source.Width}×{_source.Channels}, as a network sees them,",
            bytes,
            Count,
            "use fewer of them"
        );
        var inputs = empty([Count, .. _source.Pixels.shape[1..]], Precision.Type(), Device);
        for (var start = 0; start < Count; start += Block)
        {
            using var part = NewDisposeScope();
            var size = Math.Min(Block, Count - start);
            inputs.narrow(0, start, size).copy_(Part(start, size));
        }

        return inputs.DetachFromDisposeScope();
    }

    /// <summary>Per-image whitening: (x − mean) / max(s, 1/√n), with the mean and the population standard deviation s over the image's n
    /// values.</summary>
    /// <param name="pixels">[N, H, W, C] in [0, 255]; uint8 or float32.</param>
    /// <returns>[N, H, W, C] float32 of mean 0 and variance 1 an image (less where s is tiny).</returns>
    /// <remarks>Zhang et al. 2017, appendix A, on pixels divided by 255: TensorFlow's per_image_standardization.</remarks>
    public static Tensor Whiten(Tensor pixels)
    {
        Shape.Require(pixels, nameof(pixels), -1, -1, -1, -1);
        using var scope = NewDisposeScope();
        var values = pixels.flatten(1).to(float32).div_(255); // [N, n]
        var mean = values.mean([1L], keepdim: true); // [N, 1]
        values.sub_(mean);
        var deviation = values.square().mean([1L], keepdim: true).sqrt_(); // [N, 1]
        var whitened = values.div_(deviation.clamp_min_(1 / Math.Sqrt(values.shape[1]))); // [N, n]
        return whitened.reshape(pixels.shape).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _inputs?.Dispose();
        _rows?.Dispose();
        _source?.Dispose();
        Labels.Dispose();
        TrueLabels?.Dispose();
    }
}
