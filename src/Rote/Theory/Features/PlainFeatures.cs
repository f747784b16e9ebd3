using static TorchSharp.torch;

namespace Rote.Theory.Features;

/// <summary>The given features of vectors; the loader has standardized them over the training examples.</summary>
/// <param name="dimension">Numbers per vector.</param>
internal sealed class PlainFeatures(int dimension) : IFeatures
{
    /// <inheritdoc/>
    public string Name => "features";

    /// <inheritdoc/>
    public string Description => "features, each standardized over the training examples";

    /// <inheritdoc/>
    public int Dimension => dimension;

    /// <inheritdoc/>
    public int Blocks => 1;

    /// <inheritdoc/>
    public Tensor Compute(Tensor pixels, int block, CancellationToken cancel) => pixels.to(float32).alias();
}
