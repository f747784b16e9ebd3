using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Rote.Embeddings.Onnx;

/// <summary>An input or output of a network.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its element type.</param>
/// <param name="Sizes">Its shape; −1 where a size is left open.</param>
internal sealed record OnnxValue(string Name, TensorElementType Type, IReadOnlyList<int> Sizes)
{
    /// <summary>In words: <c>pixels, Float [N, 3, 224, 224]</c>.</summary>
    public override string ToString() =>
        $"{Name}, {Type} [{string.Join(", ", Sizes.Select((size, i) => size >= 0 ? $"{size}" : i == 0 ? "N" : "?"))}]";
}

/// <summary>A network that ONNX Runtime runs on the CPU.</summary>
internal sealed class OnnxNetwork : IDisposable
{
    private readonly InferenceSession _session;

    private OnnxNetwork(string name, InferenceSession session) => (Name, _session) = (name, session);

    /// <summary>Its name in messages.</summary>
    public string Name { get; }

    /// <summary>Its inputs.</summary>
    public IReadOnlyList<OnnxValue> Inputs => field ??= Values(_session.InputMetadata);

    /// <summary>Its outputs.</summary>
    public IReadOnlyList<OnnxValue> Outputs => field ??= Values(_session.OutputMetadata);

    /// <summary>The metadata of its file, by key.</summary>
    public IReadOnlyDictionary<string, string> Metadata => _session.ModelMetadata.CustomMetadataMap;

    /// <summary>Opens a network.</summary>
    /// <param name="model">The content of its file.</param>
    /// <param name="name">Its name in messages.</param>
    /// <param name="threads">The number of threads, at least 1.</param>
    /// <exception cref="InputException">It is not an ONNX network that can run.</exception>
    public static OnnxNetwork Open(byte[] model, string name, int threads)
    {
        try
        {
            if (OnnxGraph.HasExternalWeights(model))
            {
                throw new InputException($"{name} keeps its weights in other files; save it as one ONNX file.");
            }

            using var options = new SessionOptions
            {
                IntraOpNumThreads = threads,
                InterOpNumThreads = 1,
                ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
                GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
                LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, // errors come as exceptions
            };
            return new OnnxNetwork(name, new InferenceSession(model, options));
        }
        catch (InvalidDataException error)
        {
            throw NoNetwork(name, error);
        }
        catch (OnnxRuntimeException error)
        {
            throw NoNetwork(name, error);
        }
    }

    /// <summary>Runs the network.</summary>
    /// <param name="inputs">Values by the names of its inputs; the caller still owns them.</param>
    /// <param name="output">The name of the output to return.</param>
    /// <param name="cancel">Stops at the next layer.</param>
    /// <returns>The output's values and shape.</returns>
    /// <exception cref="InputException">The network cannot run on these shapes.</exception>
    public (float[] Values, long[] Shape) Run(IReadOnlyDictionary<string, OrtValue> inputs, string output, CancellationToken cancel)
    {
        using var options = new RunOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
        using var stop = cancel.Register(() => options.Terminate = true);
        cancel.ThrowIfCancellationRequested();
        try
        {
            using var results = _session.Run(options, inputs, [output]);
            var shape = results[0].GetTensorTypeAndShape();
            if (shape.ElementDataType != TensorElementType.Float)
            {
                throw new InputException($"{Name} gives {output} as {shape.ElementDataType}, expected float32.");
            }

            return (results[0].GetTensorDataAsSpan<float>().ToArray(), shape.Shape);
        }
        catch (OnnxRuntimeException) when (cancel.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancel);
        }
        catch (OnnxRuntimeException error)
        {
            throw new InputException($"{Name} cannot be run on a batch of examples: {FirstLine(error)}.", error);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();

    private static InputException NoNetwork(string name, Exception error) =>
        new($"{name} is not an ONNX network that can be run ({FirstLine(error)}); expected a whole .onnx file.", error);

    private static string FirstLine(Exception error) => Shortened.Beginning(error.Message.Split('\n')[0].Trim().TrimEnd('.'), 200);

    private static List<OnnxValue> Values(IReadOnlyDictionary<string, NodeMetadata> metadata) =>
        [
            .. metadata.Select(pair => new OnnxValue(
                pair.Key,
                pair.Value.IsTensor ? pair.Value.ElementDataType : TensorElementType.DataTypeMax,
                pair.Value.IsTensor ? pair.Value.Dimensions : []
            )),
        ];
}
