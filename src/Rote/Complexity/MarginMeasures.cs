using static TorchSharp.torch;

namespace Rote.Complexity;

/// <summary>How far training examples are from being misclassified, in the logits and in the values of every layer.</summary>
internal static class MarginMeasures
{
    private const double Place = 0.1;

    /// <summary>1/γ.</summary>
    public static double Inverse(ComplexitySubject subject) => 1 / subject.Margin;

    /// <summary>One over the margin at the input.</summary>
    public static double AtInput(ComplexitySubject subject) => 1 / At(subject, 0);

    /// <summary>−Σ log of the margins at the inputs of all layers.</summary>
    public static double AtAllLayers(ComplexitySubject subject) =>
        -Enumerable.Range(0, subject.Network.Depth).Sum(layer => Math.Log(At(subject, layer)));

    /// <summary>The margin at a layer's input: the distance to the boundary with the runner-up, to first order, over the spread of the
    /// layer's values; nine tenths of the examples exceed it.</summary>
    /// <param name="subject">The network.</param>
    /// <param name="layer">The layer, from 0.</param>
    /// <returns>Above 0. The spread is the root of the total variance over examples.</returns>
    public static double At(ComplexitySubject subject, int layer)
    {
        using var scope = NewDisposeScope();
        var logits = subject.Values[^1];
        var rivals = subject.Rivals().Classes;
        var direction = nn
            .functional.one_hot(subject.Labels, logits.shape[1])
            .sub(nn.functional.one_hot(rivals, logits.shape[1]))
            .to(float32); // [n, C]
        var errors = subject.Network.Backward(subject.Values, direction);
        var length = subject.Network.AtInput(errors, layer).norm(1, keepdim: false, p: 2f).clamp_min(1e-12); // [n]
        var spread = subject.Values[layer].var([0L], unbiased: false).sum([0L]).sqrt().item<float>();
        return ComplexitySubject.Percentile(subject.Margins().div(length).div(Math.Max(spread, 1e-12)), Place);
    }
}
