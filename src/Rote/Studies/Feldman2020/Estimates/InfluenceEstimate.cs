using static TorchSharp.torch;

namespace Rote.Studies.Feldman2020.Estimates;

/// <summary>Estimates influences of training examples on test examples.</summary>
internal static class InfluenceEstimate
{
    /// <summary>The share of networks that predict a test label among those trained on a training example, minus that among the
    /// others.</summary>
    /// <param name="member">[T, A] float32, 1 where a network was trained on an example.</param>
    /// <param name="hits">[T, M] float32, 1 where it predicts the label of a test example.</param>
    /// <returns>[A, M] in [−1, 1], in the caller's scope; NaN where all networks were trained on an example, or none.</returns>
    /// <remarks>Feldman and Zhang 2020, equation 2 and section 2. Counts are exact in float32 up to 2²⁴ networks.</remarks>
    public static Tensor Of(Tensor member, Tensor hits)
    {
        using var scope = NewDisposeScope();
        var inside = member.sum([0L]).unsqueeze(1); // [A, 1]
        var outside = inside.neg().add(member.shape[0]);
        var both = member.t().mm(hits); // [A, M]
        var rest = hits.sum([0L], keepdim: true).sub(both);
        return both.div(inside).sub(rest.div(outside)).MoveToOuterDisposeScope();
    }

    /// <summary>Turns rows of flags into a matrix.</summary>
    /// <param name="flags">[T][N].</param>
    /// <param name="columns">The columns to take; null: all.</param>
    /// <returns>[T, columns] float32 of 0 and 1.</returns>
    public static Tensor Matrix(bool[][] flags, IReadOnlyList<int>? columns = null)
    {
        var width = columns?.Count ?? flags[0].Length;
        var values = new float[flags.Length * width];
        for (var k = 0; k < flags.Length; k++)
        {
            for (var i = 0; i < width; i++)
            {
                values[(k * width) + i] = flags[k][columns?[i] ?? i] ? 1 : 0;
            }
        }

        return tensor(values, [flags.Length, width], float32);
    }
}
