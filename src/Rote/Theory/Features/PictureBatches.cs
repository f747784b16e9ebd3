using static TorchSharp.torch;

namespace Rote.Theory.Features;

/// <summary>Computes features of pictures in batches that fit, or nearly fit, into the cache.</summary>
internal static class PictureBatches
{
    /// <summary>Computes features batch by batch.</summary>
    /// <param name="pixels">[N, H, W, C] in [0, 255].</param>
    /// <param name="size">Pictures per batch.</param>
    /// <param name="compute">[B, C, H, W] float32 in [0, 1] → [B, D]; runs in a scope of its own.</param>
    /// <param name="cancel">Stops.</param>
    /// <returns>[N, D] float32.</returns>
    public static Tensor Map(Tensor pixels, int size, Func<Tensor, Tensor> compute, CancellationToken cancel)
    {
        using var scope = NewDisposeScope();
        Tensor? all = null;
        for (var start = 0L; start < pixels.shape[0]; start += size)
        {
            cancel.ThrowIfCancellationRequested();
            using var inner = NewDisposeScope();
            var count = Math.Min(size, pixels.shape[0] - start);
            var images = pixels.narrow(0, start, count).to(float32).div_(255).permute(0, 3, 1, 2).contiguous();
            var features = compute(images);
            all ??= empty([pixels.shape[0], features.shape[1]], float32).MoveToOuterDisposeScope();
            all.narrow(0, start, count).copy_(features);
        }

        return all!.MoveToOuterDisposeScope();
    }
}
