using static TorchSharp.torch;

namespace Rote.Complexity;

/// <summary>Norms of the weights and their distance from the start, and bounds made of them. Products are given as logarithms: measures are
/// compared by rank alone.</summary>
internal static class NormMeasures
{
    /// <summary>The number of weights and biases.</summary>
    public static double Parameters(ComplexitySubject subject) => subject.Layers.Sum(layer => layer.Weight.numel() + layer.Bias.numel());

    /// <summary>Σ ‖W‖²_F.</summary>
    public static double SumOfSquares(ComplexitySubject subject) => subject.Frobenius.Sum(norm => norm * norm);

    /// <summary>log Π ‖W‖²_F.</summary>
    public static double LogFrobeniusProduct(ComplexitySubject subject) => LogProduct(subject.Frobenius);

    /// <summary>log Π ‖W‖²₂.</summary>
    public static double LogSpectralProduct(ComplexitySubject subject) => LogProduct(subject.Spectral);

    /// <summary>log (Π ‖W‖²_F / γ²).</summary>
    public static double FrobeniusOverMargin(ComplexitySubject subject) => LogFrobeniusProduct(subject) - (2 * Math.Log(subject.Margin));

    /// <summary>log (Π ‖W‖²₂ / γ²).</summary>
    public static double SpectralOverMargin(ComplexitySubject subject) => LogSpectralProduct(subject) - (2 * Math.Log(subject.Margin));

    /// <summary>Σ ‖W‖²_F / ‖W‖²₂, the stable ranks.</summary>
    public static double StableRank(ComplexitySubject subject) =>
        subject.Frobenius.Zip(subject.Spectral, (whole, largest) => whole * whole / (largest * largest)).Sum();

    /// <summary>log (Π ‖W‖²₂ · Σ ‖W − Z‖²_F / ‖W‖²₂ / γ²).</summary>
    public static double SpectralBound(ComplexitySubject subject) =>
        SpectralOverMargin(subject)
        + Math.Log(subject.Moved.Zip(subject.Spectral, (moved, largest) => moved * moved / (largest * largest)).Sum());

    /// <summary>Σ ‖W − Z‖²_F.</summary>
    public static double Distance(ComplexitySubject subject) => subject.Moved.Sum(norm => norm * norm);

    /// <summary>Σ ‖W − Z‖²₂.</summary>
    public static double SpectralDistance(ComplexitySubject subject) => subject.MovedSpectral.Sum(norm => norm * norm);

    /// <summary>log of the squared path norm: the sum over all paths from an input, or a bias, to an output of the squared product of their
    /// weights.</summary>
    public static double PathNorm(ComplexitySubject subject)
    {
        using var scope = NewDisposeScope();
        var sums = ones(subject.Inputs.shape[1], 1, dtype: float64);
        foreach (var layer in subject.Layers)
        {
            sums = layer.Weight.to(float64).square().mm(sums).add(layer.Bias.to(float64).square().unsqueeze(1));
        }

        return Math.Log(sums.flatten().sum([0L]).item<double>());
    }

    /// <summary>log (path norm² / γ²).</summary>
    public static double PathNormOverMargin(ComplexitySubject subject) => PathNorm(subject) - (2 * Math.Log(subject.Margin));

    private static double LogProduct(IReadOnlyList<double> norms) => 2 * norms.Sum(Math.Log);
}
