using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.ML.OnnxRuntime;
using Rote.Data;
using Rote.Data.Encoders;
using Rote.Embeddings.Onnx;
using static TorchSharp.torch;

namespace Rote.Embeddings.Pictures;

/// <summary>An ONNX network that turns pictures into vectors.</summary>
internal sealed class PictureEncoder : IEncoder
{
    /// <summary>Pixels a colour of one batch: 16 pictures of 224×224.</summary>
    private const int BatchPixels = 16 * 224 * 224;

    private const int MostPictures = 128;

    private readonly OnnxNetwork _network;
    private readonly PicturePreparation _preparation;
    private readonly PictureModel _model;

    /// <summary>Takes ownership of the network, and runs it once to see what it returns.</summary>
    /// <param name="network">The network.</param>
    /// <param name="model">Its inputs and outputs.</param>
    /// <param name="preparation">The preprocessing of pictures.</param>
    /// <param name="name">The encoder's name.</param>
    /// <param name="sha256">SHA-256 of the network's file.</param>
    /// <exception cref="InputException">The network does not return one vector a picture.</exception>
    public PictureEncoder(OnnxNetwork network, PictureModel model, PicturePreparation preparation, string name, string sha256)
    {
        (_network, _model, _preparation, Name) = (network, model, preparation, name);
        var layout = model.IsChannelsLast ? "channels last" : "channels first";
        Identity = Convert.ToHexStringLower(
            SHA256.HashData(
                System.Text.Encoding.UTF8.GetBytes(
                    $"rote encoder 1\npictures\nnetwork {sha256}\noutput {model.Output}\n{layout}\n{preparation.Describe()}\n"
                )
            )
        );
        BatchSize = model.Batch ?? Math.Clamp(BatchPixels / (preparation.Side * preparation.Side), 1, MostPictures);
        using var scope = NewDisposeScope();
        Width = (int)Run(zeros(1, preparation.Side, preparation.Side, 3), CancellationToken.None).shape[1];
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Identity { get; }

    /// <inheritdoc/>
    public int Width { get; }

    /// <inheritdoc/>
    public EncoderInput Input => EncoderInput.Pictures;

    /// <inheritdoc/>
    public int? PictureSide => _preparation.Side;

    /// <summary>The number of pictures in a batch.</summary>
    internal int BatchSize { get; }

    /// <inheritdoc/>
    public Tensor Encode(Dataset examples, IProgress<EncodingProgress>? progress = null, CancellationToken cancel = default)
    {
        if (examples.IsVectors || examples.Channels is not (1 or 3))
        {
            throw new InputException(
                $"{Name} reads pictures of one or three colours, and {examples.Provenance.Name} holds "
                    + $"{(examples.IsVectors ? "vectors" : $"pictures of {examples.Channels}")}."
            );
        }

        var clock = Stopwatch.StartNew();
        using var scope = NewDisposeScope();
        var result = empty(examples.Count, Width); // [N, D]
        for (var start = 0; start < examples.Count; start += BatchSize)
        {
            cancel.ThrowIfCancellationRequested();
            using var batch = NewDisposeScope();
            var count = Math.Min(BatchSize, examples.Count - start);
            var vectors = Run(examples.Pixels.narrow(0, start, count), cancel); // [n, D]
            RequireFinite(vectors, examples, start);
            result.narrow(0, start, count).copy_(vectors);
            progress?.Report(new EncodingProgress(start + count, examples.Count, (start + count) / clock.Elapsed.TotalSeconds));
        }

        return result.MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public Tensor EncodeTexts(
        IReadOnlyList<string> texts,
        IProgress<EncodingProgress>? progress = null,
        CancellationToken cancel = default
    ) => throw new InputException($"{Name} reads pictures, and these are texts; choose an encoder of texts.");

    /// <inheritdoc/>
    public void Dispose() => _network.Dispose();

    /// <summary>Runs the network: [n, H, W, C] → [n, D].</summary>
    private Tensor Run(Tensor pixels, CancellationToken cancel)
    {
        var count = (int)pixels.shape[0];
        var prepared = _preparation.Apply(pixels); // [n, 3, S, S]
        if (_model.IsChannelsLast)
        {
            prepared = prepared.permute(0, 2, 3, 1).contiguous();
        }

        if (_model.Batch is { } batch && count < batch)
        {
            prepared = cat([prepared, zeros([batch - count, .. prepared.shape[1..]])], 0);
        }

        using var input = OrtValue.CreateTensorValueFromMemory(prepared.data<float>().ToArray(), prepared.shape);
        var inputs = new Dictionary<string, OrtValue>(StringComparer.Ordinal) { [_model.Input] = input };
        var (values, shape) = _network.Run(inputs, _model.Output, cancel);
        if (shape is not ([_, > 0] or [_, > 0, 1, 1]) || shape[0] != prepared.shape[0])
        {
            throw new InputException(
                $"{_network.Name} gives {_model.Output} as [{string.Join(", ", shape)}] for {prepared.shape[0]} pictures, "
                    + $"expected one vector "
                    + $"each, [N, D]."
            );
        }

        return tensor(values).reshape(shape[0], shape[1]).narrow(0, 0, count);
    }

    private void RequireFinite(Tensor vectors, Dataset examples, int start)
    {
        var isFinite = vectors.isfinite().all(1); // [n]
        if (!isFinite.all().item<bool>())
        {
            var first = start + (int)isFinite.to(int64).argmin().item<long>();
            throw new InputException(
                $"{Name} gives a vector that is not finite for {examples.Rows[first].Name} of {examples.Provenance.Name}; leave "
                    + $"that example "
                    + $"out, or choose another encoder."
            );
        }
    }
}
