using System.Diagnostics;
using static TorchSharp.torch;

namespace Rote.Theory.Kernels;

/// <summary>Solves one system for one ridge after another and evaluates each solution.</summary>
internal sealed class KernelRun(
    KernelSystem system,
    Tensor targets,
    Tensor labels,
    Tensor testLabels,
    KernelOptions options,
    IProgress<TheoryProgress>? progress
)
{
    /// <summary>Solves the system with a ridge.</summary>
    /// <param name="ridge">λ, at least 0.</param>
    /// <param name="cancel">Stops between two steps.</param>
    public KernelSolution Solve(double ridge, CancellationToken cancel)
    {
        using var scope = NewDisposeScope();
        var clock = Stopwatch.StartNew();
        var steps = new List<SolverStep>();
        var milestone = 0.1;
        var solved = system.Solve(
            targets,
            ridge,
            options.Tolerance,
            options.MostIterations,
            state => Record(state, ridge, steps, ref milestone),
            cancel
        );

        // The function's values at the training points are Kα = Y − rest − λα.
        var values = targets.sub(solved.Rest).sub(solved.Solution.mul(ridge));
        var squares = solved.Solution.mul(values).sum([1L]).clamp_min(0);
        var lengths = targets.square().sum([1L]);
        var rests = solved.Rest.square().sum([1L]).div(lengths.clamp_min(1)).sqrt();
        return new KernelSolution
        {
            Ridge = ridge,
            Residual = solved.Residual,
            LargestClassResidual = rests.max().item<double>(),
            IsConverged = solved.Residual <= options.Tolerance,
            Iterations = solved.Iterations,
            Restarts = solved.Restarts,
            ClassNorms = squares.sqrt().data<double>().ToArray(),
            TrainWrong = Wrong(values, labels),
            TestWrong = Wrong(system.TestScores(solved.Solution), testLabels),
            Steps = steps,
            Seconds = clock.Elapsed.TotalSeconds,
        };
    }

    private void Record(SolverState state, double ridge, List<SolverStep> steps, ref double milestone)
    {
        var isMilestone = state.Residual <= milestone;
        while (state.Residual <= milestone && milestone > 1e-15)
        {
            milestone /= 10;
        }

        using var scope = NewDisposeScope();
        steps.Add(
            new SolverStep(state.Iterations, state.Residual, isMilestone ? Wrong(system.TestScores(state.Solution), testLabels) : null)
        );
        var what = ridge == 0 ? "Interpolating" : $"With a ridge of {ridge}";
        progress?.Report(new TheoryProgress(what, state.Iterations, 0, $"iterations, residual {state.Residual:0.0e+0}"));
    }

    private static int Wrong(Tensor scores, Tensor labels)
    {
        using var scope = NewDisposeScope();
        return (int)scores.argmax(0).ne(labels).sum([0L]).item<long>();
    }
}
