using Rote.Corruptions;
using Rote.Data;
using Rote.Tensors;
using static TorchSharp.torch;

namespace Rote.Training;

/// <summary>Examples as the network sees them: whitened, in the compute format, each set one tensor. There is no loader in the training
/// loop.</summary>
public sealed class PreparedData : IDisposable
{
    private PreparedData(Tensor inputs, Tensor labels, Tensor? truth)
    {
        Inputs = inputs.DetachFromDisposeScope();
        Labels = labels.DetachFromDisposeScope();
        CleanCount = truth is null ? Count : (int)labels.eq(truth).sum(0L).item<long>();
        ChangedCount = truth is null ? 0 : Count - CleanCount - (int)truth.lt(0).sum(0L).item<long>();
        TrueLabels = ChangedCount > 0 && CleanCount > 0 ? truth!.DetachFromDisposeScope() : null;
    }

    /// <summary>[N, H, W, C], for vectors [N, D], in the compute format.</summary>
    public Tensor Inputs { get; }

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
    /// <returns>A copy that the caller owns.</returns>
    /// <exception cref="ArgumentException">There is another number of true labels.</exception>
    public static PreparedData From(Dataset images, Precision precision, IReadOnlyCollection<long>? trueLabels = null)
    {
        if (trueLabels is not null && trueLabels.Count != images.Count)
        {
            throw new ArgumentException(
                $"There are {trueLabels.Count} true labels for {images.Count} images, expected one an image.",
                nameof(trueLabels)
            );
        }

        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var inputs = empty(images.Pixels.shape, precision.Type());
        for (var start = 0; start < images.Count; start += 1000)
        {
            using var part = NewDisposeScope();
            var count = Math.Min(1000, images.Count - start);
            var values = images.Pixels.narrow(0, start, count);
            inputs.narrow(0, start, count).copy_(images.IsVectors ? values : Whiten(values));
        }

        return new PreparedData(inputs, images.Labels.clone(), trueLabels is null ? null : tensor(trueLabels.ToArray(), int64));
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
        Inputs.Dispose();
        Labels.Dispose();
        TrueLabels?.Dispose();
    }
}
