using Rote.Data;
using static TorchSharp.torch;

namespace Rote.Theory.KernelCurves;

/// <summary>Everything that determines a curve besides its data.</summary>
internal sealed record KernelCurveOptions
{
    /// <summary>The kernel and the draw; its number of examples is the last of <see cref="Sizes"/>.</summary>
    public required KernelTask Task { get; init; }

    /// <summary>Numbers of training examples n, ascending; the first n of the drawn ones.</summary>
    public required IReadOnlyList<int> Sizes { get; init; }

    /// <summary>Shares of the training labels to draw anew, in [0, 1].</summary>
    public required IReadOnlyList<double> Noises { get; init; }

    /// <summary>Ridges λ ≥ 0 of (K + λI)α = Y; 0 is the interpolant.</summary>
    public required IReadOnlyList<double> Ridges { get; init; }
}

/// <summary>One solution.</summary>
/// <param name="Examples">n.</param>
/// <param name="Noise">Share of the training labels drawn anew.</param>
/// <param name="Ridge">λ.</param>
/// <param name="TrainWrong">Share of the training examples whose given label it does not predict.</param>
/// <param name="TrainSquare">Mean squared distance from the given one-hot labels, over examples and classes.</param>
/// <param name="TestWrong">Share of the test examples whose true label it does not predict.</param>
/// <param name="ChoiceWrong">The same over the examples for choosing a ridge.</param>
/// <param name="Norm">‖f‖ in the kernel's space, the root of the sum of squares over classes.</param>
internal sealed record KernelPoint(
    int Examples,
    double Noise,
    double Ridge,
    double TrainWrong,
    double TrainSquare,
    double TestWrong,
    double ChoiceWrong,
    double Norm
);

/// <summary>A curve.</summary>
/// <param name="Bandwidth">The chosen one of <see cref="KernelExamples.Bandwidths"/>.</param>
/// <param name="Points">One per size, noise and ridge.</param>
internal sealed record KernelCurveResult(double Bandwidth, IReadOnlyList<KernelPoint> Points);

/// <summary>Error and norm of kernel solutions against the number of examples, exactly: one Cholesky factor of all examples serves every
/// size, because the factor of the first n is its upper left part.</summary>
/// <remarks>With K = LLᵀ and z = L⁻¹y, the interpolant of the first n examples has the squared norm yᵀK⁻¹y = z₁² + … + zₙ², and at a point
/// x with w = L⁻¹k(x) the value w₁z₁ + … + wₙzₙ. All is in float64.</remarks>
internal static class KernelCurve
{
    /// <summary>Solves for every size, noise and ridge.</summary>
    /// <param name="data">Pictures or vectors; still the caller's.</param>
    /// <param name="options">What to solve.</param>
    /// <param name="cancel">Stops between two ridges and two sizes.</param>
    /// <returns>The curve.</returns>
    /// <exception cref="InputException">There are too few examples, or the kernel matrix is singular in float64.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was called.</exception>
    public static KernelCurveResult Run(DatasetSplits data, KernelCurveOptions options, CancellationToken cancel)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var examples = new KernelExamples(options.Task, data);
        var labels = options.Noises.Select(examples.Labels).ToArray();
        var targets = cat([.. labels.Select(examples.Targets)], 1); // [N, P · C]
        return new KernelCurveResult(
            examples.Bandwidth,
            [.. options.Ridges.SelectMany(ridge => Solve(examples, options, labels, targets, ridge, cancel))]
        );
    }

    private static List<KernelPoint> Solve(
        KernelExamples examples,
        KernelCurveOptions options,
        Tensor[] labels,
        Tensor targets,
        double ridge,
        CancellationToken cancel
    )
    {
        cancel.ThrowIfCancellationRequested();
        using var scope = NewDisposeScope();
        var factor = Factor(examples.Kernel, ridge);
        cancel.ThrowIfCancellationRequested();
        var forward = linalg.solve_triangular(factor, targets, upper: false); // [N, P · C] z
        var asked = linalg.solve_triangular(factor, examples.Asked.t(), upper: false); // [N, T + V] w
        var scores = zeros(asked.shape[1], targets.shape[1], float64);
        var points = new List<KernelPoint>();
        var start = 0;
        foreach (var size in options.Sizes)
        {
            cancel.ThrowIfCancellationRequested();
            using var inner = NewDisposeScope();
            scores.add_(asked.narrow(0, start, size - start).t().mm(forward.narrow(0, start, size - start)));
            var own = factor.narrow(0, 0, size).narrow(1, 0, size);
            var solution = linalg.solve_triangular(own.t(), forward.narrow(0, 0, size), upper: true); // [n, P · C] α
            var values = examples.Kernel.narrow(0, 0, size).narrow(1, 0, size).mm(solution);
            points.AddRange(Measure(examples, options, labels, (size, ridge), (solution, values, scores)));
            start = size;
        }

        return points;
    }

    private static List<KernelPoint> Measure(
        KernelExamples examples,
        KernelCurveOptions options,
        Tensor[] labels,
        (int Size, double Ridge) what,
        (Tensor Solution, Tensor Values, Tensor Scores) found
    )
    {
        using var scope = NewDisposeScope();
        var classes = found.Solution.shape[1] / labels.Length;
        var (tests, choices) = (options.Task.TestExamples, options.Task.ChoiceExamples);
        var points = new List<KernelPoint>();
        for (var i = 0; i < labels.Length; i++)
        {
            var given = labels[i].narrow(0, 0, what.Size);
            var values = found.Values.narrow(1, i * classes, classes);
            var scores = found.Scores.narrow(1, i * classes, classes);
            points.Add(
                new KernelPoint(
                    what.Size,
                    options.Noises[i],
                    what.Ridge,
                    KernelExamples.Wrong(values, given),
                    values.sub(examples.Targets(given)).square().mean().item<double>(),
                    KernelExamples.Wrong(scores.narrow(0, 0, tests), examples.Truth.narrow(0, 0, tests)),
                    KernelExamples.Wrong(scores.narrow(0, tests, choices), examples.Truth.narrow(0, tests, choices)),
                    Math.Sqrt(found.Solution.narrow(1, i * classes, classes).mul(values).sum([0L, 1L]).item<double>())
                )
            );
        }

        return points;
    }

    private static Tensor Factor(Tensor kernel, double ridge)
    {
        using var scope = NewDisposeScope();
        var shifted = kernel.clone();
        shifted.diagonal().add_(ridge);
        var (factor, info) = linalg.cholesky_ex(shifted, check_errors: false);
        return info.item<int>() == 0
            ? factor.MoveToOuterDisposeScope()
            : throw new InputException($"The kernel matrix of {kernel.shape[0]} examples is singular to the digits of float64.");
    }
}
