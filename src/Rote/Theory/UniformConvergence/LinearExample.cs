using Rote.Tensors;
using static TorchSharp.torch;

namespace Rote.Theory.UniformConvergence;

/// <summary>Everything that determines a linear example.</summary>
/// <param name="Examples">m, at least 1.</param>
/// <param name="Dimension">D, the dimension of the noise, at least 1.</param>
/// <param name="Seed">The source of all randomness.</param>
/// <param name="Draw">The number of the draw.</param>
internal sealed record LinearOptions(int Examples, int Dimension, long Seed, int Draw);

/// <summary>A linear classifier after one step.</summary>
/// <param name="TrainWrong">Share of the m training examples that are misclassified.</param>
/// <param name="TestWrong">Probability that a new example is misclassified, exact given the weights.</param>
/// <param name="NegatedWrong">Share of the training examples that are misclassified when their noise is negated.</param>
/// <param name="Norm">‖w‖.</param>
internal sealed record LinearResult(double TrainWrong, double TestWrong, double NegatedWrong, double Norm);

/// <summary>The overparameterized linear classifier of Nagarajan and Kolter 2019 (arXiv:1902.04742), section 3.1, in closed form.</summary>
/// <remarks>An example is x = (2y·u, ε) with ‖u‖² = 1/m, y = ±1 and ε ~ N(0, 32/D · I) in D dimensions. One step of size 1 from 0 along
/// Σ y·h(x) gives w = (2m·u, Σ y·ε). So y·h = 4 + y·w₂·ε for every example: a new one has w₂·ε ~ N(0, 32/D · ‖w₂‖²), one of the training
/// set has its own ‖ε‖² ≈ 32 in it. The training set with its noise negated is as probable as the training set itself.</remarks>
internal static class LinearExample
{
    /// <summary>The variance of the noise, summed over its D dimensions.</summary>
    public const double NoiseSquare = 32;

    /// <summary>y·h(x) of the noiseless part, for every example: 2m·u · 2u.</summary>
    public const double Signal = 4;

    /// <summary>Draws the examples, takes the step and measures.</summary>
    /// <param name="options">The sizes.</param>
    /// <returns>Errors and norm.</returns>
    public static LinearResult Run(LinearOptions options)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var noise = Noise(options); // [m, D], times the label: y·ε is as ε
        var weights = noise.sum([0L]); // [D]
        var products = noise.mv(weights).to(float64); // [m] y·w₂·ε
        var square = weights.to(float64).square().sum([0L]).item<double>();
        return new LinearResult(
            Negative(products.add(Signal)),
            NormalTail(Signal / Math.Sqrt(square * NoiseSquare / options.Dimension)),
            Negative(products.neg().add(Signal)),
            Math.Sqrt((4.0 * options.Examples) + square)
        );
    }

    /// <summary>Draws the noise of the examples, each times its label.</summary>
    /// <param name="options">The sizes.</param>
    /// <returns>[m, D] float32, in the caller's scope.</returns>
    /// <remarks>Because ε and −ε are equally probable, the labels themselves need not be drawn.</remarks>
    public static Tensor Noise(LinearOptions options)
    {
        var values = new float[options.Examples * options.Dimension];
        new Seeds(options.Seed).Stream(SeedStreams.LinearExample, options.Draw).FillGaussian(values);
        return tensor(values, [options.Examples, options.Dimension], float32).mul(Math.Sqrt(NoiseSquare / options.Dimension));
    }

    /// <summary>P(Z &gt; z) of the standard normal distribution.</summary>
    public static double NormalTail(double z)
    {
        using var scope = NewDisposeScope();
        return 0.5 * tensor(z / Math.Sqrt(2), float64).erfc().item<double>();
    }

    private static double Negative(Tensor margins) => margins.le(0).to(float64).mean().item<double>();
}
