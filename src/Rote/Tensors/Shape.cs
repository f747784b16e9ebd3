using static TorchSharp.torch;

namespace Rote.Tensors;

/// <summary>Shape checks in managed code, before libtorch sees the tensor: some of its shape errors end the process.</summary>
public static class Shape
{
    /// <summary>Throws if a tensor has another shape.</summary>
    /// <param name="tensor">The tensor to check.</param>
    /// <param name="name">Its name in the caller, for the message.</param>
    /// <param name="expected">The expected sizes; −1 stands for any size.</param>
    /// <exception cref="ArgumentException">The tensor has another shape; the message names both.</exception>
    public static void Require(Tensor tensor, string name, params ReadOnlySpan<long> expected)
    {
        var found = tensor.shape;
        var fits = found.Length == expected.Length;
        for (var i = 0; fits && i < found.Length; i++)
        {
            fits = expected[i] == -1 || expected[i] == found[i];
        }

        if (!fits)
        {
            throw new ArgumentException($"{name} has shape {Text(found)}, expected {Text(expected)} (* is any size).", name);
        }
    }

    /// <summary>Formats a shape as text.</summary>
    /// <param name="sizes">Sizes; −1 is shown as *.</param>
    /// <returns>Text such as <c>[128, 28, 28, 3]</c>.</returns>
    public static string Text(ReadOnlySpan<long> sizes)
    {
        var parts = new string[sizes.Length];
        for (var i = 0; i < sizes.Length; i++)
        {
            parts[i] = sizes[i] == -1 ? "*" : sizes[i].ToString();
        }

        return $"[{string.Join(", ", parts)}]";
    }
}
