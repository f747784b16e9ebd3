using static TorchSharp.torch;

namespace Rote.Data.Encoders;

/// <summary>Encodes data sets into vectors and keeps them on disk, so that each example is encoded once.</summary>
/// <remarks>
/// The vectors are kept in parts of <see cref="PartSize"/> examples under <c>encoded/</c> in the data folder. A part lies in the folder of
/// its encoder's identity, and its name is the SHA-256 of its examples' content. So data that is renamed, read in another way or cut from
/// another file finds its vectors again if and only if its examples are the same. Pictures of a folder that were made smaller when they
/// were read are decoded again at the encoder's side, a part at a time. A part is written whole as soon as it is encoded, so that
/// a run resumes where a killed process stopped; a damaged part is encoded again. docs/guide/embeddings.md describes the files.
/// </remarks>
public static class Encoded
{
    /// <summary>Examples that are encoded and kept together: the most that a kill can lose.</summary>
    public const int PartSize = 512;

    /// <summary>Encodes data and adds the encoder to its name in experiments.</summary>
    /// <param name="data">Pictures or texts, as the encoder reads; the caller keeps ownership.</param>
    /// <param name="encoder">The encoder.</param>
    /// <param name="folder">The folder that keeps the vectors; null: nothing is kept.</param>
    /// <param name="progress">Receives a report after each batch, over training and test examples together; null for silence.</param>
    /// <param name="cancel">Cancels; finished parts are kept.</param>
    /// <returns>Vectors with the same rows, labels, classes and origin of the test examples, which the caller owns.</returns>
    /// <exception cref="InputException">The examples are not what the encoder reads.</exception>
    /// <exception cref="MachineException">The folder cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static NamedData Of(
        NamedData data,
        IEncoder encoder,
        DataFolder? folder,
        IProgress<EncodingProgress>? progress = null,
        CancellationToken cancel = default
    ) => new(SpecOf(data.Spec, data.Data.Train, encoder), Of(data.Data, encoder, folder, progress, cancel));

    /// <summary>The name in experiments of data that is encoded.</summary>
    /// <param name="spec">The name of the data as it was read.</param>
    /// <param name="examples">Its examples.</param>
    /// <param name="encoder">The encoder.</param>
    /// <returns>The name with the encoder, and the side at which it sees pictures of a folder.</returns>
    public static DataSpec SpecOf(DataSpec spec, Dataset examples, IEncoder encoder) =>
        spec with
        {
            Encoder = EncoderSpec.Of(encoder),
            ImageSize = PictureExamples.SideOf(examples, encoder.PictureSide) ?? spec.ImageSize,
        };

    /// <summary>Encodes both parts of a data set.</summary>
    /// <param name="data">Pictures or texts, as the encoder reads; the caller keeps ownership.</param>
    /// <param name="encoder">The encoder.</param>
    /// <param name="folder">The folder that keeps the vectors; null: nothing is kept.</param>
    /// <param name="progress">Receives a report after each batch, over training and test examples together; null for silence.</param>
    /// <param name="cancel">Cancels; finished parts are kept.</param>
    /// <returns>Vectors with the same rows, labels, classes and origin of the test examples, which the caller owns.</returns>
    /// <exception cref="InputException">The examples are not what the encoder reads.</exception>
    /// <exception cref="MachineException">The folder cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static DatasetSplits Of(
        DatasetSplits data,
        IEncoder encoder,
        DataFolder? folder,
        IProgress<EncodingProgress>? progress = null,
        CancellationToken cancel = default
    )
    {
        var meter = new EncodingMeter(data.Train.Count + data.Test.Count, progress);
        var train = Vectors(data.Train, encoder, folder, meter, cancel);
        try
        {
            return data with { Train = train, Test = Vectors(data.Test, encoder, folder, meter, cancel) };
        }
        catch
        {
            train.Dispose();
            throw;
        }
    }

    /// <summary>Encodes one set of examples.</summary>
    /// <param name="data">Pictures or texts, as the encoder reads; the caller keeps ownership.</param>
    /// <param name="encoder">The encoder.</param>
    /// <param name="folder">The folder that keeps the vectors; null: nothing is kept.</param>
    /// <param name="progress">Receives a report after each batch; null for silence.</param>
    /// <param name="cancel">Cancels; finished parts are kept.</param>
    /// <returns>Vectors [N, D] float32 with the same rows, labels and classes, which the caller owns.</returns>
    /// <exception cref="InputException">The examples are not what the encoder reads.</exception>
    /// <exception cref="MachineException">The folder cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Dataset Of(
        Dataset data,
        IEncoder encoder,
        DataFolder? folder,
        IProgress<EncodingProgress>? progress = null,
        CancellationToken cancel = default
    ) => Vectors(data, encoder, folder, new EncodingMeter(data.Count, progress), cancel);

    /// <summary>Encodes texts.</summary>
    /// <param name="texts">N texts.</param>
    /// <param name="encoder">An encoder that reads texts.</param>
    /// <param name="folder">The folder that keeps the vectors; null: nothing is kept.</param>
    /// <param name="progress">Receives a report after each batch; null for silence.</param>
    /// <param name="cancel">Cancels; finished parts are kept.</param>
    /// <returns>[N, D] float32, which the caller owns.</returns>
    /// <exception cref="InputException">The encoder reads pictures.</exception>
    /// <exception cref="MachineException">The folder cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Tensor Texts(
        IReadOnlyList<string> texts,
        IEncoder encoder,
        DataFolder? folder,
        IProgress<EncodingProgress>? progress = null,
        CancellationToken cancel = default
    )
    {
        RequireInput(encoder, EncoderInput.Texts);
        return Parts(new TextExamples(texts), encoder, folder, new EncodingMeter(texts.Count, progress), cancel);
    }

    private static Dataset Vectors(Dataset data, IEncoder encoder, DataFolder? folder, EncodingMeter meter, CancellationToken cancel)
    {
        if (data.Texts is { } texts)
        {
            RequireInput(encoder, EncoderInput.Texts);
            using var inner = NewDisposeScope();
            var made = Parts(new TextExamples(texts), encoder, folder, meter, cancel);
            return new Dataset(made, data.Labels.clone(), data.ClassNames, data.Split, data.Provenance, data.Rows, texts: texts);
        }

        if (data.IsVectors)
        {
            throw new InputException($"{data.Provenance.Name} holds vectors, which no encoder reads; train on them as they are.");
        }

        RequireInput(encoder, EncoderInput.Pictures);
        using var scope = NewDisposeScope();
        var vectors = Parts(new PictureExamples(data, encoder.PictureSide), encoder, folder, meter, cancel);
        return new Dataset(vectors, data.Labels.clone(), data.ClassNames, data.Split, data.Provenance, data.Rows);
    }

    private static void RequireInput(IEncoder encoder, EncoderInput input)
    {
        if (encoder.Input != input)
        {
            throw new InputException(
                $"{encoder.Name} reads {Word(encoder.Input)}, and the examples are {Word(input)}; choose an encoder of {Word(input)}."
            );
        }

        static string Word(EncoderInput input) => input == EncoderInput.Pictures ? "pictures" : "texts";
    }

    private static Tensor Parts(
        IExamplesToEncode examples,
        IEncoder encoder,
        DataFolder? folder,
        EncodingMeter meter,
        CancellationToken cancel
    )
    {
        var cache = folder is null ? null : new EncodedParts(folder, encoder);
        var result = empty(examples.Count, encoder.Width); // [N, D]
        try
        {
            for (var start = 0; start < examples.Count; start += PartSize)
            {
                cancel.ThrowIfCancellationRequested();
                using var scope = NewDisposeScope();
                var count = Math.Min(PartSize, examples.Count - start);
                using var part = examples.Part(start, count, cancel);
                var key = cache is null ? "" : part.Sha256();
                var vectors = cache?.Find(key, count); // [n, D]
                if (vectors is null)
                {
                    vectors = part.Encode(encoder, meter.OfPart(), cancel);
                    cache?.Keep(key, vectors);
                    meter.Made(count);
                }
                else
                {
                    meter.Found(count);
                }

                result.narrow(0, start, count).copy_(vectors);
            }

            return result.DetachFromDisposeScope();
        }
        catch
        {
            result.Dispose();
            throw;
        }
    }
}
