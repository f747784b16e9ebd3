using Rote.Tensors;
using Rote.Tests.Support;
using Rote.Theory.MinimumNorm;
using static TorchSharp.torch;

namespace Rote.Tests.Theory.MinimumNorm;

[NoTensorLeaks]
public sealed class LeastSquaresDescentTests
{
    private static readonly Seeds Seed = new(1);

    [Fact]
    public void From_zero_it_finds_the_minimum_norm_solution_and_from_elsewhere_it_does_not()
    {
        using var data = Samples.Noise(20, 1);
        var result = LeastSquaresDescent.Run("noise", data.Train, 1e-8, Seed);
        Assert.Equal((20, 108), (result.Examples, result.Dimension));
        Assert.Equal((1, 0), (result.FromZero.Steps[0].Distance, result.FromZero.Floor));
        Assert.InRange(result.FromZero.Steps[^1].Distance, 0, 1e-8);

        // Both meet every label; but the part of the random start outside of the examples' span stays, to the last digit that matters.
        Assert.InRange(result.FromElsewhere.Steps[^1].Residual, 0, 1e-6);
        Assert.Equal(result.FromElsewhere.Floor, result.FromElsewhere.Steps[^1].Distance, 1e-6);
        Assert.InRange(result.FromElsewhere.Floor, 0.7, 1);
    }

    // ‖w*‖² = yᵀ(XXᵀ)⁻¹y; with orthonormal examples and targets ±1 that is n.
    [Fact]
    public void The_norm_of_orthonormal_examples_is_the_root_of_their_number()
    {
        using var scope = NewDisposeScope();
        using var data = Samples.Noise(3, 1, side: 2, channels: 1);
        using var images = data.Train.With(tensor(new byte[] { 1, 0, 0, 1, 1, 0, 1, 0, 1, 1, 0, 0 }, [3, 2, 2, 1], uint8));
        var result = LeastSquaresDescent.Run("dots", images, 1e-10, Seed);

        // After mean and length: (1,−1,−1,1)/2, (1,−1,1,−1)/2, (1,1,−1,−1)/2. One pass meets all of them.
        Assert.Equal(Math.Sqrt(3), result.Norm, 1e-12);
        Assert.Equal(1, result.FromZero.Steps[^1].Epoch);
    }

    [Fact]
    public void What_has_one_solution_or_none_is_one_sentence()
    {
        using var scope = NewDisposeScope();
        using var many = Samples.Noise(12, 1, side: 2);
        Assert.Contains(
            "set the number of examples to 1 to 11",
            Assert.Throws<InputException>(() => LeastSquaresDescent.Run("noise", many.Train, 1e-6, Seed)).Message,
            StringComparison.Ordinal
        );
        using var flat = many.Train.Take(5);
        using var black = flat.With(zeros_like(flat.Pixels));
        Assert.Contains(
            "depend on one another",
            Assert.Throws<InputException>(() => LeastSquaresDescent.Run("noise", black, 1e-6, Seed)).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "The tolerance is NaN",
            Assert.Throws<InputException>(() => LeastSquaresDescent.Run("noise", flat, double.NaN, Seed)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void It_stops_when_told()
    {
        using var data = Samples.Noise(20, 1);
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => LeastSquaresDescent.Run("noise", data.Train, 1e-8, Seed, null, stop.Token));
    }
}
