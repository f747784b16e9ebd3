namespace Rote.Networks;

/// <summary>What a convolution does at the edge of the image, in TensorFlow's words.</summary>
internal enum ConvPadding
{
    /// <summary>Zeros are added, so that n values become ⌈n/stride⌉; see <see cref="SamePadding"/>.</summary>
    Same,

    /// <summary>Nothing is added: windows lie inside the image, so that n values become ⌊(n − kernel)/stride⌋ + 1.</summary>
    Valid,
}
