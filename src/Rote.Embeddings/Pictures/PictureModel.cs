using Microsoft.ML.OnnxRuntime.Tensors;
using Rote.Embeddings.Onnx;

namespace Rote.Embeddings.Pictures;

/// <summary>The inputs and outputs of a network for pictures.</summary>
/// <param name="Input">The name of its input.</param>
/// <param name="Output">The name of the output with the vectors.</param>
/// <param name="Batch">The only batch size that it takes; null: any.</param>
/// <param name="Side">The only side that it takes, in pixels; null: any.</param>
/// <param name="IsChannelsLast">Whether it takes [N, H, W, 3] instead of [N, 3, H, W].</param>
internal sealed record PictureModel(string Input, string Output, int? Batch, int? Side, bool IsChannelsLast)
{
    /// <summary>The names that exporters usually give the output with the vectors, where there are others.</summary>
    private static readonly string[] Usual = ["image_embeds", "embeddings", "embedding", "pooler_output", "features"];

    /// <summary>Inspects a network.</summary>
    /// <param name="network">The network.</param>
    /// <exception cref="InputException">It is not a network for pictures; the message says what was found.</exception>
    public static PictureModel Of(OnnxNetwork network)
    {
        if (network.Inputs is not [{ Type: TensorElementType.Float, Sizes.Count: 4 } input])
        {
            throw new InputException(
                $"{network.Name} takes {string.Join(" and ", network.Inputs)}; expected one input of pictures, float32 [N, 3, H, W] or "
                    + $"[N, H, W, 3], or the inputs of a text encoder, input_ids and attention_mask."
            );
        }

        var isLast = input.Sizes[1] != 3 && input.Sizes[3] == 3;
        var (height, width) = isLast ? (input.Sizes[1], input.Sizes[2]) : (input.Sizes[2], input.Sizes[3]);
        if ((!isLast && input.Sizes[1] != 3) || (height != width && height > 0 && width > 0))
        {
            throw new InputException($"{network.Name} takes {input}; expected squares of three colours, [N, 3, S, S] or [N, S, S, 3].");
        }

        var side = Math.Max(height, width);
        return new PictureModel(
            input.Name,
            OutputOf(network).Name,
            input.Sizes[0] > 0 ? input.Sizes[0] : null,
            side > 0 ? side : null,
            isLast
        );
    }

    private static OnnxValue OutputOf(OnnxNetwork network)
    {
        var output = network.Outputs is [var only]
            ? only
            : Usual.Select(name => network.Outputs.FirstOrDefault(value => value.Name == name)).FirstOrDefault(value => value is not null)
                ?? throw new InputException(
                    $"{network.Name} gives {string.Join(" and ", network.Outputs)}; expected one output, or one called "
                        + $"{string.Join(", ", Usual)}."
                );
        return output is { Type: TensorElementType.Float, Sizes: [_, _] or [_, _, 1 or -1, 1 or -1] }
            ? output
            : throw new InputException($"{network.Name} gives {output}; expected one vector a picture, float32 [N, D] or [N, D, 1, 1].");
    }
}
