using static TorchSharp.torch;

namespace Rote.Data.Encoders;

/// <summary>What an encoder reads.</summary>
public enum EncoderInput
{
    /// <summary>Pictures of any size, grey or in colours.</summary>
    Pictures,

    /// <summary>Texts of any length; what is beyond the encoder's limit is cut off.</summary>
    Texts,
}

/// <summary>A frozen network that turns each example into a vector of what it shows or means.</summary>
/// <remarks>Not safe to use from several threads at once: it uses all of them itself.</remarks>
public interface IEncoder : IDisposable
{
    /// <summary>The name by which <see cref="EncoderCatalog"/> opens it, or the name of its file.</summary>
    string Name { get; }

    /// <summary>SHA-256 of the network and of all processing before and after it, 64 lower-case hexadecimal digits. With equal identities,
    /// equal examples give equal vectors.</summary>
    string Identity { get; }

    /// <summary>D, the number of values per vector.</summary>
    int Width { get; }

    /// <summary>What it reads.</summary>
    EncoderInput Input { get; }

    /// <summary>The side in pixels that pictures are scaled to before they are encoded; larger pictures gain nothing. Null for
    /// texts.</summary>
    int? PictureSide { get; }

    /// <summary>Encodes examples.</summary>
    /// <param name="examples">Pictures [N, H, W, C], or texts, as <see cref="Input"/> says; the caller keeps ownership.</param>
    /// <param name="progress">Receives a report after each batch; null for silence.</param>
    /// <param name="cancel">Cancels, within about a second.</param>
    /// <returns>[N, D] float32, all finite, which the caller owns; a row depends on its own example alone.</returns>
    /// <exception cref="InputException">The examples are not what it reads, or a vector is not finite.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Tensor Encode(Dataset examples, IProgress<EncodingProgress>? progress = null, CancellationToken cancel = default);

    /// <summary>Encodes texts.</summary>
    /// <param name="texts">N texts, of any length; an empty one is a text too.</param>
    /// <param name="progress">Receives a report after each batch; null for silence.</param>
    /// <param name="cancel">Cancels, within about a second.</param>
    /// <returns>[N, D] float32, all finite, which the caller owns; a row depends on its own text alone.</returns>
    /// <exception cref="InputException">It reads pictures, or a vector is not finite.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Tensor EncodeTexts(IReadOnlyList<string> texts, IProgress<EncodingProgress>? progress = null, CancellationToken cancel = default);
}
