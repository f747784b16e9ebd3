using static TorchSharp.torch;

namespace Rote.Theory.Features;

/// <summary>The pixels themselves, in [0, 1].</summary>
/// <param name="dimension">Numbers per picture.</param>
internal sealed class PixelFeatures(int dimension) : IFeatures
{
    /// <inheritdoc/>
    public string Name => "pixels";

    /// <inheritdoc/>
    public string Description => "pixels in [0, 1]";

    /// <inheritdoc/>
    public int Dimension => dimension;

    /// <inheritdoc/>
    public int Blocks => 1;

    /// <inheritdoc/>
    public Tensor Compute(Tensor pixels, int block, CancellationToken cancel)
    {
        using var scope = NewDisposeScope();
        return pixels.reshape(pixels.shape[0], -1).to(float32).div(255).MoveToOuterDisposeScope();
    }
}
