using Rote.Data;
using Rote.Tensors;
using static TorchSharp.torch;

namespace Rote.Theory.MinimumNorm;

/// <summary>The state of a descent after an epoch.</summary>
/// <param name="Epoch">Passes over the examples; 0 is the start.</param>
/// <param name="Distance">‖w − w*‖ / ‖w*‖ from the minimum-norm solution w*.</param>
/// <param name="Residual">‖Xw − y‖ / ‖y‖.</param>
public sealed record DescentStep(int Epoch, double Distance, double Residual);

/// <summary>A descent from one start.</summary>
/// <param name="Start">The start in words.</param>
/// <param name="Floor">The final distance that linear algebra predicts: the norm of the start's part outside the span of the examples, over
/// ‖w*‖; 0 from zero.</param>
/// <param name="Steps">The start, and the state after each recorded epoch.</param>
public sealed record Descent(string Start, double Floor, IReadOnlyList<DescentStep> Steps);

/// <summary>Which of the many solutions of a least-squares problem SGD finds.</summary>
/// <param name="Data">The name of the data.</param>
/// <param name="Examples">The number of examples n.</param>
/// <param name="Dimension">The number of weights d, more than n.</param>
/// <param name="Norm">Euclidean norm of the minimum-norm solution, ‖w*‖.</param>
/// <param name="Tolerance">The distance for the descent from zero to reach.</param>
/// <param name="FromZero">The descent from zero.</param>
/// <param name="FromElsewhere">The descent from a random start with the norm of w*.</param>
public sealed record MinimumNormResult(
    string Data,
    int Examples,
    int Dimension,
    double Norm,
    double Tolerance,
    Descent FromZero,
    Descent FromElsewhere
);

/// <summary>SGD on an under-determined least-squares problem: from zero it finds the solution of least norm, from another start another
/// solution.</summary>
/// <remarks>
/// Zhang et al. 2017, section 5: an update of SGD is a multiple of an example, so from zero w never leaves the span of the examples. The
/// span contains one solution, w* = Xᵀ(XXᵀ)⁻¹y, the shortest of all. SGD never changes the part of a start outside the span. One example
/// per step at learning rate 1/‖x‖² is Kaczmarz's method, which converges linearly (Strohmer and Vershynin 2009). All in float64.
/// </remarks>
public static class LeastSquaresDescent
{
    private const int MostEpochs = 20_000;

    /// <summary>Descends from two starts.</summary>
    /// <param name="name">The name of the data.</param>
    /// <param name="images">The examples; each is scaled to mean 0 and norm 1. The target is 1 for the first half of the classes and −1 for
    /// the others.</param>
    /// <param name="tolerance">Relative distance to the minimum-norm solution that ends the descent from zero, in [1e-12, 0.5].</param>
    /// <param name="seeds">The randomness: the order of each epoch and the start.</param>
    /// <param name="progress">Receives the epochs.</param>
    /// <param name="cancel">Stops between two epochs.</param>
    /// <returns>Both descents.</returns>
    /// <exception cref="InputException">There are not fewer examples than numbers per example, or the examples are linearly
    /// dependent.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was called.</exception>
    public static MinimumNormResult Run(
        string name,
        Dataset images,
        double tolerance,
        Seeds seeds,
        IProgress<TheoryProgress>? progress = null,
        CancellationToken cancel = default
    )
    {
        if (!(tolerance is >= 1e-12 and <= 0.5))
        {
            throw new InputException($"The tolerance is {tolerance}, expected 1e-12 to 0.5.");
        }

        using var scope = NewDisposeScope();
        var (n, d) = (images.Count, images.Height * images.Width * images.Channels);
        if (n < 1 || n >= d)
        {
            throw new InputException(
                $"{name}: {n} examples of {d} numbers each have one solution or none; expected fewer examples than numbers: "
                    + $"set {Setting.Examples} to 1 to {d - 1}."
            );
        }

        var inputs = images.Pixels.reshape(n, d).to(float64);
        inputs = inputs.sub(inputs.mean([1L], keepdim: true));
        inputs = inputs.div(inputs.square().sum([1L], keepdim: true).sqrt());
        var targets = images.Labels.lt((images.Classes + 1) / 2).to(float64).mul(2).sub(1);
        var (factor, info) = linalg.cholesky_ex(inputs.mm(inputs.t()), check_errors: false);
        if (info.item<int>() != 0)
        {
            throw new InputException(
                $"{name}: the {n} examples depend on one another (equal, or without any contrast), so that not every label can be met; "
                    + $"use fewer or others."
            );
        }

        var best = inputs.t().mm(cholesky_solve(targets.unsqueeze(1), factor, false)); // [D, 1]
        var norm = best.norm().item<double>();
        var start = Start(d, norm, seeds);
        var across = tensor(start).unsqueeze(1);
        var outside = across.sub(inputs.t().mm(cholesky_solve(inputs.mm(across), factor, false)));
        var problem = new DescentProblem(Rows(inputs, n), [.. targets.data<double>()], [.. best.data<double>()], seeds);
        var fromZero = problem.Descend("zero", new double[d], floor: 0, Until(tolerance), progress, cancel);
        var epochs = fromZero.Steps[^1].Epoch;
        var elsewhere = problem.Descend(
            "a random start",
            start,
            outside.norm().item<double>() / norm,
            step => step.Epoch >= epochs,
            progress,
            cancel
        );
        return new MinimumNormResult(name, n, d, norm, tolerance, fromZero, elsewhere);
    }

    private static Func<DescentStep, bool> Until(double tolerance) => step => step.Distance <= tolerance || step.Epoch >= MostEpochs;

    /// <summary>A random vector of a given norm.</summary>
    private static double[] Start(int dimension, double length, Seeds seeds)
    {
        var values = new float[dimension];
        seeds.Stream(SeedStreams.MinimumNormStart).FillGaussian(values);
        var size = Math.Sqrt(values.Sum(v => (double)v * v));
        return [.. values.Select(v => v * length / size)];
    }

    private static double[][] Rows(Tensor matrix, int count)
    {
        var all = matrix.contiguous().data<double>().ToArray();
        return [.. all.Chunk(all.Length / count)];
    }
}
