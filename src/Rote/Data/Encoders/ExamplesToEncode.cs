using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Rote.Data.Formats.Pictures;
using static TorchSharp.torch;

namespace Rote.Data.Encoders;

/// <summary>Examples that are encoded part by part.</summary>
internal interface IExamplesToEncode
{
    /// <summary>Number of examples.</summary>
    int Count { get; }

    /// <summary>Consecutive examples, in memory; the caller owns them.</summary>
    IEncodedPart Part(int start, int count, CancellationToken cancel);
}

/// <summary>Examples that are encoded together.</summary>
internal interface IEncodedPart : IDisposable
{
    /// <summary>SHA-256 of their content, lower-case hexadecimal.</summary>
    string Sha256();

    /// <summary>Encodes them into [n, D], owned by the caller.</summary>
    Tensor Encode(IEncoder encoder, IProgress<EncodingProgress>? progress, CancellationToken cancel);
}

/// <summary>Pictures of a data set. Those that were made smaller are decoded again at the side that the encoder sees.</summary>
/// <param name="data">The pictures; the caller keeps ownership.</param>
/// <param name="side">The encoder's side; null if it takes pictures of any.</param>
internal sealed class PictureExamples(Dataset data, int? side) : IExamplesToEncode
{
    public int Count => data.Count;

    /// <summary>The side at which they are decoded again; null if they are encoded as they are.</summary>
    public static int? SideOf(Dataset data, int? side) => data.Pictures is null || side == data.Height ? null : side;

    public IEncodedPart Part(int start, int count, CancellationToken cancel)
    {
        var part = data.Select([.. Enumerable.Range(start, count).Select(row => (long)row)]);
        if (SideOf(data, side) is not { } larger)
        {
            return new PicturePart(part);
        }

        using (part)
        {
            using var scope = NewDisposeScope();
            var pixels = data.Pictures!.Read(part.Rows, larger, cancel); // [n, S, S, 3]
            var isGrey = data.Channels == 1 && PictureRows.IsGrey(pixels, [.. Enumerable.Range(0, count).Select(row => (long)row)]);
            return new PicturePart(part.With(isGrey ? pixels.narrow(3, 0, 1).contiguous() : pixels));
        }
    }

    private sealed class PicturePart(Dataset part) : IEncodedPart
    {
        public string Sha256()
        {
            using var scope = NewDisposeScope();
            var pixels = part.Pixels.contiguous();
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            hash.AppendData(Encoding.ASCII.GetBytes($"{pixels.dtype} {string.Join('x', pixels.shape)}\n"));
            for (var i = 0; i < part.Count; i++)
            {
                hash.AppendData(pixels[i].bytes); // one by one: a span has at most 2^31 bytes
            }

            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }

        public Tensor Encode(IEncoder encoder, IProgress<EncodingProgress>? progress, CancellationToken cancel) =>
            encoder.Encode(part, progress, cancel);

        public void Dispose() => part.Dispose();
    }
}

/// <summary>Texts in memory.</summary>
internal sealed class TextExamples(IReadOnlyList<string> texts) : IExamplesToEncode
{
    public int Count => texts.Count;

    public IEncodedPart Part(int start, int count, CancellationToken cancel) =>
        new TextPart([.. Enumerable.Range(start, count).Select(i => texts[i])]);

    private sealed class TextPart(IReadOnlyList<string> texts) : IEncodedPart
    {
        public string Sha256()
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            Span<byte> length = stackalloc byte[4];
            foreach (var text in texts)
            {
                // The length keeps the end of one text from passing for the beginning of the next.
                var bytes = Encoding.UTF8.GetBytes(text);
                BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
                hash.AppendData(length);
                hash.AppendData(bytes);
            }

            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }

        public Tensor Encode(IEncoder encoder, IProgress<EncodingProgress>? progress, CancellationToken cancel) =>
            encoder.EncodeTexts(texts, progress, cancel);

        public void Dispose()
        {
            // texts hold nothing
        }
    }
}
