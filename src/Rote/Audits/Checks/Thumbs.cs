using Rote.Training;
using static TorchSharp.torch;

namespace Rote.Audits.Checks;

/// <summary>What examples look like from afar: grey pictures of 8×8 without their mean, vectors as they are. Twins are looked for among
/// what is nearest here, and then compared as they are.</summary>
internal static class Thumbs
{
    private const int Side = 8;
    private const int Block = 1000;

    /// <summary>Makes them.</summary>
    /// <param name="prepared">The examples as a network sees them.</param>
    /// <param name="cancel">Stops.</param>
    /// <returns>[N, D] float32 in the caller's scope.</returns>
    public static Tensor Of(PreparedData prepared, CancellationToken cancel)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var parts = new List<Tensor>();
        for (var start = 0; start < prepared.Count; start += Block)
        {
            cancel.ThrowIfCancellationRequested();
            using var block = NewDisposeScope();
            var part = prepared.Part(start, Math.Min(Block, prepared.Count - start)).to(float32);
            parts.Add(Small(part).clone().MoveToOuterDisposeScope());
        }

        return cat([.. parts], 0).MoveToOuterDisposeScope();
    }

    private static Tensor Small(Tensor part)
    {
        if (part.dim() != 4 || Math.Min(part.shape[1], part.shape[2]) < Side)
        {
            return part.flatten(1);
        }

        var grey = part.mean([3L]).unsqueeze(1); // [n, 1, H, W]: colours are compared later, in the few that are alike
        var small = nn.functional.adaptive_avg_pool2d(grey, [Side, Side]).flatten(1); // [n, 64]
        return small - small.mean([1L], keepdim: true);
    }
}
