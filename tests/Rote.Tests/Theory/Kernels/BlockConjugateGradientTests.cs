using Rote.Tests.Support;
using Rote.Theory.Kernels;
using static TorchSharp.torch;

namespace Rote.Tests.Theory.Kernels;

[NoTensorLeaks]
public sealed class BlockConjugateGradientTests
{
    [Fact]
    public void It_solves_what_a_direct_method_solves()
    {
        using var scope = NewDisposeScope();
        var (matrix, targets) = (Positive(80), randn(5, 80, float64));
        using var solved = new Owned(Solver(matrix).Solve(targets, 1e-10, CancellationToken.None));
        var direct = linalg.solve(matrix, targets.t()).t();
        Assert.Equal(0, solved.Value.Solution.sub(direct).abs().max().item<double>(), 1e-6);
        Assert.InRange(solved.Value.Residual, 0, 1e-10);
        Assert.Equal(
            solved.Value.Residual,
            Math.Sqrt(
                targets.sub(solved.Value.Solution.mm(matrix)).square().sum([0L, 1L]).item<double>()
                    / targets.square().sum([0L, 1L]).item<double>()
            ),
            1e-14
        );
    }

    // In exact arithmetic a block of 5 spans all of 80 dimensions after 16 products; one vector alone needs 80.
    [Fact]
    public void A_block_needs_fewer_products_than_one_vector()
    {
        using var scope = NewDisposeScope();
        var (matrix, targets) = (Positive(80), randn(5, 80, float64));
        using var block = new Owned(Solver(matrix).Solve(targets, 1e-8, CancellationToken.None));
        using var single = new Owned(Solver(matrix).Solve(targets.narrow(0, 0, 1), 1e-8, CancellationToken.None));
        Assert.InRange(block.Value.Iterations, 1, 20);
        Assert.InRange(single.Value.Iterations, 30, 120);
    }

    [Fact]
    public void Equal_and_empty_right_hand_sides_do_no_harm()
    {
        using var scope = NewDisposeScope();
        var matrix = Positive(30);
        var one = randn(1, 30, float64);
        var targets = cat([one, one, zeros(1, 30, float64), one.mul(-3)], 0);
        using var solved = new Owned(Solver(matrix).Solve(targets, 1e-9, CancellationToken.None));
        Assert.InRange(solved.Value.Residual, 0, 1e-9);
        Assert.Equal(0, solved.Value.Solution.select(0, 2).abs().max().item<double>(), 1e-12);
    }

    // A product that is rounded to six digits: the recursion's residual falls on, the true one does not; beginning anew from it helps.
    [Fact]
    public void A_rounded_product_is_made_up_for_by_beginning_anew()
    {
        using var scope = NewDisposeScope();
        var (matrix, targets) = (Positive(60), randn(3, 60, float64));
        var rounded = matrix.mul(rand(60, 60, float64).sub(0.5).mul(2e-4).add(1));
        var solver = new BlockConjugateGradient
        {
            Multiply = v => v.mm(rounded),
            MultiplyExactly = v => v.mm(matrix),
            Precondition = v => v.clone(),
        };
        using var solved = new Owned(solver.Solve(targets, 1e-9, CancellationToken.None));
        Assert.InRange(solved.Value.Restarts, 1, 8);
        Assert.InRange(solved.Value.Residual, 0, 1e-9);
    }

    [Fact]
    public void What_does_not_converge_says_how_far_it_came()
    {
        using var scope = NewDisposeScope();
        var states = new List<(int, double)>();
        var matrix = Positive(80);
        var solver = new BlockConjugateGradient
        {
            Multiply = v => v.mm(matrix),
            MultiplyExactly = v => v.mm(matrix),
            Precondition = v => v.clone(),
            MostIterations = 3,
            AfterStep = state => states.Add((state.Iterations, state.Residual)),
        };
        using var solved = new Owned(solver.Solve(randn(1, 80, float64), 1e-10, CancellationToken.None));
        Assert.Equal((3, 3), (solved.Value.Iterations, states.Count));
        Assert.Equal(states[^1].Item2, solved.Value.Residual, 1e-9);
    }

    [Fact]
    public void It_stops_when_told()
    {
        using var scope = NewDisposeScope();
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => Solver(Positive(10)).Solve(ones(1, 10, float64), 1e-3, stop.Token));
    }

    private static BlockConjugateGradient Solver(Tensor matrix) =>
        new()
        {
            Multiply = v => v.mm(matrix),
            MultiplyExactly = v => v.mm(matrix),
            Precondition = v => v.clone(),
        };

    /// <summary>A positive matrix whose condition number is a few thousand.</summary>
    private static Tensor Positive(int size)
    {
        manual_seed(1);
        var factor = randn(size, size, float64);
        return factor.mm(factor.t()).div(size).add(eye(size, dtype: float64).mul(1e-3));
    }

    private sealed record Owned(Solved Value) : IDisposable
    {
        public void Dispose()
        {
            Value.Solution.Dispose();
            Value.Rest.Dispose();
        }
    }
}
