using static TorchSharp.torch;

namespace Rote.Theory.Features;

/// <summary>The features of a picture for a kernel, in blocks so that not all need to be in memory at once.</summary>
internal interface IFeatures
{
    /// <summary>The name in the command line.</summary>
    string Name { get; }

    /// <summary>A description of the features, in a sentence without a full stop.</summary>
    string Description { get; }

    /// <summary>The numbers per picture, over all blocks.</summary>
    int Dimension { get; }

    /// <summary>Number of blocks, at least 1.</summary>
    int Blocks { get; }

    /// <summary>Computes a block.</summary>
    /// <param name="pixels">[N, H, W, C] uint8 or float32 in [0, 255], or vectors [N, D] float32; N at least 1.</param>
    /// <param name="block">In [0, <see cref="Blocks"/>).</param>
    /// <param name="cancel">Stops.</param>
    /// <returns>[N, numbers of the block] float32.</returns>
    Tensor Compute(Tensor pixels, int block, CancellationToken cancel);
}
