using System.Runtime.InteropServices;

namespace Rote.Embeddings.Onnx;

/// <summary>The parts of an ONNX file that Rote reads and changes itself, before ONNX Runtime sees it.</summary>
/// <remarks>The field numbers are those of onnx.proto3 of the ONNX project.</remarks>
internal static class OnnxGraph
{
    private const int ModelGraph = 7;
    private const int GraphNode = 1;
    private const int GraphInitializer = 5;
    private const int GraphInput = 11;
    private const int GraphOutput = 12;
    private const int GraphValueInfo = 13;
    private const int NodeOperator = 4;
    private const int NodeAttribute = 5;
    private const int TensorFloats = 4;
    private const int TensorName = 8;
    private const int TensorRaw = 9;
    private const int TensorLocation = 14;
    private const int ValueName = 1;
    private const int ValueType = 2;

    /// <summary>Whether the weights lie in other files.</summary>
    /// <param name="model">The file's content.</param>
    /// <exception cref="InvalidDataException">It is not an ONNX file.</exception>
    public static bool HasExternalWeights(ReadOnlyMemory<byte> model) =>
        Fields(model, GraphInitializer)
            .Any(tensor => Protobuf.Fields(tensor.Content).Any(field => field.Number == TensorLocation && field.Value != 0));

    /// <summary>Reads weights by their name.</summary>
    /// <param name="model">The file's content.</param>
    /// <param name="name">Their name.</param>
    /// <returns>Their values, float32.</returns>
    /// <exception cref="InvalidDataException">There are no such weights, or it is not an ONNX file.</exception>
    public static float[] Weights(ReadOnlyMemory<byte> model, string name)
    {
        foreach (var tensor in Fields(model, GraphInitializer))
        {
            var fields = Protobuf.Fields(tensor.Content).ToList();
            if (fields.Exists(field => field.Number == TensorName && field.Text == name))
            {
                var values = fields.Find(field => field.Number is TensorFloats or TensorRaw).Content;
                return MemoryMarshal.Cast<byte, float>(values.Span).ToArray();
            }
        }

        throw new InvalidDataException($"no weights are called {name}");
    }

    /// <summary>Returns the same network for pictures of another size, in batches of any size. Its shapes are left open, and global average
    /// pooling replaces the mean over 7×7 positions at its end.</summary>
    /// <param name="model">A network with one input, one output, and no other average pooling.</param>
    /// <exception cref="InvalidDataException">It is not an ONNX file.</exception>
    public static byte[] OfAnySize(ReadOnlyMemory<byte> model)
    {
        var parts = Protobuf
            .Fields(model)
            .Select(field => field.Number == ModelGraph ? Protobuf.Field(ModelGraph, [.. Opened(field)]) : field.Whole);
        using var result = new MemoryStream(model.Length + 4096);
        foreach (var part in parts)
        {
            result.Write(part.Span);
        }

        return result.ToArray();
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Opened(ProtobufField graph) =>
        Protobuf
            .Fields(graph.Content)
            .Where(field => field.Number != GraphValueInfo)
            .Select(field =>
                field.Number switch
                {
                    GraphNode => Global(field),
                    GraphInput => Value(field, ["n", "3", "h", "w"]),
                    GraphOutput => Value(field, ["n", "512", "1", "1"]),
                    _ => field.Whole,
                }
            );

    private static ReadOnlyMemory<byte> Global(ProtobufField node)
    {
        var fields = Protobuf.Fields(node.Content).ToList();
        return fields.Exists(field => field.Number == NodeOperator && field.Text == "AveragePool")
            ? Protobuf.Field(
                GraphNode,
                [
                    .. fields
                        .Where(field => field.Number != NodeAttribute)
                        .Select(field => field.Number == NodeOperator ? Protobuf.Field(NodeOperator, "GlobalAveragePool") : field.Whole),
                ]
            )
            : node.Whole;
    }

    // ValueInfoProto { name = 1, type = 2: TypeProto { tensor_type = 1: { elem_type = 1 (float is 1), shape = 2: { dim = 1: { value = 1
    // | name = 2 } } } } }
    private static byte[] Value(ProtobufField value, IReadOnlyList<string> sizes)
    {
        var name = Protobuf.Fields(value.Content).First(field => field.Number == ValueName).Whole;
        var dimensions = sizes.Select(size =>
            (ReadOnlyMemory<byte>)
                Protobuf.Field(1, long.TryParse(size, out var number) ? Protobuf.Field(1, number) : Protobuf.Field(2, size))
        );
        var shape = Protobuf.Field(2, [.. dimensions]);
        var type = Protobuf.Field(ValueType, Protobuf.Field(1, Protobuf.Field(1, 1L), shape));
        return Protobuf.Field(value.Number, name, type);
    }

    private static IEnumerable<ProtobufField> Fields(ReadOnlyMemory<byte> model, int number) =>
        Protobuf
            .Fields(model)
            .Where(field => field.Number == ModelGraph)
            .SelectMany(graph => Protobuf.Fields(graph.Content))
            .Where(field => field.Number == number);
}
