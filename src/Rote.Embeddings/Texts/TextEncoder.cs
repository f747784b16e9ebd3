using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.ML.OnnxRuntime;
using Rote.Data;
using Rote.Data.Encoders;
using Rote.Embeddings.Onnx;
using static TorchSharp.torch;

namespace Rote.Embeddings.Texts;

/// <summary>How to use a network for texts.</summary>
/// <param name="Pooling">How the vectors of word pieces become one vector.</param>
/// <param name="IsNormalized">Whether to normalize a text's vector to length 1.</param>
/// <param name="MostPieces">The word pieces of a text that the network reads, with the start and end tokens; the rest is cut off.</param>
/// <param name="IsLowerCase">Whether the network was trained on texts in lower case, without accents.</param>
internal sealed record TextUse(Pooling Pooling, bool IsNormalized, int MostPieces, bool IsLowerCase);

/// <summary>An ONNX network that turns texts into vectors.</summary>
internal sealed class TextEncoder : IEncoder
{
    /// <summary>The most word pieces in a batch. A batch holds texts of similar lengths, so that it needs little padding.</summary>
    private const int BatchPieces = 2048;

    private const int MostTexts = 64;

    private readonly OnnxNetwork _network;
    private readonly TextModel _model;
    private readonly TextUse _use;
    private readonly WordPieces _pieces;

    /// <summary>Takes ownership of the network, and runs it once to see what it returns.</summary>
    /// <param name="network">The network.</param>
    /// <param name="model">Its inputs and outputs.</param>
    /// <param name="use">How to use it.</param>
    /// <param name="vocabulary">Its word pieces, one a line.</param>
    /// <param name="name">The encoder's name.</param>
    /// <param name="sha256">SHA-256 of the network's file.</param>
    /// <exception cref="InputException">The network does not return one vector a text, or the vocabulary is not valid.</exception>
    public TextEncoder(OnnxNetwork network, TextModel model, TextUse use, byte[] vocabulary, string name, string sha256)
    {
        (_network, _model, _use, Name) = (
            network,
            model,
            use with
            {
                MostPieces = Math.Min(use.MostPieces, model.Length ?? int.MaxValue),
            },
            name
        );
        _pieces = new WordPieces(vocabulary, use.IsLowerCase, _use.MostPieces, $"The vocabulary of {name}");
        var words = Convert.ToHexStringLower(SHA256.HashData(vocabulary));
        Identity = Convert.ToHexStringLower(
            SHA256.HashData(
                System.Text.Encoding.UTF8.GetBytes(
                    $"rote encoder 1\ntexts\nnetwork {sha256}\noutput {model.Output}\nvocabulary {words}\n{_use.Pooling} "
                        + $"{_use.IsNormalized} {_use.MostPieces} {_use.IsLowerCase}\n"
                )
            )
        );
        using var scope = NewDisposeScope();
        Width = (int)Run([_pieces.Of("a")], CancellationToken.None).shape[1];
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Identity { get; }

    /// <inheritdoc/>
    public int Width { get; }

    /// <inheritdoc/>
    public EncoderInput Input => EncoderInput.Texts;

    /// <inheritdoc/>
    public int? PictureSide => null;

    /// <inheritdoc/>
    public Tensor Encode(Dataset examples, IProgress<EncodingProgress>? progress = null, CancellationToken cancel = default) =>
        examples.Texts is { } texts
            ? EncodeTexts(texts, progress, cancel)
            : throw new InputException($"{Name} reads texts, and {examples.Provenance.Name} holds none; choose an encoder of pictures.");

    /// <inheritdoc/>
    public Tensor EncodeTexts(IReadOnlyList<string> texts, IProgress<EncodingProgress>? progress = null, CancellationToken cancel = default)
    {
        var clock = Stopwatch.StartNew();
        using var scope = NewDisposeScope();
        var pieces = new int[texts.Count][];
        for (var i = 0; i < pieces.Length; i++)
        {
            cancel.ThrowIfCancellationRequested();
            pieces[i] = _pieces.Of(texts[i]);
        }

        var result = empty(texts.Count, Width); // [N, D]
        var done = 0;
        foreach (var batch in Batches(pieces))
        {
            cancel.ThrowIfCancellationRequested();
            using var part = NewDisposeScope();
            var vectors = Run([.. batch.Select(i => pieces[i])], cancel); // [n, D]
            var isFinite = vectors.isfinite().all(1).data<bool>().ToArray();
            if (Array.IndexOf(isFinite, false) is >= 0 and var first)
            {
                throw new InputException(
                    $"{Name} gives a vector that is not finite for the text \"{Shown(texts[batch[first]])}\"; leave it out, or choose "
                        + $"another encoder."
                );
            }

            result.index_copy_(0, tensor(batch.Select(i => (long)i).ToArray()), vectors);
            done += batch.Length;
            progress?.Report(new EncodingProgress(done, texts.Count, done / clock.Elapsed.TotalSeconds));
        }

        return result.MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose() => _network.Dispose();

    /// <summary>The beginning of a text on one line: its number would count from the beginning of whatever is encoded at a time.</summary>
    private static string Shown(string text) => string.Concat(Shortened.Beginning(text, 60).Select(c => char.IsControl(c) ? ' ' : c));

    /// <summary>Groups texts of similar lengths, the shortest first.</summary>
    private IEnumerable<int[]> Batches(int[][] pieces)
    {
        var order = Enumerable.Range(0, pieces.Length).OrderBy(i => pieces[i].Length).ThenBy(i => i).ToArray();
        for (var start = 0; start < order.Length; )
        {
            var count = 1;
            var most = Math.Min(_model.Batch ?? MostTexts, order.Length - start);
            while (count < most && (_model.Batch is not null || pieces[order[start + count]].Length * (count + 1) <= BatchPieces))
            {
                count++;
            }

            yield return order[start..(start + count)];
            start += count;
        }
    }

    /// <summary>Runs the network: word pieces of n texts → [n, D].</summary>
    private Tensor Run(int[][] pieces, CancellationToken cancel)
    {
        var (rows, columns) = (_model.Batch ?? pieces.Length, _model.Length ?? pieces.Max(text => text.Length));
        var (ids, mask) = (new long[rows * columns], new long[rows * columns]);
        Array.Fill(ids, _pieces.Padding);
        for (var row = 0; row < rows; row++)
        {
            // Surplus rows repeat the first text: a text without a single piece has no mean.
            var text = row < pieces.Length ? pieces[row] : pieces[0];
            for (var column = 0; column < text.Length; column++)
            {
                ids[(row * columns) + column] = text[column];
                mask[(row * columns) + column] = 1;
            }
        }

        long[] sizes = [rows, columns];
        using var idValues = OrtValue.CreateTensorValueFromMemory(ids, sizes);
        using var maskValues = OrtValue.CreateTensorValueFromMemory(mask, sizes);
        using var typeValues = OrtValue.CreateTensorValueFromMemory(new long[rows * columns], sizes);
        var inputs = new Dictionary<string, OrtValue>(StringComparer.Ordinal) { [TextModel.Ids] = idValues, [TextModel.Mask] = maskValues };
        if (_model.HasTypes)
        {
            inputs[TextModel.Types] = typeValues;
        }

        var (values, shape) = _network.Run(inputs, _model.Output, cancel);
        if ((shape is not [_, > 0] && (shape is not [_, _, > 0] || shape[1] != columns)) || shape[0] != rows)
        {
            throw new InputException(
                $"{_network.Name} gives {_model.Output} as [{string.Join(", ", shape)}] for {rows} texts of {columns} word "
                    + $"pieces, expected "
                    + $"[N, D] or [N, T, D]."
            );
        }

        var vectors = Pooled(tensor(values).reshape(shape), tensor(mask).reshape(sizes)).narrow(0, 0, pieces.Length);
        return _use.IsNormalized ? nn.functional.normalize(vectors, p: 2, dim: 1) : vectors;
    }

    /// <summary>Pools the vectors of pieces: [n, T, D] or [n, D] → [n, D].</summary>
    private Tensor Pooled(Tensor values, Tensor mask)
    {
        if (values.dim() == 2)
        {
            return values;
        }

        if (_use.Pooling == Pooling.First)
        {
            return values.select(1, 0);
        }

        var weights = mask.to(float32).unsqueeze(2); // [n, T, 1]
        return (values * weights).sum([1L]) / weights.sum([1L]);
    }
}
