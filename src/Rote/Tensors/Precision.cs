using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace Rote.Tensors;

/// <summary>The number format that layers compute in; parameters, gradients and losses are float32 either way.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Precision>))]
public enum Precision
{
    /// <summary>32-bit floating point.</summary>
    [JsonStringEnumMemberName("float32")]
    Float32,

    /// <summary>bfloat16: float32's exponent, 8 bits of precision; several times faster where the processor has instructions for
    /// it.</summary>
    [JsonStringEnumMemberName("bfloat16")]
    BFloat16,
}

/// <summary>Maps <see cref="Precision"/> to libtorch's types.</summary>
internal static class PrecisionTypes
{
    /// <summary>The element type that layers compute in.</summary>
    public static ScalarType Type(this Precision precision) => precision == Precision.BFloat16 ? ScalarType.BFloat16 : ScalarType.Float32;
}
