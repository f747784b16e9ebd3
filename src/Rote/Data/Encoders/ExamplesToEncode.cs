using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using static TorchSharp.torch;

namespace Rote.Data.Encoders;

/// <summary>Examples that are encoded part by part.</summary>
internal interface IExamplesToEncode
{
    /// <summary>Number of examples.</summary>
    int Count { get; }

    /// <summary>SHA-256 of the content of consecutive examples, lower-case hexadecimal.</summary>
    string Sha256(int start, int count);

    /// <summary>Encodes consecutive examples into [count, D], owned by the caller.</summary>
    Tensor Encode(IEncoder encoder, int start, int count, IProgress<EncodingProgress>? progress, CancellationToken cancel);
}

/// <summary>Pictures of a data set.</summary>
internal sealed class PictureExamples(Dataset data) : IExamplesToEncode
{
    public int Count => data.Count;

    public string Sha256(int start, int count)
    {
        using var scope = NewDisposeScope();
        var pixels = data.Pixels.narrow(0, start, count).contiguous();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(System.Text.Encoding.ASCII.GetBytes($"{pixels.dtype} {string.Join('x', pixels.shape)}\n"));
        for (var i = 0; i < count; i++)
        {
            hash.AppendData(pixels[i].bytes); // one by one: a span has at most 2^31 bytes
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public Tensor Encode(IEncoder encoder, int start, int count, IProgress<EncodingProgress>? progress, CancellationToken cancel)
    {
        using var part = data.Select([.. Enumerable.Range(start, count).Select(row => (long)row)]);
        return encoder.Encode(part, progress, cancel);
    }
}

/// <summary>Texts in memory.</summary>
internal sealed class TextExamples(IReadOnlyList<string> texts) : IExamplesToEncode
{
    public int Count => texts.Count;

    public string Sha256(int start, int count)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[4];
        for (var i = start; i < start + count; i++)
        {
            // The length keeps the end of one text from passing for the beginning of the next.
            var bytes = Encoding.UTF8.GetBytes(texts[i]);
            BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public Tensor Encode(IEncoder encoder, int start, int count, IProgress<EncodingProgress>? progress, CancellationToken cancel) =>
        encoder.EncodeTexts([.. Enumerable.Range(start, count).Select(i => texts[i])], progress, cancel);
}
