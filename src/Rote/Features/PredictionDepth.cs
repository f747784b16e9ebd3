namespace Rote.Features;

/// <summary>Prediction depth: from which layer on the k-NN probes of all later layers agree with the network's prediction.</summary>
/// <remarks>docs/reference/measures/prediction-depth.md. Source: Baldock, Maennel and Neyshabur 2021 (arXiv:2106.09647), k = 30.</remarks>
public static class PredictionDepth
{
    /// <summary>Neighbours that vote.</summary>
    public const int Neighbours = 30;

    /// <summary>Depths of examples.</summary>
    /// <param name="probes">[L] layers, each [N] the class that its probe predicts; the input is layer 0.</param>
    /// <param name="final">[N] the class that the network predicts.</param>
    /// <returns>[N] whole numbers from 0, an example that the input's neighbours settle, to L, one that not even the last layer's
    /// do.</returns>
    /// <exception cref="ArgumentException">A layer has another number of examples.</exception>
    public static int[] Of(IReadOnlyList<long[]> probes, long[] final)
    {
        if (probes.FirstOrDefault(probe => probe.Length != final.Length) is { } other)
        {
            throw new ArgumentException(
                $"A probe says {other.Length} classes, expected one for each of {final.Length} examples.",
                nameof(probes)
            );
        }

        var depths = new int[final.Length];
        for (var i = 0; i < final.Length; i++)
        {
            var depth = probes.Count;
            while (depth > 0 && probes[depth - 1][i] == final[i])
            {
                depth--;
            }

            depths[i] = depth;
        }

        return depths;
    }
}
