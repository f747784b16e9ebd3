using Rote.Tensors;
using static TorchSharp.torch;

namespace Rote.Complexity;

/// <summary>Sharpness: how much a network may be disturbed, that is, the Gaussian noise on its parameters with which a tenth of the
/// training labels is not predicted (ten points less than all), and the rise of the training loss in the worst direction nearby.</summary>
/// <remarks>"Magnitude-aware" disturbances are proportional to each parameter, so that they do not change when one layer is scaled up and
/// the next one down (Jiang et al. 2020, section 6; Kwon et al. 2021, arXiv:2102.11600).</remarks>
internal static class FlatnessMeasures
{
    /// <summary>The radius of the worst case, in the length of all parameters.</summary>
    public const double Radius = 0.1;

    /// <summary>The radius of the magnitude-aware worst case, in the length of all parameters, each over its own size.</summary>
    public const double RelativeRadius = 2;

    private const double MostError = 0.1;
    private const int Draws = 2;
    private const int Halvings = 10; // twenty passes with two draws
    private const int AscentSteps = 5;
    private const double LeastLog = -14; // log₂ of the smallest and the largest noise that are looked between
    private const double MostLog = 2;

    /// <summary>1/σ², σ being the noise that brings the mean training error to a tenth.</summary>
    public static double Average(ComplexitySubject subject) => OneOverSquare(subject.Noise);

    /// <summary>1/σ² of noise that is proportional to each parameter.</summary>
    public static double MagnitudeAware(ComplexitySubject subject) => OneOverSquare(NoiseOf(subject, isRelative: true));

    /// <summary>‖w − z‖²/σ²: a PAC-Bayes bound around the start, without what does not depend on the network.</summary>
    public static double PacBayes(ComplexitySubject subject) => BiasesToo(subject) * Average(subject);

    /// <summary>The rise of the mean training loss after gradient ascent along a path of length <see cref="Radius"/>.</summary>
    public static double Worst(ComplexitySubject subject) => Ascend(subject, isRelative: false);

    /// <summary>The rise of the mean training loss after magnitude-aware ascent to <see cref="RelativeRadius"/>.</summary>
    public static double WorstMagnitudeAware(ComplexitySubject subject) => Ascend(subject, isRelative: true);

    /// <summary>The noise that brings the mean training error over the draws to a tenth, by halving the logarithm's interval.</summary>
    /// <param name="subject">The network.</param>
    /// <param name="isRelative">Whether the noise is proportional to each parameter.</param>
    /// <returns>A standard deviation, or its share of the parameter.</returns>
    public static double NoiseOf(ComplexitySubject subject, bool isRelative)
    {
        using var scope = NewDisposeScope();
        var draws = Enumerable.Range(0, Draws).Select(draw => Direction(subject, draw, isRelative)).ToArray();
        var (low, high) = (LeastLog, MostLog);
        for (var i = 0; i < Halvings; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = draws.Average(draw => Error(subject, draw, Math.Pow(2, middle))) > MostError ? (low, middle) : (middle, high);
        }

        return Math.Pow(2, (low + high) / 2);
    }

    private static double Error(ComplexitySubject subject, (Tensor Weight, Tensor Bias)[] direction, double size)
    {
        using var scope = NewDisposeScope();
        return subject.Network.Plus(Times(direction, size)).Error(subject.Inputs, subject.Labels);
    }

    private static (Tensor Weight, Tensor Bias)[] Direction(ComplexitySubject subject, int draw, bool isRelative)
    {
        var random = subject.Seeds.Stream(SeedStreams.ComplexityNoise, draw);
        return [.. subject.Layers.Select(layer => (Gaussian(layer.Weight), Gaussian(layer.Bias)))];

        Tensor Gaussian(Tensor like)
        {
            var values = new float[like.numel()];
            random.FillGaussian(values);

            // A product, not in place: it lies in libtorch's aligned memory, and the last bits of sums do not depend on where the array
            // was.
            return tensor(values, like.shape, float32).mul(isRelative ? like.abs() : ones_like(like));
        }
    }

    private static double Ascend(ComplexitySubject subject, bool isRelative)
    {
        using var scope = NewDisposeScope();
        var (network, step) = (subject.Network, (isRelative ? RelativeRadius : Radius) / AscentSteps);
        for (var i = 0; i < AscentSteps; i++)
        {
            var gradient = network.Gradient(subject.Inputs, subject.Labels);
            if (isRelative)
            {
                gradient =
                [
                    .. gradient.Zip(subject.Layers, (pair, layer) => (Scaled(pair.Weight, layer.Weight), Scaled(pair.Bias, layer.Bias))),
                ];
            }

            var length = Math.Sqrt(gradient.Sum(pair => MatrixNorms.Square(pair.Weight) + MatrixNorms.Square(pair.Bias)));
            var change = Times(gradient, step / Math.Max(length, 1e-12));
            if (isRelative)
            {
                change =
                [
                    .. change.Zip(subject.Layers, (pair, layer) => (Scaled(pair.Weight, layer.Weight), Scaled(pair.Bias, layer.Bias))),
                ];
            }

            network = network.Plus(change);
        }

        return network.Loss(subject.Inputs, subject.Labels) - subject.Network.Loss(subject.Inputs, subject.Labels);

        static Tensor Scaled(Tensor value, Tensor parameter) => value.mul(parameter.abs());
    }

    private static (Tensor Weight, Tensor Bias)[] Times((Tensor Weight, Tensor Bias)[] change, double factor) =>
        [.. change.Select(pair => (pair.Weight.mul(factor), pair.Bias.mul(factor)))];

    private static double BiasesToo(ComplexitySubject subject)
    {
        using var scope = NewDisposeScope();
        return NormMeasures.Distance(subject) + subject.Layers.Sum(layer => MatrixNorms.Square(layer.Bias.sub(layer.StartBias)));
    }

    private static double OneOverSquare(double noise) => 1 / (noise * noise);
}
