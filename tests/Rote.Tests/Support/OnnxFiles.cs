using System.Runtime.InteropServices;
using Rote.Embeddings.Onnx;

namespace Rote.Tests.Support;

/// <summary>Writes small ONNX networks, field by field after onnx.proto3.</summary>
internal static class OnnxFiles
{
    private const int Float = 1;
    private const int Int64 = 7;

    /// <summary>A network of pictures: the mean of each colour, times weights.</summary>
    /// <param name="input">The shape that it declares; 0 leaves a size open.</param>
    /// <param name="weights">[3, D] row by row.</param>
    /// <param name="width">D.</param>
    /// <param name="isChannelsLast">Whether it takes [N, H, W, 3].</param>
    /// <param name="metadata">Texts to keep with it.</param>
    public static byte[] Pictures(
        long[] input,
        float[] weights,
        int width,
        bool isChannelsLast = false,
        params (string Key, string Value)[] metadata
    ) =>
        Model(
            [
                .. isChannelsLast ? new[] { Node("Transpose", ["pixels"], "first", Ints("perm", 0, 3, 1, 2)) } : [],
                Node("GlobalAveragePool", [isChannelsLast ? "first" : "pixels"], "pooled"),
                Node("Flatten", ["pooled"], "flat"),
                Node("MatMul", ["flat", "weights"], "vectors"),
            ],
            [Tensor("weights", [3, width], weights)],
            [Value("pixels", Float, input)],
            [Value("vectors", Float, 0, width)],
            metadata
        );

    /// <summary>A network of pictures that names its weights and does not hold them.</summary>
    public static byte[] WeightsElsewhere(long[] input, int width) =>
        Model(
            [
                Node("GlobalAveragePool", ["pixels"], "pooled"),
                Node("Flatten", ["pooled"], "flat"),
                Node("MatMul", ["flat", "weights"], "vectors"),
            ],
            [
                [.. Tensor("weights", [3, width], []), .. Protobuf.Field(14, 1L)],
            ], // data_location: external
            [Value("pixels", Float, input)],
            [Value("vectors", Float, 0, width)]
        );

    /// <summary>A network whose output is its input.</summary>
    public static byte[] Identity(params long[] input) =>
        Model([Node("Identity", ["pixels"], "out")], [], [Value("pixels", Float, input)], [Value("out", Float, input)]);

    /// <summary>A network of two inputs.</summary>
    public static byte[] TwoInputs() =>
        Model(
            [Node("Add", ["a", "b"], "out")],
            [],
            [Value("a", Float, 0, 3, 8, 8), Value("b", Float, 0, 3, 8, 8)],
            [Value("out", Float, 0, 3, 8, 8)]
        );

    /// <summary>A network of texts: each word piece's row of a table.</summary>
    /// <param name="table">[V, D] row by row.</param>
    /// <param name="pieces">V.</param>
    /// <param name="extra">One more input that it takes.</param>
    public static byte[] Texts(float[] table, int pieces, string? extra = null) =>
        Model(
            [Node("Gather", ["table", "input_ids"], "last_hidden_state"), Node("Identity", ["attention_mask"], "unused")],
            [Tensor("table", [pieces, table.Length / pieces], table)],
            [
                Value("input_ids", Int64, 0, 0),
                Value("attention_mask", Int64, 0, 0),
                .. extra is null ? [] : new[] { Value(extra, Int64, 0, 0) },
            ],
            [Value("last_hidden_state", Float, 0, 0, table.Length / pieces)]
        );

    private static byte[] Model(
        byte[][] nodes,
        byte[][] tensors,
        byte[][] inputs,
        byte[][] outputs,
        params (string Key, string Value)[] metadata
    )
    {
        var graph = Protobuf.Field(
            7,
            [
                .. nodes.Select(n => In(1, n)),
                In(2, "toy"u8.ToArray()),
                .. tensors.Select(t => In(5, t)),
                .. inputs.Select(i => In(11, i)),
                .. outputs.Select(o => In(12, o)),
            ]
        );
        var texts = metadata.Select(m => In(14, [.. Protobuf.Field(1, m.Key), .. Protobuf.Field(2, m.Value)]).ToArray());
        return
        [
            .. Protobuf.Field(1, 8L), // ir_version
            .. graph,
            .. In(8, Protobuf.Field(2, 13L)).ToArray(), // opset
            .. texts.SelectMany(text => text),
        ];
    }

    private static ReadOnlyMemory<byte> In(int number, byte[] content) => Protobuf.Field(number, content.AsMemory());

    private static byte[] Node(string operation, string[] inputs, string output, byte[]? attribute = null) =>
        [
            .. inputs.SelectMany(input => Protobuf.Field(1, input)),
            .. Protobuf.Field(2, output),
            .. Protobuf.Field(4, operation),
            .. attribute is null ? [] : In(5, attribute).ToArray(),
        ];

    private static byte[] Ints(string name, params long[] values) =>
        [.. Protobuf.Field(1, name), .. values.SelectMany(value => Protobuf.Field(8, value)), .. Protobuf.Field(20, 7L)];

    private static byte[] Tensor(string name, long[] sizes, float[] values) =>
        [
            .. sizes.SelectMany(size => Protobuf.Field(1, size)),
            .. Protobuf.Field(2, (long)Float),
            .. Protobuf.Field(8, name),
            .. In(9, MemoryMarshal.AsBytes<float>(values).ToArray()).ToArray(),
        ];

    private static byte[] Value(string name, long type, params long[] sizes)
    {
        var dimensions = sizes.SelectMany(
            (size, i) => In(1, size > 0 ? Protobuf.Field(1, size) : Protobuf.Field(2, $"{name}{i}")).ToArray()
        );
        byte[] tensor = [.. Protobuf.Field(1, type), .. In(2, [.. dimensions]).ToArray()];
        return [.. Protobuf.Field(1, name), .. In(2, In(1, tensor).ToArray()).ToArray()];
    }
}
