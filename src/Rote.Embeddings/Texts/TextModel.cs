using Microsoft.ML.OnnxRuntime.Tensors;
using Rote.Embeddings.Onnx;

namespace Rote.Embeddings.Texts;

/// <summary>How the vectors of a text's word pieces become one vector.</summary>
internal enum Pooling
{
    /// <summary>The mean over the pieces, without padding.</summary>
    Mean,

    /// <summary>The vector of the first piece, the start token.</summary>
    First,
}

/// <summary>The inputs and outputs of a network for texts.</summary>
/// <param name="Output">The name of the output with the vectors.</param>
/// <param name="HasTypes">Whether it takes token_type_ids too.</param>
/// <param name="Batch">The only batch size that it takes; null: any.</param>
/// <param name="Length">The only number of word pieces a text that it takes; null: any.</param>
internal sealed record TextModel(string Output, bool HasTypes, int? Batch, int? Length)
{
    public const string Ids = "input_ids";
    public const string Mask = "attention_mask";
    public const string Types = "token_type_ids";

    /// <summary>The names that exporters usually give the output with the vectors, where there are others.</summary>
    private static readonly string[] Usual = ["sentence_embedding", "last_hidden_state", "token_embeddings"];

    /// <summary>Whether a network is for texts, by its inputs' names.</summary>
    public static bool Is(OnnxNetwork network) => network.Inputs.Any(input => input.Name == Ids);

    /// <summary>Inspects a network.</summary>
    /// <param name="network">A network that takes input_ids.</param>
    /// <exception cref="InputException">It has other inputs or outputs; the message says what was found.</exception>
    public static TextModel Of(OnnxNetwork network)
    {
        var names = network.Inputs.Select(input => input.Name).ToHashSet(StringComparer.Ordinal);
        var areKnown = names.Contains(Mask) && names.IsSubsetOf([Ids, Mask, Types]);
        if (!areKnown || network.Inputs.Any(input => input is not { Type: TensorElementType.Int64, Sizes.Count: 2 }))
        {
            throw new InputException(
                $"{network.Name} takes {string.Join(" and ", network.Inputs)}; expected {Ids} and {Mask}, with or without {Types}, each "
                    + $"int64 [N, T]."
            );
        }

        var output = network.Outputs is [var only]
            ? only
            : Usual.Select(name => network.Outputs.FirstOrDefault(value => value.Name == name)).FirstOrDefault(value => value is not null)
                ?? throw new InputException(
                    $"{network.Name} gives {string.Join(" and ", network.Outputs)}; expected one output, or one called "
                        + $"{string.Join(", ", Usual)}."
                );
        if (output is not { Type: TensorElementType.Float, Sizes.Count: 2 or 3 })
        {
            throw new InputException(
                $"{network.Name} gives {output}; expected a vector a text, float32 [N, D], or one a word piece, [N, T, D]."
            );
        }

        var sizes = network.Inputs[0].Sizes;
        return new TextModel(output.Name, names.Contains(Types), sizes[0] > 0 ? sizes[0] : null, sizes[1] > 0 ? sizes[1] : null);
    }
}
