namespace Rote.Theory.Representation;

/// <summary>The hidden layer of Theorem 1's network, after the projection: c(z) = Σⱼ wⱼ max(z − bⱼ, 0), exactly through given
/// points.</summary>
/// <remarks>
/// Zhang et al. 2017, Theorem 1: with b₁ &lt; z₁ &lt; b₂ &lt; z₂ … the matrix max(zᵢ − bⱼ, 0) is lower triangular with a positive diagonal,
/// so every target can be met. Row by row, wᵢ = (yᵢ − Σⱼ﹤ᵢ wⱼ (zᵢ − bⱼ)) / (zᵢ − bᵢ), and with the running sums S of w and T of w·b the
/// inner sum is S·zᵢ − T: O(n) in all.
///
/// The place of bᵢ between its neighbours decides how large S becomes. With bᵢ = zᵢ₋₁ + θ (zᵢ − zᵢ₋₁), the slope after the i-th point is
/// −θ/(1 − θ) times the slope before, plus (yᵢ − yᵢ₋₁)/((1 − θ)(zᵢ − zᵢ₋₁)). It oscillates forever at θ = 1/2, explodes above that and
/// decays below. Here θ is 1/4.
/// </remarks>
public sealed class ReluRepresentation
{
    private const double Theta = 0.25;

    private ReluRepresentation(double[] biases, DoubleDouble[] weights) => (Biases, Weights) = (biases, weights);

    /// <summary>[n] b, rising.</summary>
    public IReadOnlyList<double> Biases { get; }

    /// <summary>[n] w, each a pair of float64 numbers.</summary>
    public IReadOnlyList<DoubleDouble> Weights { get; }

    /// <summary>Solves the triangular system.</summary>
    /// <param name="projections">[n] z, finite and strictly rising; at least one.</param>
    /// <param name="targets">[n] y, finite.</param>
    /// <returns>The layer.</returns>
    /// <exception cref="ArgumentException">The lengths differ, there is no point, or the projections do not rise.</exception>
    public static ReluRepresentation Through(IReadOnlyList<double> projections, IReadOnlyList<double> targets)
    {
        if (projections.Count == 0 || projections.Count != targets.Count)
        {
            throw new ArgumentException(
                $"There are {projections.Count} projections and {targets.Count} targets, expected as many, and at least one.",
                nameof(targets)
            );
        }

        var biases = new double[projections.Count];
        var weights = new DoubleDouble[projections.Count];
        DoubleDouble slope = 0,
            offset = 0;
        for (var i = 0; i < biases.Length; i++)
        {
            var z = projections[i];
            biases[i] = Bias(projections, i);
            var distance = DoubleDouble.Sum(z, -biases[i]);
            weights[i] = (targets[i] - ((slope * z) - offset)) / distance;
            slope += weights[i];
            offset += weights[i] * biases[i];
        }

        return new ReluRepresentation(biases, weights);
    }

    /// <summary>Evaluates the layer at points in rising order, from its weights and biases alone: O(n + m).</summary>
    /// <param name="projections">[m] rising.</param>
    /// <returns>[m] values, computed in double-double arithmetic and rounded once.</returns>
    public double[] Evaluate(IReadOnlyList<double> projections)
    {
        var values = new double[projections.Count];
        DoubleDouble slope = 0,
            offset = 0;
        var next = 0;
        for (var i = 0; i < values.Length; i++)
        {
            for (; next < Biases.Count && Biases[next] < projections[i]; next++)
            {
                slope += Weights[next];
                offset += Weights[next] * Biases[next];
            }

            values[i] = ((slope * projections[i]) - offset).High;
        }

        return values;
    }

    private static double Bias(IReadOnlyList<double> projections, int index)
    {
        var z = projections[index];
        if (index == 0)
        {
            // The space before the first point is free: the bias lies as far before it as the second point lies after it.
            return projections.Count == 1 ? z - 1 : z - (projections[1] - z);
        }

        var before = projections[index - 1];
        var bias = before + (Theta * (z - before));
        return bias >= before && bias < z
            ? bias
            : throw new ArgumentException($"Projection {index} is {z:R} after {before:R}; expected rising numbers.", nameof(projections));
    }
}
