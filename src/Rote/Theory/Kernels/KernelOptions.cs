namespace Rote.Theory.Kernels;

/// <summary>What to interpolate, and how exactly.</summary>
public sealed record KernelOptions
{
    /// <summary>The kinds of features by name.</summary>
    public static IReadOnlyList<string> FeatureNames { get; } = ["pixels", "gabor", "patches"];

    /// <summary>γ of exp(−γ ‖x − x′‖²), positive and finite; null: cross-validation chooses it.</summary>
    /// <exception cref="InputException">The value is not positive and finite.</exception>
    public double? Gamma
    {
        get;
        init => field = value is { } gamma ? GaussianKernel.Require(gamma) : null;
    }

    /// <summary>The features of a picture: one of <see cref="FeatureNames"/>. Default: its pixels in [0, 1].</summary>
    /// <exception cref="InputException">The name is unknown.</exception>
    public string Features
    {
        get;
        init => field = FeatureNames.Contains(value) ? value : throw Nearest.Unknown("kind of features", value, FeatureNames);
    } = "pixels";

    /// <summary>Filters of the random convolutional features, at least 1. Default 512; the paper's network has 32,000.</summary>
    public int Filters { get; init; } = 512;

    /// <summary>Ridges λ: multiples of the identity added to the kernel matrix, each for one solution besides the interpolant; positive and
    /// finite. Default: 0.1 and 1.</summary>
    /// <exception cref="InputException">A value is not positive and finite.</exception>
    public IReadOnlyList<double> Ridges
    {
        get;
        init =>
            field = value.All(ridge => ridge > 0 && double.IsFinite(ridge))
                ? value
                : throw new InputException($"The ridges are {string.Join(", ", value)}, expected positive finite numbers.");
    } = [0.1, 1];

    /// <summary>The relative residual to reach, in the Frobenius norm over all classes, in [1e-12, 0.5]. Default 1e-4.</summary>
    /// <exception cref="InputException">It is out of range.</exception>
    public double Tolerance
    {
        get;
        init =>
            field = value is >= 1e-12 and <= 0.5 ? value : throw new InputException($"The tolerance is {value}, expected 1e-12 to 0.5.");
    } = 1e-4;

    /// <summary>The most products with the matrix, at least 1. Default 2,000.</summary>
    /// <exception cref="InputException">It is below 1.</exception>
    public int MostIterations
    {
        get;
        init => field = value >= 1 ? value : throw new InputException($"The number of iterations is {value}, expected at least 1.");
    } = 2_000;
}
