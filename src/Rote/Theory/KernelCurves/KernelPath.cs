using Rote.Data;
using static TorchSharp.torch;

namespace Rote.Theory.KernelCurves;

/// <summary>Everything that determines a path besides its data.</summary>
internal sealed record KernelPathOptions
{
    /// <summary>The kernel and the draw.</summary>
    public required KernelTask Task { get; init; }

    /// <summary>Shares of the training labels to draw anew, in [0, 1].</summary>
    public required IReadOnlyList<double> Noises { get; init; }

    /// <summary>The number k of leading eigendirections that the preconditioner treats as the k-th, from 1 to the number of
    /// examples.</summary>
    public required int Directions { get; init; }
}

/// <summary>Gradient descent after some iterations.</summary>
/// <param name="Iterations">t; infinite for the interpolant, which is stored as null.</param>
/// <param name="TrainWrong">Share of the training examples whose given label it does not predict.</param>
/// <param name="TestWrong">Share of the test examples whose true label it does not predict.</param>
internal sealed record PathPoint(long? Iterations, double TrainWrong, double TestWrong);

/// <summary>The path for one label noise.</summary>
/// <param name="Noise">Share of the training labels drawn anew.</param>
/// <param name="Fitted">The first t after which every training example gets its given label; null if none up to 10⁹ does.</param>
/// <param name="Points">Ascending in t, about two for each doubling; the interpolant is last.</param>
internal sealed record NoisePath(double Noise, long? Fitted, IReadOnlyList<PathPoint> Points)
{
    /// <summary>The lowest test error on the path: early stopping with the test examples in view.</summary>
    public double Best => Points.Min(point => point.TestWrong);

    /// <summary>The interpolant's test error.</summary>
    public double Last => Points[^1].TestWrong;
}

/// <summary>Paths.</summary>
/// <param name="Bandwidth">The chosen one of <see cref="KernelExamples.Bandwidths"/>.</param>
/// <param name="Paths">One per noise.</param>
internal sealed record KernelPathResult(double Bandwidth, IReadOnlyList<NoisePath> Paths);

/// <summary>Gradient descent of a kernel machine from 0 with a spectral preconditioner, in closed form from the eigenvalues of K.</summary>
/// <remarks>Ma and Belkin 2017 (EigenPro, arXiv:1703.10622): the k largest eigenvalues are lowered to the k-th, λₖ, and the step is 1/λₖ.
/// After t steps the residual in an eigendirection is (1 − min(λ, λₖ)/λₖ)ᵗ of what it was. They descend on batches; here every step sees
/// all examples.</remarks>
internal static class KernelPath
{
    private const long MostIterations = 1_000_000_000;

    /// <summary>Computes the paths.</summary>
    /// <param name="data">Pictures or vectors; still the caller's.</param>
    /// <param name="options">What to compute.</param>
    /// <param name="cancel">Stops between two points.</param>
    /// <returns>The paths.</returns>
    /// <exception cref="InputException">There are too few examples.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was called.</exception>
    public static KernelPathResult Run(DatasetSplits data, KernelPathOptions options, CancellationToken cancel)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var examples = new KernelExamples(options.Task, data);
        cancel.ThrowIfCancellationRequested();
        var (values, vectors) = linalg.eigh(examples.Kernel); // ascending [n], [n, n]
        var descent = new Descent(examples, values, vectors, options);
        return new KernelPathResult(examples.Bandwidth, [.. options.Noises.Select(noise => descent.Of(noise, cancel))]);
    }

    /// <summary>The descent of one kernel; tensors belong to the caller's scope.</summary>
    private sealed class Descent
    {
        private readonly KernelExamples _examples;
        private readonly Tensor _vectors; // [n, n] U
        private readonly Tensor _asked; // [T, n] test rows of the kernel times U
        private readonly Tensor _truth; // [T]
        private readonly Tensor _decay; // [n] log(1 − min(λ, λₖ)/λₖ)
        private readonly Tensor _values; // [n] λ, kept above rounding errors

        public Descent(KernelExamples examples, Tensor values, Tensor vectors, KernelPathOptions options)
        {
            var step = values[^options.Directions].item<double>();
            (_examples, _vectors) = (examples, vectors);
            _asked = examples.Asked.narrow(0, 0, options.Task.TestExamples).mm(vectors);
            _truth = examples.Truth.narrow(0, 0, options.Task.TestExamples);
            _decay = values.div(step).clamp(0, 1).neg().log1p();
            _values = values.clamp_min(1e-15 * values[^1].item<double>());
        }

        public NoisePath Of(double noise, CancellationToken cancel)
        {
            using var scope = NewDisposeScope();
            var labels = _examples.Labels(noise);
            var targets = _examples.Targets(labels);
            var inner = _vectors.t().mm(targets); // [n, C]
            var fitted = Fitted(labels, targets, inner, cancel);
            var points = new List<PathPoint>();
            var last = fitted ?? MostIterations;
            for (var exponent = 0.0; Math.Round(Math.Pow(2, exponent)) is var t && t < last; exponent += 0.5)
            {
                cancel.ThrowIfCancellationRequested();
                points.Add(new PathPoint((long)t, TrainWrong(labels, targets, inner, (long)t), TestWrong(inner, (long)t)));
            }

            points.Add(new PathPoint(last, TrainWrong(labels, targets, inner, last), TestWrong(inner, last)));
            points.Add(new PathPoint(null, 0, TestWrong(inner, null)));
            return new NoisePath(noise, fitted, [.. points.DistinctBy(point => point.Iterations)]);
        }

        /// <summary>Doubles until all is fitted, then halves the interval.</summary>
        private long? Fitted(Tensor labels, Tensor targets, Tensor inner, CancellationToken cancel)
        {
            var most = 1L;
            while (TrainWrong(labels, targets, inner, most) > 0)
            {
                cancel.ThrowIfCancellationRequested();
                if (most > MostIterations)
                {
                    return null;
                }

                most *= 2;
            }

            for (var least = most / 2; most - least > 1; )
            {
                var middle = (least + most) / 2;
                (least, most) = TrainWrong(labels, targets, inner, middle) > 0 ? (middle, most) : (least, middle);
            }

            return most;
        }

        private double TrainWrong(Tensor labels, Tensor targets, Tensor inner, long iterations)
        {
            using var scope = NewDisposeScope();
            var rest = _decay.mul(iterations).exp().unsqueeze(1).mul(inner);
            return KernelExamples.Wrong(targets.sub(_vectors.mm(rest)), labels);
        }

        private double TestWrong(Tensor inner, long? iterations)
        {
            using var scope = NewDisposeScope();
            var learned = iterations is { } t ? _decay.mul(t).expm1().neg() : ones_like(_values);
            return KernelExamples.Wrong(_asked.mm(learned.div(_values).unsqueeze(1).mul(inner)), _truth);
        }
    }
}
